# The target ahead of the others by v: a confident, right answer.
if (!exists("plots")) plots = 'plots'
load plots.'/style.gp'
shown = ' naive-softmax shifted-softmax fused-log-softmax lse-minus-target log1p-lse' . \
        ' clipped-softmax logaddexp-lse '
bounds_of = 'fused-log-softmax log1p-lse'

file = results.'/gap.tsv'
sweeps = 'ahead-2 ahead-1000'
array titles = ['2 classes', '1000 classes']
x_label = 'lead v of the target (nats)'
x_format = '2^{%g}'
axis_from(format) = -4
axis_to(format) = 11
thresholds(format) = p_ln_2(format, 'r').exp_overflow(format, 'l').exp_underflow(format, 'r')
load plots.'/grid.gp'
