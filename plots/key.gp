# The key, at the top: three entries a line.
reset_key = "unset title; unset label; unset arrow; unset xlabel; unset ylabel; unset tics; " . \
            "unset border; unset grid; unset key"
eval reset_key
set lmargin at screen 0; set rmargin at screen 1
set tmargin at screen 1; set bmargin at screen 0.99
set xrange [0:1]; set yrange [0:1]
do for [k = 1:words(all_series)] {
    x = 70 + 215*((k - 1)%3); y = 14 + 18*((k - 1)/3)
    set arrow from screen x/width, screen 1 - y/height to screen (x + 36)/width, screen 1 - y/height \
        nohead lt style_of(k)
    set label key_text(word(all_series, k)) at screen (x + 43)/width, screen 1 - y/height
}
do for [i = 1:theory_lines(0)] {
    k = words(all_series) + i
    x = 70 + 215*((k - 1)%3); y = 14 + 18*((k - 1)/3)
    if (i <= words(bounds_of)) {
        set arrow from screen x/width, screen 1 - y/height to screen (x + 36)/width, screen 1 - y/height \
            nohead lt style_of(number_of(word(bounds_of, i))) lw 2.2 dt (1,1.5)
        set label 'bound of '.key_text(word(bounds_of, i)) at screen (x + 43)/width, screen 1 - y/height
    } else {
        set arrow from screen x/width, screen 1 - y/height to screen (x + 36)/width, screen 1 - y/height \
            nohead lt 20
        set label 'κ·u' at screen (x + 43)/width, screen 1 - y/height
    }
}
plot NaN notitle
