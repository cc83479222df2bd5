# The operation to blame, in panels, one for each formulation: at the top the
# error of the whole; below, shared out among the roundings by what each does
# alone.  A bar is the worst case of one bin, an octave of the axis.  Told by the
# chart:
#   file, sweep, format, x_label, x_from, x_to (log2 of the axis), x_tics
set datafile separator tab
chosen(unused) = strcol("sweep") eq sweep && strcol("format") eq format && \
                 strstrt(strcol("chosen"), 'spread') == 1 && is_shown(0)
eval read_series

# Kinds of roundings, told apart in grey by their lightness, in steps.
kind_names = 'sum exp add,subtract multiply,divide log store,constant formula'
array kind_colours = ['#101010', '#0F4C81', '#C0501A', '#4FA86A', '#E9B44C', '#F1E6D8', '#FFFFFF']
array kind_texts = ['sum', 'exp', '+ −', '× ÷', 'log', 'stored, constant', 'formula']
kind_number(kind) = kind eq 'sum' ? 1 : kind eq 'exp' ? 2 : kind eq 'add' || kind eq 'subtract' ? 3 : \
    kind eq 'multiply' || kind eq 'divide' ? 4 : kind eq 'log' ? 5 : \
    kind eq 'store' || kind eq 'constant' ? 6 : 7

columns = 3
panel_width = 196.0; error_height = 44.0; share_height = 84.0
row_height = error_height + share_height + 84
rows = (words(all_series) + columns - 1)/columns
key_height = 34.0
height = key_height + rows*row_height
eval open_chart

octave(axis) = floor(log2(axis)) + 0.5
is_failure(class) = strstrt(class, '-nan') > 0 || strstrt(class, '-inf') > 0
# Roundings come one after the other; what a bar has reached is kept between rows.
last_case = ''; reached = 0.0
stack(name, share) = (name ne last_case ? (last_case = name, reached = 0.0) : 0, reached = reached + share)

# The first row of a case stands for it: octave, error in ulp, whether it failed.
read_cases = "set datafile columnheaders; last_case = ''; set table $cases separator tab; " . \
    "plot rows(file) using (octave(column('axis'))):" . \
    "(is_failure(strcol('class')) ? NaN : abs(column('total_ulp'))):" . \
    "(is_failure(strcol('class'))) with table " . \
    "if (panel_row(0) && strcol('case') ne last_case && (last_case = strcol('case'), 1)); unset table; "
read_shares = "last_case = ''; set table $shares separator tab; " . \
    "plot rows(file) using (octave(column('axis'))):(stack(strcol('case'), column('share')) - column('share')):" . \
    "(reached):(kind_number(strcol('kind'))) with table " . \
    "if (panel_row(0) && !is_failure(strcol('class')) && strcol('share') ne ''); " . \
    "unset table; unset datafile columnheaders"
panel_row(unused) = chosen(0) && strcol("formulation") eq formulation

do for [i = 1:words(all_series)] {
    formulation = word(all_series, i)
    left = 46 + (panel_width + 32)*((i - 1)%columns)
    top = key_height + row_height*((i - 1)/columns)
    eval read_cases
    eval read_shares

    unset key; unset label; unset arrow; unset grid; unset xlabel; unset ylabel
    set border 31 lw 1 lc rgb '#555555'
    set lmargin at screen left/width
    set rmargin at screen (left + panel_width)/width
    set xrange [x_from:x_to]

    set tmargin at screen 1 - (top + 20)/height
    set bmargin at screen 1 - (top + 20 + error_height)/height
    set title formulation offset 0,-0.7
    p = precision(format)
    set yrange [0.125:2.0**(p + 4)]; set logscale y 2
    set xtics x_tics format '' scale 0.5
    set ytics scale 0.5 ('½' 0.5)
    do for [e in p > 32 ? '16 32 53' : '12 24'] { set ytics add (sprintf('2^{%s}', e) 2.0**e) }
    set grid ytics lt 1 lw 0.7 dt solid lc rgb '#dddddd'
    if (i%columns == 1) { set label 'ulp' at graph 0, graph 1.12 right offset -0.6,0.3 }
    plot $cases using ($1 - 0.5):(floored($2)):(1):(0) with vectors nohead lw 2 lc rgb '#000000'
    unset logscale y; unset title; unset label

    set tmargin at screen 1 - (top + 24 + error_height)/height
    set bmargin at screen 1 - (top + 24 + error_height + share_height)/height
    set yrange [0:1]
    unset grid
    set ytics scale 0.5 ('0' 0, '½' 0.5, '1' 1)
    set xtics x_tics format '2^{%g}' scale 0.5
    set xlabel x_label offset 0,0.4
    plot $cases using ($3 == 1 ? $1 : NaN):(0.5):(0.5):(0.5) with boxxyerror \
             fs pattern 4 noborder lw 1 lc rgb '#888888', \
         for [k = 1:words(kind_names)] $shares using ($4 == k ? $1 : NaN):(0): \
             ($1 - 0.46):($1 + 0.46):2:3 with boxxyerror fs solid 1 border rgb '#555555' lw 0.5 lc rgb kind_colours[k]
}

# The key.
unset title; unset label; unset arrow; unset xlabel; unset ylabel; unset tics; unset border; unset grid; unset key
set lmargin at screen 0; set rmargin at screen 1
set tmargin at screen 1; set bmargin at screen 0.99
set xrange [0:1]; set yrange [0:1]
x = 46.0
do for [k = 1:words(kind_names)] {
    set object k rectangle from screen x/width, screen 1 - 8/height to screen (x + 16)/width, screen 1 - 22/height \
        fs solid 1 border rgb '#777777' fc rgb kind_colours[k]
    set label kind_texts[k] at screen (x + 21)/width, screen 1 - 15/height
    x = x + 40 + 7.2*strlen(kind_texts[k])
}
set object 99 rectangle lw 1 from screen x/width, screen 1 - 8/height to screen (x + 16)/width, screen 1 - 22/height \
    fs pattern 4 border rgb '#888888' fc rgb '#888888'
set label 'NaN, Inf' at screen (x + 21)/width, screen 1 - 15/height
plot NaN notitle
unset multiplot
