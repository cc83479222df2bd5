# The operation to blame, the target ahead of one other class by v.
if (!exists("plots")) plots = 'plots'
load plots.'/style.gp'
shown = ' naive-softmax shifted-softmax fused-log-softmax lse-minus-target log1p-lse' . \
        ' scipy-logsumexp base2-softmax logaddexp-lse clipped-softmax '

file = results.'/gap.blame.tsv'
sweep = 'ahead-2'; format = 'binary32'
x_label = 'lead v of the target (nats)'
x_from = -4; x_to = 8; x_tics = 4
load plots.'/blame_panels.gp'
