# One logit against the label: a confident, wrong answer.
if (!exists("plots")) plots = 'plots'
load plots.'/style.gp'
shown = ' sigmoid-bce sigmoid-clipped-bce logits-bce logits-bce-logsigmoid logits-bce-old' . \
        ' stan-bce torch-softplus-bce '

file = results.'/binary-logits.tsv'
sweeps = 'positive-label-0 negative-label-1'
array titles = ['x = v, label 0', 'x = −v, label 1']
x_label = 'magnitude v of the logit x (nats)'
x_format = '2^{%g}'
axis_from(format) = -4
axis_to(format) = 10.7
thresholds(format) = p_ln_2(format, 'r').exp_overflow(format, 'l').exp_underflow(format, 'r')
load plots.'/grid.gp'
