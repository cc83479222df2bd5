# One component of a softmax: of the greatest of two logits, of the least of
# three scaled, and of three shifted, beside the bounds that Blanchard, Higham &
# Higham print.
if (!exists("plots")) plots = 'plots'
load plots.'/style.gp'
shown = ' softmax-basic softmax-basic-exp-minus-lse softmax-shifted softmax-exp-minus-lse '
key_text(name) = name[9:*] # without softmax-
bounds_of = 'softmax-shifted softmax-exp-minus-lse'
bound_column = 'printed_bound_ulp'

file = results.'/softmax.tsv'
sweeps = 'ahead-2 least shift'
array titles = ['(v, 0), first', 'v·(1, ½, −¼), last', '(½, −1¼, ¾) + v, first']
x_label = 'v'
x_format = '2^{%g}'
axis_from(format) = -4
axis_to(format) = 12
thresholds(format) = exp_overflow(format, 'l')
load plots.'/grid.gp'
