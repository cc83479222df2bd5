# The target behind the others by v: a confident, wrong answer.
if (!exists("plots")) plots = 'plots'
load plots.'/style.gp'
shown = ' naive-softmax shifted-softmax fused-log-softmax lse-minus-target log1p-lse' . \
        ' clipped-softmax logaddexp-lse '

file = results.'/gap.tsv'
sweeps = 'behind-2 behind-1000'
array titles = ['2 classes', '1000 classes']
x_label = 'lag v of the target (nats)'
x_format = '2^{%g}'
axis_from(format) = -4
axis_to(format) = 11
thresholds(format) = p_ln_2(format, 'r').exp_overflow(format, 'l').exp_underflow(format, 'r')
load plots.'/grid.gp'
