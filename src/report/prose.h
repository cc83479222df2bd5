/* Numbers as a sentence holds them. */
#ifndef XULP_REPORT_PROSE_H
#define XULP_REPORT_PROSE_H

/* Room for any number these functions print. */
enum { PROSE_TEXT = 80, PROSE_DIGITS = 4, PROSE_ULP_DIGITS = 3 };

/* A whole number: 160,000. */
void prose_count(double count, char text[PROSE_TEXT]);

/* part of whole in percent: 65.7%.  100% and 0% are said only where they are
 * exact: one part in a million short of all is 99.9999%. */
void prose_share(double part, double whole, char text[PROSE_TEXT]);

/* A number in so many significant digits, PROSE_DIGITS where digits is 0:
 * 16.64, 5,158, 2.3×10⁻⁹, ∞.  Whole numbers below a million are printed whole. */
void prose_number(double x, int digits, char text[PROSE_TEXT]);

/* A number of a table as it is to be read: infinities as such. */
const char *prose_table_number(const char *number);

#endif
