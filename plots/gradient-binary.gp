# The gradient of binary cross-entropy from a logit: of the label's sign with
# label 1 and with label 0, and of the other sign.
if (!exists("plots")) plots = 'plots'
load plots.'/style.gp'

file = results.'/gradients-binary.tsv'
sweeps = 'positive-label-1 negative-label-0 positive-label-0'
array titles = ['x = v, label 1', 'x = −v, label 0', 'x = v, label 0']
shown = ' sigmoid-bce sigmoid-clamped-bce sigmoid-clipped-bce logits-bce logits-bce-logsigmoid' . \
        ' stan-bce torch-softplus-bce '
x_label = 'magnitude v of the logit x (nats)'
axis_from(format) = -4
axis_to(format) = 10
thresholds(format) = p_ln_2(format, 'r').exp_overflow(format, 'l').exp_underflow(format, 'r')
load plots.'/gradient_grid.gp'
