# Which class of result each formulation of softmax-ce gives, by the lead of
# the target.
if (!exists("plots")) plots = 'plots'
load plots.'/style.gp'

file = results.'/gap.tsv'
sweeps = 'ahead-2 behind-2'
array titles = ['target ahead by v', 'target behind by v']
x_label = 'gap v between two classes (nats)'
x_format = '2^{%g}'
axis_from(format) = -8
axis_to(format) = 11
thresholds(format) = p_ln_2(format, 'r').exp_overflow(format, 'l').exp_underflow(format, 'r')
threshold_text = 'Dashed, from the left: p ln 2, where 1 + e^{−v}  rounds to 1; ln largest; −ln(least/2).'
load plots.'/map.gp'
