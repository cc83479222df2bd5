# One panel: above, where a formulation gives NaN, an infinity or a false 0;
# below, its worst error in ulp.  grid.gp sets what it needs:
#   file, sweep, format             which rows
#   x_from, x_to, x_label, x_format the axis, in log2
#   panel_title
#   left, top, columns              pixels from the left and the top; its width
#   first_column                    has the labels of both axes
#   marks                           thresholds, from mark()
#   chosen(0), series(0)            of a row: whether it is drawn, and as what

set xrange [*:*]; set yrange [*:*] # stats looks at them
set datafile columnheaders
set table $panel separator tab
plot rows(file) using (noted(series(0))):(log2(column("axis_from"))):(log2(column("axis_to"))): \
        (error_from("max_ulp")):(nan_count(0)):(inf_count(0)):(false_zeros(0)):(column("bin")) \
     with table if (chosen(0))
unset table
if (theory_lines(0) > 0) {
    set table $theory separator tab
    plot rows(file) using (strcol("formulation")):(log2(column("axis_from"))):(column("bin")): \
            (strcol(bound_column) eq '' ? NaN : column(bound_column)):(kappa_u(0)) \
         with table if (chosen(0) && strstrt(' '.bounds_of.' ', ' '.strcol("formulation").' '))
    unset table
}
unset datafile columnheaders
n = words(all_series)
number_of(name) = sum [k = 1:n] (word(all_series, k) eq name ? k : 0)

# Bins are of equal width in log2; a bin's error is drawn over all of it.
stats $panel using 2 nooutput
axis_start = STATS_min
stats $panel using 3:8 nooutput
bin_width = (STATS_max_x - axis_start)/(STATS_max_y + 1)
bin_start(bin) = axis_start + bin_width*bin
set print $errors
do for [i = 1:|$panel|] {
    bin = int(word($panel[i], 8))
    print word($panel[i], 1), "\t", bin_start(bin), "\t", word($panel[i], 4)
    print word($panel[i], 1), "\t", bin_start(bin + 1), "\t", word($panel[i], 4)
}
unset print

unset key; unset label; unset arrow; unset grid; unset xlabel; unset ylabel
set border 31 lw 1 lc rgb '#555555'
set xrange [x_from:x_to]
set lmargin at screen left/width
set rmargin at screen (left + columns)/width

# The strip: lanes NaN, Inf, false 0 from the top; in a lane, the series.
set tmargin at screen 1 - (top + 22)/height
set bmargin at screen 1 - (top + 22 + strip_height)/height
set title panel_title offset 0,-0.6
set yrange [3:0]
set xtics format '' scale 0
set ytics ('' 0, '' 1, '' 2) scale 0
set grid ytics lt 1 lw 1 dt solid lc rgb '#bbbbbb'
if (first_column) {
    set label 'NaN' at graph 0, first 0.5 right offset -0.8,0
    set label 'Inf' at graph 0, first 1.5 right offset -0.8,0
    set label 'false 0' at graph 0, first 2.5 right offset -0.8,0
}
lane(k, m) = m + 0.08 + 0.84*(k - 1.0)/n
plot for [m = 0:2] for [k = 1:n] $panel using \
        (is(strcol(1), word(all_series, k)) && column(5 + m) > 0 ? bin_start($8) : NaN): \
        (lane(k, m)):(bin_start($8)):(bin_start($8 + 1)):(lane(k, m)):(lane(k + 1, m) - 0.02) \
     with boxxyerror lc style_of(k)

# The errors, in powers of two.  The line at 2^p ulp: as large as the value.
set tmargin at screen 1 - (top + 22 + strip_height + 6)/height
set bmargin at screen 1 - (top + 22 + strip_height + 6 + plot_height)/height
unset title; unset label
set xtics format x_format scale 0.5
set xlabel x_label offset 0,0.4
set grid xtics ytics lt 1 lw 0.7 dt solid lc rgb '#dddddd'
p = precision(format)
set yrange [0.25:2.0**(p + p/6)]
set logscale y 2
set ytics scale 0.5 ('½' 0.5)
do for [e in p > 32 ? '16 32 53' : p > 16 ? '8 16 24' : p > 8 ? '4 8 11' : '2 4 8'] {
    set ytics add (sprintf('2^{%s}', e) 2.0**e)
}
if (first_column) { set ylabel 'worst error (ulp)' offset 0.5,0 }
set arrow from graph 0, first 2.0**p to graph 1, first 2.0**p nohead lw 1 dt (2,3) lc rgb '#555555'
do for [i = 1:words(marks)] {
    text = word(marks, i); slash = strstrt(text, '/')
    where = real(text[1:slash - 1]); side = text[slash + 1:slash + 1] eq 'r' ? 0.9 : -0.7
    set arrow from where, graph 0 to where, graph 1 nohead lw 1 dt (4,3) lc rgb '#555555'
    name = text[slash + 3:*] # set label takes no substring
    set label name at where, graph 0.88 right rotate by 90 offset side,0 font ',10' tc rgb '#333333'
}
# Bounds have one point a bin, in its middle: they are smooth.
draw_errors = "plot for [k = 1:n] $errors using (is(strcol(1), word(all_series, k)) ? $2 : NaN):" . \
    "(floored($3)) with lines lt style_of(k)"
draw_theory = ", $theory using (is(strcol(1), word(bounds_of, 1)) ? bin_start($3 + 0.5) : NaN):5 " . \
    "with lines lt 20, for [k = 1:words(bounds_of)] $theory using " . \
    "(is(strcol(1), word(bounds_of, k)) ? bin_start($3 + 0.5) : NaN):4 " . \
    "with lines lt style_of(number_of(word(bounds_of, k))) lw 2.2 dt (1,1.5)"
eval draw_errors.(theory_lines(0) > 0 ? draw_theory : '')
unset logscale y
