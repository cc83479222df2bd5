# The number of classes n, with random logits: the worst error and the median.
# Two sweeps, joined by no line: up to 2^10 there are more cases than beyond.
if (!exists("plots")) plots = 'plots'
load plots.'/style.gp'
shown = ' naive-softmax shifted-softmax fused-log-softmax lse-minus-target log1p-lse' . \
        ' clipped-softmax logaddexp-lse '

file = results.'/classes.tsv'
key_height = 64.0; plot_height = 190.0; row_height = plot_height + 88
height = key_height + 2*row_height
eval open_chart

array measures = ['max_ulp', 'median_ulp']
array labels = ['worst error (ulp)', 'median error (ulp)']
array least = [0.25, 0.0625]
array greatest = [2.0**17, 2.0**8]
chosen(unused) = strstrt(strcol("sweep"), 'random') == 1 && strcol("format") eq format && is_shown(0)

do for [row = 1:2] {
    do for [column = 1:2] {
        format = word('binary32 binary64', column)
        left = column == 1 ? 70 : 404
        top = key_height + (row - 1)*row_height
        measure = measures[row]
        set xrange [*:*]; set yrange [*:*]
        unset logscale
        set datafile columnheaders
        set table $panel separator tab
        plot file using (noted(series(0))):(column("axis_from")):(error_from(measure)): \
                (nan_count(0) + inf_count(0) + false_zeros(0)) with table if (chosen(0))
        unset table
        unset datafile columnheaders

        set border 31 lw 1 lc rgb '#555555'
        set grid xtics ytics lt 1 lw 0.7 dt solid lc rgb '#dddddd'
        unset key
        set lmargin at screen left/width
        set rmargin at screen (left + 292)/width
        set tmargin at screen 1 - (top + 22)/height
        set bmargin at screen 1 - (top + 22 + plot_height)/height
        set title 'logits in ±5, '.format offset 0,-0.6
        set xrange [1.6:2**17.4]; set yrange [least[row]:greatest[row]]
        set logscale xy 2
        set xtics ('2' 2, '2^4' 2**4, '2^7' 2**7, '2^{10}' 2**10, '2^{14}' 2**14, '2^{17}' 2**17) \
            scale 0.5
        set ytics ('⅛' 0.125, '½' 0.5, '2' 2, '8' 8, '2^5' 32, '2^8' 2**8, '2^{11}' 2**11, '2^{14}' 2**14) scale 0.5
        set xlabel 'classes n' offset 0,0.4
        unset ylabel
        if (column == 1) { set ylabel labels[row] offset 0.5,0 }
        # Whatever has no error is a cross at the top.
        plot for [k = 1:words(all_series)] $panel using \
                 (is(strcol(1), word(all_series, k)) ? $2 : NaN):3 with linespoints lt style_of(k) pt k ps 0.6, \
             for [k = 1:words(all_series)] $panel using \
                 (is(strcol(1), word(all_series, k)) && $4 > 0 ? $2 : NaN):(greatest[row]/2) \
                 with points pt 2 lc style_of(k)
    }
}
unset logscale
load plots.'/key.gp'
unset multiplot
