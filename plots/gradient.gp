# The gradient of softmax cross-entropy of two classes: the target ahead of the
# other by v, and behind it.
if (!exists("plots")) plots = 'plots'
load plots.'/style.gp'

file = results.'/gradients.tsv'
sweeps = 'ahead-2 behind-2'
array titles = ['target ahead', 'target behind']
shown = ' naive-softmax shifted-softmax log-softmax-unfused fused-log-softmax lse-minus-target' . \
        ' log1p-lse clipped-softmax '
x_label = 'gap v (nats)'
axis_from(format) = -4
axis_to(format) = 11
thresholds(format) = p_ln_2(format, 'r').exp_overflow(format, 'l').exp_underflow(format, 'r')
load plots.'/gradient_grid.gp'
