# The same three logits, scaled by v.
if (!exists("plots")) plots = 'plots'
load plots.'/style.gp'
shown = ' naive-softmax shifted-softmax fused-log-softmax lse-minus-target log1p-lse' . \
        ' clipped-softmax logaddexp-lse '
bounds_of = 'fused-log-softmax log1p-lse'

file = results.'/magnitude.tsv'
sweeps = 'right wrong negative'
array titles = ['(1, ½, −¼)·v, target first', '(1, ½, −¼)·v, target last', '−(1, ½, ¾)·v, target last']
x_label = 'magnitude v of the logits'
x_format = '2^{%g}'
axis_from(format) = -20
axis_to(format) = 20
thresholds(format) = exp_overflow(format, 'r')
load plots.'/grid.gp'
