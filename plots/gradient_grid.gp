# A chart of gradients: for each sweep a row with the worst component in ulp,
# and, for the first, one with the error of the gradient as a whole; the chain
# rule on the left, the closed form on the right.  Told by the chart:
#   file, sweeps, titles, x_label, axis_from(format), axis_to(format),
#   thresholds(format), shown       formulations, each between blanks

format = 'binary32'
quantity = 'grad-chain'
chosen(unused) = strcol("sweep") eq sweep && strcol("format") eq format && \
    strcol("quantity") eq quantity && strstrt(shown, ' '.strcol("formulation").' ')
strip_height = 66.0
plot_height  = 190.0
row_height   = strip_height + plot_height + 88
norm_height  = plot_height + 88
sweep = word(sweeps, 1)
x_format = '2^{%g}'
eval read_series
key_height   = 10 + 18*((words(all_series) + 2)/3)
height = key_height + row_height*words(sweeps) + norm_height
eval open_chart

array ways = ['chain rule', 'closed form']
do for [row = 1:words(sweeps)] {
    do for [column = 1:2] {
        sweep = word(sweeps, row)
        quantity = word('grad-chain grad-closed', column)
        panel_title = titles[row].', '.ways[column]
        left = column == 1 ? 70 : 404
        columns = 292; first_column = column == 1
        top = key_height + (row - 1)*row_height
        x_from = axis_from(format); x_to = axis_to(format); marks = thresholds(format)
        load plots.'/panel.gp'
    }
}

# The whole gradient, in the first sweep.
sweep = word(sweeps, 1)
do for [column = 1:2] {
    quantity = word('grad-chain grad-closed', column)
    left = column == 1 ? 70 : 404
    top = key_height + words(sweeps)*row_height
    set xrange [*:*]; set yrange [*:*]; unset logscale
    set datafile columnheaders
    set table $panel separator tab
    plot rows(file) using (noted(series(0))):(log2(column("axis_from"))):(log2(column("axis_to"))): \
            (strcol("norm_error") eq '' || nan_count(0) > 0 ? NaN : column("norm_error")) \
         with table if (chosen(0))
    unset table
    unset datafile columnheaders
    unset key; unset label; unset arrow; unset ylabel
    set border 31 lw 1 lc rgb '#555555'
    set lmargin at screen left/width
    set rmargin at screen (left + 292)/width
    set tmargin at screen 1 - (top + 22)/height
    set bmargin at screen 1 - (top + 22 + plot_height)/height
    set title titles[1].', '.ways[column] offset 0,-0.6
    set xrange [axis_from(format):axis_to(format)]
    set xtics format x_format scale 0.5
    set xlabel x_label offset 0,0.4
    set grid xtics ytics lt 1 lw 0.7 dt solid lc rgb '#dddddd'
    set yrange [2.0**-26:2.0**3]; set logscale y 2
    set ytics ('2^{−24}' 2.0**-24, '2^{−16}' 2.0**-16, '2^{−8}' 2.0**-8, '1' 1) scale 0.5
    if (column == 1) { set ylabel '‖error‖_{∞} / ‖gradient‖_{∞}' offset 0.5,0 }
    least(error) = error < 2.0**-25.5 ? 2.0**-25.5 : error
    plot for [k = 1:words(all_series)] $panel using \
            (is(strcol(1), word(all_series, k)) ? $2 : NaN):(least($4)) with lines lt style_of(k)
    unset logscale
}
load plots.'/key.gp'
unset multiplot
