# A probability p towards 1, by label.
if (!exists("plots")) plots = 'plots'
load plots.'/style.gp'
shown = ' prob-bce '
load plots.'/labels.gp'

file = results.'/probabilities.tsv'
sweeps = 'to-one'
array titles = ['prob-bce']
x_label = 'distance 1 − p to 1'
x_format = '2^{%g}'
axis_from(format) = -precision(format) - 2
axis_to(format) = 0
thresholds(format) = u(format, 'r')
load plots.'/grid.gp'
