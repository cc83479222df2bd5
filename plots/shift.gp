# The same three logits, v added to each.
if (!exists("plots")) plots = 'plots'
load plots.'/style.gp'
shown = ' naive-softmax shifted-softmax fused-log-softmax lse-minus-target log1p-lse' . \
        ' clipped-softmax logaddexp-lse '
bounds_of = 'fused-log-softmax lse-minus-target'

file = results.'/shift.tsv'
sweeps = 'up down equal'
array titles = ['(½, −1¼, ¾) + v', '(½, −1¼, ¾) − v', '(0, 0) + v']
x_label = 'shift v of all logits'
x_format = '2^{%g}'
axis_from(format) = -10
axis_to(format) = 60
thresholds(format) = exp_overflow(format, 'r')
load plots.'/grid.gp'
