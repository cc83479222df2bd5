# What every chart shares: the canvas, the colours, and how rows of a table
# become panels.  A chart is run, from the root, as
#     gnuplot -e "results='DIR'; out='FILE.svg'" plots/NAME.gp
# where DIR holds the tables of docs/tables.md.

if (!exists("plots")) plots = 'plots'
set encoding utf8
set datafile separator tab
set style fill solid noborder
width = 720.0 # of every chart, in pixels

# A formulation looks the same in every chart: it has the style of its place in
# one of these lists, and a chart draws none that stands in neither.  Okabe and Ito's colours, which the colour-blind tell
# apart, without their yellow, which white paper swallows; each with its own
# dashes, and thinner the later it is drawn, so that lines that coincide show
# as one in the other.
softmax_styles = 'naive-softmax shifted-softmax fused-log-softmax lse-minus-target log1p-lse ' . \
                 'clipped-softmax logaddexp-lse log-softmax-unfused'
binary_styles  = 'sigmoid-bce sigmoid-clipped-bce logits-bce logits-bce-logsigmoid ' . \
                 'logits-bce-old stan-bce sigmoid-clamped-bce torch-softplus-bce'
set linetype  1 lc rgb '#000000' lw 6.5 dt solid
set linetype  2 lc rgb '#E69F00' lw 4.5 dt solid
set linetype  3 lc rgb '#56B4E9' lw 2.8 dt solid
set linetype  4 lc rgb '#D55E00' lw 1.8 dt (6,4)
set linetype  5 lc rgb '#CC79A7' lw 1.8 dt (12,3,2,3)
set linetype  6 lc rgb '#009E73' lw 1.8 dt (2,2)
set linetype  7 lc rgb '#0072B2' lw 1.5 dt (9,3)
set linetype  8 lc rgb '#777777' lw 1.5 dt solid
# And for labels, where these are the lines.
set linetype  9 lc rgb '#000000' lw 5.0 dt solid
set linetype 10 lc rgb '#56B4E9' lw 2.2 dt (8,4)
set linetype 11 lc rgb '#D55E00' lw 1.5 dt (3,2)

# Numbers of a format.
begins(text, start) = text[1:strlen(start)] eq start # binary32/ftz begins binary32
by_format(format, in16, inb16, in32, in64) = begins(format, 'binary16') ? in16 : \
    begins(format, 'bfloat16') ? inb16 : begins(format, 'binary32') ? in32 : in64
precision(format)  = by_format(format, 11, 8, 24, 53)
ln_largest(format) = by_format(format, 11.090111, 88.720884, 88.722839, 709.782713)  # exp overflows above
ln_least(format)   = by_format(format, 17.328680, 92.881722, 103.972077, 745.133219) # exp(-v) is 0 from here on
log2(x) = log(x)/log(2)

# Numbers of a row of NAME.tsv.  Failures have no error in ulp, and a false 0
# has one that says nothing but "0": they are counted, and drawn apart.  Where
# a bin holds both false zeros and other results, its worst error is that of a
# zero: no error is drawn there.
nan_count(unused)   = column("spurious-nan") + column("missed-nan")
inf_count(unused)   = column("spurious-inf") + column("missed-inf")
false_zeros(unused) = column("false-zero")
error_from(name)    = false_zeros(0) > 0 || strcol(name) eq '' ? NaN : column(name)
# Errors of at most half an ulp are as good as any: the axis ends below them.
floored(ulp) = ulp < 0.3 ? 0.3 : ulp

# Theory, where a chart names formulations in bounds_of: their a-priori bounds,
# dotted in their colours, and κ·u, what rounding the inputs alone may cost.
# v/ulp(v), which turns κ·u into ulp, is the ratio of the two errors of a cell.
if (!exists("bounds_of")) bounds_of = ''
if (!exists("bound_column")) bound_column = 'bound_ulp' # or printed_bound_ulp, of the paper's six
theory_lines(unused) = words(bounds_of) > 0 ? words(bounds_of) + 1 : 0
kappa_u(unused) = column("max_ulp_kappa")*2.0**-precision(format)*column("max_ulp")/column("max_ulp_rel")
set linetype 20 lc rgb '#777777' lw 1.4 dt (8,3,2,3)

# What is drawn as lines of its own, in the order of the table: formulations,
# unless a chart says otherwise.
series(unused) = strcol("formulation")
# A chart of many formulations names those that it draws in `shown`, between blanks.
if (!exists("shown")) shown = ''
is_shown(unused) = shown eq '' || strstrt(shown, ' '.strcol("formulation").' ') > 0
chosen(unused) = strcol("sweep") eq sweep && strcol("format") eq format && is_shown(0) && \
    strcol("quantity") eq 'loss'
place_in(list, name) = sum [i = 1:words(list)] (word(list, i) eq name ? i : 0)
style_of_name(name) = place_in(softmax_styles, name) + place_in(binary_styles, name)
style_of(k) = style_of_name(word(all_series, k)) > 0 ? style_of_name(word(all_series, k)) : k
key_text(name) = name
all_series = ''
note(name) = strstrt(' '.all_series, ' '.name.' ') ? 0 : (all_series = all_series.name.' ', 0)
noted(name) = (chosen(0) ? note(name) : 0, name)
is(text, name) = text eq name || text eq name.' ' # text columns come back with a blank

# The rows of a table that a panel draws from, found by grep: gnuplot takes long
# to read all of a large table, once for each panel.
rows(file) = sprintf("< head -n 1 '%s'; grep -F \"\t%s\t%s\t\" '%s'", file, sweep, format, file)

# Fills in all_series from the first panel, before the canvas is laid out.
read_series = "set datafile columnheaders; set table $ignored; " . \
    "plot rows(file) using (noted(series(0))) with table; unset table; unset datafile columnheaders"

# The canvas, for a chart of that height.
open_chart = "set terminal svg size width,height fixed enhanced font 'sans-serif,12' " . \
             "background '#ffffff'; set output out; set multiplot"

# A threshold among marks: "log2(x)/side/name".  Names have no blanks (U+00A0 is
# none), and stand at the left or the right of their line.
mark(x, side, name)   = sprintf(' %.6f/%s/%s', log2(x), side, name)
p_ln_2(format, side)        = mark(precision(format)*log(2), side, 'p ln 2')
u(format, side)             = mark(2.0**-precision(format), side, sprintf('u = 2^{−%d}', precision(format)))
exp_overflow(format, side)  = mark(ln_largest(format), side, 'ln largest')
exp_underflow(format, side) = mark(ln_least(format), side, '−ln(least/2)')
