# The trace of two N×N products, and the elementwise sum that it equals: error,
# and what it costs.
if (!exists("plots")) plots = 'plots'
load plots.'/style.gp'
shown = ' trace-bce elementwise-bce '

file = results.'/batches.tsv'
key_height = 28.0; plot_height = 190.0; row_height = plot_height + 88
height = key_height + 2*row_height
eval open_chart

# Sets a panel of that row and column, and reads $panel: series, N, value.
panel_start = "left = column == 1 ? 70 : 404; top = key_height + (row - 1)*row_height; " . \
    "set xrange [*:*]; set yrange [*:*]; unset logscale; " . \
    "set datafile columnheaders; set table $panel separator tab; " . \
    "plot file using (noted(series(0))):(column(\"axis_from\")):(drawn(0)) with table if (chosen(0)); " . \
    "unset table; unset datafile columnheaders; " . \
    "set border 31 lw 1 lc rgb '#555555'; unset key; unset ylabel; unset label; unset arrow; " . \
    "set grid xtics ytics lt 1 lw 0.7 dt solid lc rgb '#dddddd'; " . \
    "set lmargin at screen left/width; set rmargin at screen (left + 292)/width; " . \
    "set tmargin at screen 1 - (top + 22)/height; " . \
    "set bmargin at screen 1 - (top + 22 + plot_height)/height; " . \
    "set xrange [0.8:1300]; set logscale x 2; " . \
    "set xtics ('1' 1, '4' 4, '16' 16, '64' 64, '256' 256, '1024' 1024) scale 0.5; " . \
    "set xlabel 'rows N' offset 0,0.4"
draw = "plot for [k = 1:words(all_series)] $panel using " . \
    "(is(strcol(1), word(all_series, k)) ? $2 : NaN):3 with linespoints lt k pt k + 3 ps 0.6"

row = 1
do for [column = 1:2] {
    format = word('binary32 binary64', column)
    sweep = 'columns-4'
    drawn(unused) = error_from("max_ulp")
    eval panel_start
    set title '4 columns, '.format offset 0,-0.6
    set yrange [0.25:256]; set logscale y 2
    set ytics ('½' 0.5, '1' 1, '4' 4, '16' 16, '64' 64, '256' 256) scale 0.5
    if (column == 1) { set ylabel 'worst error (ulp)' offset 0.5,0 }
    eval draw
}
row = 2
format = 'binary32'; sweep = 'columns-1'
do for [column = 1:2] {
    drawn(unused) = column == 1 ? column("operations") : column("bytes")
    eval panel_start
    set title column == 1 ? 'rounded operations, 1 column' : 'bytes of intermediate arrays, 1 column' \
        offset 0,-0.6
    set yrange [4:2**25]; set logscale y 2
    set ytics ('2^4' 2**4, '2^{10}' 2**10, '2^{16}' 2**16, '2^{22}' 2**22) scale 0.5
    if (column == 1) { set ylabel 'operations' offset 0.5,0 }
    set label '∝ N^2' at 64,2**16.5 right tc rgb '#444444'
    set label '∝ N' at 300,2**9 left tc rgb '#444444'
    if (column == 2) { set label 'elementwise: none' at 30,2**5 left tc rgb '#444444'; unset label 2 }
    eval draw
}
unset logscale
load plots.'/key.gp'
unset multiplot
