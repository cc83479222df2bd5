/* Numbers as a sentence holds them. */
#include "../suite.h"

#include "report/prose.h"

#include <math.h>

static const struct {
    double x;
    int digits;
    const char *text;
} numbers[] = {
    {0, 0, "0"},
    {7, 0, "7"},
    {999999, 0, "999,999"},
    {1000000, 0, "1×10⁶"},
    {-1234, 0, "−1,234"},
    {16.635532333438687, 0, "16.64"},
    {16.635532333438687, 9, "16.6355323"},
    {0.5, 0, "0.5"},
    {9.99996, 0, "10"},
    {99999.5, 0, "100,000"}, /* rounds up, to even */
    {12345.6, 0, "12,346"},
    {123456.7, 0, "1.23×10⁵"},
    {0.001, 0, "0.001"},
    {0.00099, 0, "9.9×10⁻⁴"},
    {2.3e-9, 0, "2.3×10⁻⁹"},
    {4.9406564584124654e-324, 0, "4.94×10⁻³²⁴"},
    {-1.7976931348623157e308, 0, "−1.8×10³⁰⁸"},
    {INFINITY, 0, "∞"},
    {-INFINITY, 0, "−∞"},
    {NAN, 0, "NaN"},
};

START_TEST(a_number_is_printed)
{
    char text[PROSE_TEXT];
    prose_number(numbers[_i].x, numbers[_i].digits, text);
    ck_assert_str_eq(text, numbers[_i].text);
}
END_TEST

/* A share says 0% and 100% only where it is. */
static const struct {
    double part, whole;
    const char *text;
} shares[] = {
    {0, 10, "0%"},         {10, 10, "100%"},        {1, 2, "50.0%"},           {2, 3, "66.7%"},
    {999, 1000, "99.9%"},  {9999, 10000, "99.99%"}, {999999, 1e6, "99.9999%"}, {1, 1000, "0.1%"},
    {1, 100000, "0.001%"}, {1999, 2000, "99.95%"}, /* not 100.0% */
};

START_TEST(a_share_is_printed)
{
    char text[PROSE_TEXT];
    prose_share(shares[_i].part, shares[_i].whole, text);
    ck_assert_str_eq(text, shares[_i].text);
}
END_TEST

int main(void)
{
    TCase *prose = tcase_create("prose");
    tcase_add_loop_test(prose, a_number_is_printed, 0, ROWS(numbers));
    tcase_add_loop_test(prose, a_share_is_printed, 0, ROWS(shares));
    Suite *suite = suite_create("prose");
    suite_add_tcase(suite, prose);
    return suite_run(suite);
}
