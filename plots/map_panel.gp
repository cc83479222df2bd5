# One panel of a map: see map.gp.
reset_panel = "unset title; unset label; unset arrow; unset object; unset xlabel; unset ylabel; " . \
              "unset tics; unset border; unset grid; unset key"
eval reset_panel
set xrange [*:*]; set yrange [*:*] # stats looks at them
set datafile columnheaders
set table $panel separator tab
plot rows(file) using (noted(series(0))):(log2(column("axis_from"))):(log2(column("axis_to"))): \
        (column("bin")):(worst_class(0)) with table if (chosen(0))
unset table
unset datafile columnheaders
n = words(all_series)
stats $panel using 2 nooutput
axis_start = STATS_min
stats $panel using 3:4 nooutput
bin_width = (STATS_max_x - axis_start)/(STATS_max_y + 1)
bin_start(bin) = axis_start + bin_width*bin

# Runs of one class: row, start, end, class.
set print $runs
name = ''; class = 0; start = 0; end = 0; row = 0
do for [j = 1:|$panel| + 1] {
    last = j > |$panel|
    next_name = last ? '' : word($panel[j], 1)
    next_class = last ? 0 : int(word($panel[j], 5))
    if (next_name ne name || next_class != class) {
        if (class > 0) { print row, start, end, class }
        if (next_name ne name) {
            do for [k = 1:n] { if (word(all_series, k) eq next_name) { row = k } }
        }
        name = next_name; class = next_class
        start = last ? 0 : bin_start(int(word($panel[j], 4)))
    }
    end = last ? 0 : bin_start(int(word($panel[j], 4)) + 1)
}
unset print

set border 31 lw 1 lc rgb '#555555'
set xrange [x_from:x_to]
set yrange [n + 0.5:0.5]
set lmargin at screen left/width
set rmargin at screen (left + columns)/width
set tmargin at screen 1 - (top + 24)/height
set bmargin at screen 1 - (top + 24 + panel_height)/height
set title titles[i].', '.format offset 0,-0.6
set xtics format x_format scale 0.5
if (last_panel) { set xlabel x_label offset 0,0.6 }
set ytics scale 0 ('' 0)
do for [k = 1:n] { set ytics add (word(all_series, k) k) }
marks = thresholds(format)
do for [k = 1:words(marks)] {
    text = word(marks, k); slash = strstrt(text, '/')
    where = real(text[1:slash - 1])
    set arrow from where, graph 0 to where, graph 1 nohead lw 1.5 dt (4,3) lc rgb '#808080' front
}
low(x) = x < x_from ? x_from : x
high(x) = x > x_to ? x_to : x
set datafile separator whitespace
plot $runs using (low($2)):1:(low($2)):(high($3)):($1 - 0.42):($1 + 0.42):(class_colour[int($4)]) \
        with boxxyerror fc rgb variable, \
     $runs using (high($3) - low($2) > (x_to - x_from)/45 ? (low($2) + high($3))/2 : NaN):1: \
        (class_letter[int($4)]):(letter_colour[int($4)]) with labels font ',10' tc rgb variable
set datafile separator tab
