# Formats of 16 bits side by side: every value of the gap by which the target
# leads, two classes.  On the left every operation is rounded to 16 bits, on the
# right 16 bits are stored and binary32 computes; below, what flushing adds.
if (!exists("plots")) plots = 'plots'
load plots.'/style.gp'

file = results.'/half.tsv'
sweep = 'ahead-2'
shown = ' naive-softmax shifted-softmax fused-log-softmax lse-minus-target log1p-lse clipped-softmax '
chosen(unused) = strcol("sweep") eq sweep && strcol("format") eq format && \
    strstrt(shown, ' '.strcol("formulation").' ')
x_label = 'lead v of the target (nats)'
x_format = '2^{%g}'
thresholds(format) = p_ln_2(format, 'r').exp_overflow(format, begins(format, 'binary16') ? 'r' : 'l') \
    .exp_underflow(format, 'r')
panels = 'binary16 binary16/binary32 bfloat16 bfloat16/binary32 binary16/ftz bfloat16/ftz'

strip_height = 66.0
plot_height  = 190.0
row_height   = strip_height + plot_height + 88
format = word(panels, 1)
eval read_series
key_height   = 10 + 18*((words(all_series) + 2)/3)
height = key_height + row_height*3
eval open_chart
do for [i = 1:6] {
    format = word(panels, i)
    panel_title = format
    first_column = i%2 == 1
    left = first_column ? 70 : 404
    columns = 292
    top = key_height + ((i - 1)/2)*row_height
    x_from = -2; x_to = 7.8
    # A mixed format's operations are those of binary32: its thresholds are too.
    marks = thresholds(strstrt(format, '/binary32') ? 'binary32' : format)
    load plots.'/panel.gp'
}
load plots.'/key.gp'
unset multiplot
