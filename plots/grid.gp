# A chart of panels: a row for each sweep, a column for each format.  Told by
# the chart:
#   file, sweeps, titles             titles: an array, one for each sweep
#   x_label, x_format, axis_from(format), axis_to(format), thresholds(format)

strip_height = 66.0
plot_height  = 190.0
row_height   = strip_height + plot_height + 88
sweep = word(sweeps, 1); format = 'binary32'
eval read_series
key_height   = 10 + 18*((words(all_series) + theory_lines(0) + 2)/3)
height = key_height + row_height*words(sweeps)
eval open_chart

do for [row = 1:words(sweeps)] {
    do for [column = 1:2] {
        sweep = word(sweeps, row)
        format = word('binary32 binary64', column)
        panel_title = titles[row].', '.format
        left = column == 1 ? 70 : 404
        columns = 292; first_column = column == 1
        top = key_height + (row - 1)*row_height
        x_from = axis_from(format); x_to = axis_to(format); marks = thresholds(format)
        load plots.'/panel.gp'
    }
}
load plots.'/key.gp'
unset multiplot
