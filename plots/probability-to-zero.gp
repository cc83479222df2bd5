# A probability p towards 0, by label.
if (!exists("plots")) plots = 'plots'
load plots.'/style.gp'
shown = ' prob-bce '
load plots.'/labels.gp'

file = results.'/probabilities.tsv'
sweeps = 'to-zero'
array titles = ['prob-bce']
x_label = 'probability p'
x_format = '2^{%g}'
axis_from(format) = -80
axis_to(format) = 0
thresholds(format) = u(format, 'l')
load plots.'/grid.gp'
