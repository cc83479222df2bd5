/* The charts of a report. */
#ifndef XULP_REPORT_CHARTS_H
#define XULP_REPORT_CHARTS_H

#include "core/error.h"

/* Draws every chart that the Markdown names as charts/NAME.svg into directory,
 * by gnuplot and plots/NAME.gp. */
int charts_draw(const char *markdown, const char *results, const char *plots, const char *directory,
                struct error *error);

#endif
