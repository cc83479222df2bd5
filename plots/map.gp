# A map: a row for each formulation, the axis across, and in each bin the worst
# class that occurs there, as colour and, once a run, as letter.  Told by the
# chart: file, sweeps, titles, x_label, x_format, axis_from(format),
# axis_to(format), thresholds(format) and what
# they are, threshold_text.

# The classes from best to worst.  Errors are blue, the darker the larger, in
# grey as well; what is no error in ulp has a colour of its own.
array class_colour = [0xf4f8fb, 0xd5e5f2, 0xa3c7e4, 0x5b9bcb, 0x17507f, 0xcc79a7, 0xe69f00, 0x999999, 0xd55e00, 0x000000]
array class_letter = ['', 'f', 'c', 'd', 'L', '−', '0', 'm', 'I', 'N']
array class_text = ['correct (½ ulp)', 'faithful (1 ulp)', 'close (16 ulp)', 'degraded', 'lost', 'wrong sign', 'false 0', 'missed', 'Inf', 'NaN']
array letter_colour = [0, 0, 0, 0, 0xffffff, 0, 0, 0, 0, 0xffffff]
has(name) = column(name) > 0
worst_class(unused) = has("spurious-nan") ? 10 : has("spurious-inf") ? 9 : \
    has("missed-nan") || has("missed-inf") ? 8 : has("false-zero") ? 7 : has("wrong-sign") ? 6 : \
    has("lost") ? 5 : has("degraded") ? 4 : has("close") ? 3 : has("faithful") ? 2 : 1

sweep = word(sweeps, 1); format = 'binary32'
eval read_series
row_pixels = 21.0
panel_height = words(all_series)*row_pixels
panel_pitch = panel_height + 56
key_height = 76
left = 158; columns = 530
height = key_height + 2*words(sweeps)*panel_pitch + 18
eval open_chart

do for [i = 1:words(sweeps)] {
    do for [f = 1:2] {
        sweep = word(sweeps, i); format = word('binary32 binary64', f)
        top = key_height + (2*(i - 1) + f - 1)*panel_pitch
        last_panel = i == words(sweeps) && f == 2
        x_from = axis_from(format); x_to = axis_to(format)
        load plots.'/map_panel.gp'
    }
}

eval reset_panel
set lmargin at screen 0; set rmargin at screen 1
set tmargin at screen 1; set bmargin at screen 0.99
set xrange [0:1]; set yrange [0:1]
do for [k = 1:10] {
    x = 12 + 142*((k - 1)%5); y = 16 + 22*((k - 1)/5)
    set object rectangle from screen x/width, screen 1 - (y - 9)/height \
        to screen (x + 22)/width, screen 1 - (y + 9)/height fc rgb class_colour[k] fs solid border lc rgb 0x555555
    set label class_letter[k] at screen (x + 11)/width, screen 1 - y/height center tc rgb letter_colour[k] font ',11'
    set label class_text[k] at screen (x + 28)/width, screen 1 - y/height font ',11'
}
set label threshold_text at screen 12/width, screen 1 - 62/height font ',11'
plot NaN notitle
unset multiplot
