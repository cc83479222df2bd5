# Which class of result each formulation of bce-logit gives, by the magnitude of
# the logit.
if (!exists("plots")) plots = 'plots'
load plots.'/style.gp'

file = results.'/binary-logits.tsv'
sweeps = 'positive-label-1 positive-label-0 negative-label-1 negative-label-0'
array titles = ['x = v, label 1', 'x = v, label 0', 'x = −v, label 1', 'x = −v, label 0']
x_label = 'magnitude v of the logit x (nats)'
x_format = '2^{%g}'
axis_from(format) = -8
axis_to(format) = 10
thresholds(format) = p_ln_2(format, 'r').exp_overflow(format, 'l').exp_underflow(format, 'r')
threshold_text = 'Dashed, from the left: p ln 2, where 1 + e^{−v}  rounds to 1; ln largest; −ln(least/2).'
load plots.'/map.gp'
