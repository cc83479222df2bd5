# log-sum-exp of 0 and −v, of three numbers scaled, and of three shifted: the
# algorithms of Blanchard, Higham & Higham, beside the bounds that they print.
if (!exists("plots")) plots = 'plots'
load plots.'/style.gp'
shown = ' lse-basic lse-shifted lse-log1p lse-base2 lse-logaddexp '
bounds_of = 'lse-basic lse-log1p'
bound_column = 'printed_bound_ulp'

file = results.'/log-sum-exp.tsv'
sweeps = 'zero-and-below magnitude shift-up'
array titles = ['(−v, 0)', 'v·(1, ½, −¼)', '(½, −1¼, ¾) + v']
x_label = 'v'
x_format = '2^{%g}'
axis_from(format) = -4
axis_to(format) = 12
thresholds(format) = p_ln_2(format, 'r').exp_overflow(format, 'l')
load plots.'/grid.gp'
