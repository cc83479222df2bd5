# The order of summation: the worst error by number of classes, and of the mean
# over a batch by number of rows.
if (!exists("plots")) plots = 'plots'
load plots.'/style.gp'

file = results.'/sums.tsv'
key_height = 10 + 18*2; plot_height = 190.0; row_height = plot_height + 88
height = key_height + 3*row_height
eval open_chart

array panels = ['binary32', 'binary32/binary64', 'binary16', 'bfloat16', 'binary32', 'bfloat16']
summation(name) = strstrt(name, '+') ? name[strstrt(name, '+') + 1:*] : 'left-to-right'
series(unused) = summation(strcol("formulation"))
key_text(name) = name eq 'left-to-right' ? 'left to right' : name
is_chosen(row) = row < 3 ? strstrt(strcol("sweep"), 'classes-random') == 1 : strcol("sweep") eq 'batch-mean'
chosen(unused) = is_chosen(row) && strcol("format") eq format

do for [i = 1:6] {
    row = (i + 1)/2
    format = panels[i]
    left = i%2 == 1 ? 70 : 404
    top = key_height + (row - 1)*row_height
    set xrange [*:*]; set yrange [*:*]
    unset logscale
    set datafile columnheaders
    set table $panel separator tab
    plot file using (noted(series(0))):(column("axis_from")):(error_from("max_ulp")): \
            (nan_count(0) + inf_count(0) + false_zeros(0)) with table if (chosen(0))
    unset table
    unset datafile columnheaders

    set border 31 lw 1 lc rgb '#555555'
    set grid xtics ytics lt 1 lw 0.7 dt solid lc rgb '#dddddd'
    unset key; unset ylabel
    set lmargin at screen left/width
    set rmargin at screen (left + 292)/width
    set tmargin at screen 1 - (top + 22)/height
    set bmargin at screen 1 - (top + 22 + plot_height)/height
    set title (row < 3 ? 'logits in ±5, ' : 'mean of rows, ').format offset 0,-0.6
    set xrange [1.6:2**14.4]; set yrange [0.25:2**13]
    set logscale xy 2
    set xtics ('2' 2, '2^4' 2**4, '2^7' 2**7, '2^{10}' 2**10, '2^{14}' 2**14) scale 0.5
    set ytics ('½' 0.5, '2' 2, '8' 8, '2^5' 32, '2^8' 2**8, '2^{11}' 2**11) scale 0.5
    set xlabel row < 3 ? 'classes n' : 'rows N' offset 0,0.4
    if (i%2 == 1) { set ylabel 'worst error (ulp)' offset 0.5,0 }
    plot for [k = 1:words(all_series)] $panel using \
             (is(strcol(1), word(all_series, k)) ? $2 : NaN):(floored($3)) with linespoints lt k pt k ps 0.6, \
         for [k = 1:words(all_series)] $panel using \
             (is(strcol(1), word(all_series, k)) && $4 > 0 ? $2 : NaN):(2**12) with points pt 2 lc k
}
unset logscale
load plots.'/key.gp'
unset multiplot
