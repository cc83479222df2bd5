# The operation to blame, a binary logit with the label that it predicts.
if (!exists("plots")) plots = 'plots'
load plots.'/style.gp'
shown = ' sigmoid-bce sigmoid-clipped-bce logits-bce logits-bce-logsigmoid logits-bce-old' . \
        ' log1pexp-bce tf-softplus-bce log1mexp-bce raw-trace-bce '

file = results.'/binary-logits.blame.tsv'
sweep = 'positive-label-1'; format = 'binary32'
x_label = 'logit x, label 1'
x_from = -4; x_to = 8; x_tics = 4
load plots.'/blame_panels.gp'
