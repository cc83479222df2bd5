/* The rows of test_oracle.c: cases with values that were derived without
 * MPFR or Arb.
 *
 * Digits come from python3's `decimal` at 200 digits with series of our own:
 * log 2 = 2 atanh(1/3), log x = 2 atanh((x−1)/(x+1)) after halving into
 * [0.75, 1.5], log1p(z) = 2 atanh(z/(2+z)), e^x by Taylor's series after
 * halving x to below 1/1000; these agree with decimal's own ln and exp to 150
 * digits, and, for the rows marked bc, with GNU `bc -l` to 59.  Inputs are
 * taken as stored: 20.1 is the binary64 number 20.1. */
#ifndef XULP_TESTS_ORACLE_ROWS_H
#define XULP_TESTS_ORACLE_ROWS_H

#include "input_rows.h"

#include "oracle/oracle.h"

#include <math.h>

struct digits_row {
    struct input_case input;
    const char *digits; /* v ± 1 in the last place */
};

static const struct digits_row digits_rows[] = {
    /* The article: logits 1…5; log(e + e² + e³ + e⁴ + e⁵) − x_t (bc). */
    {ROW(5, 1, 1, 2, 3, 4, 5), "3.451914395937593333195722510974808717934"},
    {ROW(5, 0, 1, 2, 3, 4, 5), "4.451914395937593333195722510974808717934"},
    {ROW(5, 4, 1, 2, 3, 4, 5), "0.4519143959375933331957225109748087179339"},
    {CE(SUM, 3, 5, INDEX(1, 0, 4), 1, 2, 3, 4, 5, 1, 2, 3, 4, 5, 1, 2, 3, 4, 5),
     "8.355743187812779999587167532924426153802"},
    {CE(MEAN, 3, 5, INDEX(1, 0, 4), 1, 2, 3, 4, 5, 1, 2, 3, 4, 5, 1, 2, 3, 4, 5),
     "2.785247729270926666529055844308142051267"},
    /* log1p(e^−40) (bc): scipy#18295; 40 more at the other target. */
    {ROW(2, 0, 0, -40), "4.248354255291588986304977843631582181878e-18"},
    {ROW(2, 1, 0, -40), "40.00000000000000000424835425529158898630"},
    {CE(SUM, 2, 2, INDEX(0, 0), 0, -40, -40, 0), "40.0000000000000000084967085105831779726099557"},
    /* (log 2 + 120 + log1p(e^−120))/2: pytorch#13773 as two rows. */
    {CE(MEAN, 2, 2, INDEX(0, 1), 0, 0, 0, -120), "60.3465735902799726547086160607290882840377501"},
    /* x_2 − x_1 + log1p(e^(x_1 − x_2)): torch/nn#804. */
    {ROW(2, 0, -5.2040, 7.8325), "13.03650217931251722018632220263870634803"},
    /* 99 + log1p(2 e^−99); masked as in jax#17117 it is log 2. */
    {ROW(3, 0, 1, 1, 100), "99.000000000000000000000000000000000000000000202244298522089706"},
    {ROW(3, 2, 1, 1, 100), "2.022442985220897059890571595240517309924e-43"},
    {ROW(3, 0, 1, 1, -INFINITY), "0.6931471805599453094172321214581765680755"},
    /* 4 + log(2 + e^−4): two maxima. */
    {ROW(4, 2, 5, 5, 1, -INFINITY), "4.70226332143909520084539646025503170356986252"},
    /* 1 + log(2 + e^−1), far from 0. */
    {ROW(3, 2, -1e7, -1e7, -10000001), "1.86199480405825108163497406628943420808088428"},
    /* 8 + log1p(e^−8): neighbours of 1e8 in binary32. */
    {ROW(2, 0, 1e8, 100000008), "8.00033540637289576883157390985603286894376543"},
    /* log1p(e^−g): the two-class collapse of binary32; e^−745.2; e^−10000. */
    {ROW(2, 0, 0x1.0b3334p+4, 0), "5.588326972814398777645968011758602588327e-8"},
    {ROW(2, 0, 0, -745.2), "2.310745339009376163139973556502454552547e-324"},
    {ROW(2, 0, 0, -1e4), "1.135483865314736098540938875066248401957e-4343"},

    /* log 2 at x = 0, whatever the label. */
    {LOGIT(0, 0.3), "0.6931471805599453094172321214581765680755"},
    {LOGIT(-0.0, 1), "0.6931471805599453094172321214581765680755"},
    /* log1p(e^−40): pytorch#195529; softplus(20.1): tvm#20184 (bc). */
    {LOGIT(-40, 0), "4.248354255291588986304977843631582181878e-18"},
    {LOGIT(40, 1), "4.248354255291588986304977843631582181878e-18"},
    {LOGIT(40, 0), "40.00000000000000000424835425529158898630"},
    {LOGIT(20.1, 0), "20.10000000186501034124910946582638134545"},
    {LOGIT(-120, 1),
     "120.000000000000000000000000000000000000000000000000000076676480737219996324"},
    {LOGIT(-745.2, 0), "2.310745339009376163139973556502454552547e-324"},
    /* Soft labels: max(x, 0) − xy + log1p(e^−|x|). */
    {LOGIT(1, 0.1), "1.213261687518222828497880371842072939797"},
    {LOGIT(-40, 0.25), "10.0000000000000000042483542552915889863049778"},
    {LOGIT(0.5, 0.5), "0.7240769841801066808729973550811707497556"},
    {LOGIT(0x1.62e426p+6, 0.5), "44.3614006042480468750000000000000000000029388472665925417211"},
    {LOGIT(40, 0x1.fffffffffffffp-1), "4.445140452755917750680831650206912832182e-15"},
    {LOGIT(-0x1p-30, 1), "0.6931471810256065968333915965192270114723"},

    /* log 2, 2 log 2, and the entropy of (1/4, 3/4). */
    {PROB(0.5, 0.3), "0.6931471805599453094172321214581765680755"},
    {PROB(0.25, 1), "1.386294361119890618834464242916353136151"},
    {PROB(0.75, 0), "1.386294361119890618834464242916353136151"},
    {PROB(0.25, 0.25), "0.5623351446188083502880303152244588576654"},
    /* keras#15249: −log 2^−23 for the binary32 number .9999999 (bc). */
    {PROB(0x1.fffffcp-1, 0), "15.94238515287874211659633879353806106574"},
    {PROB(0x1.fffffcp-1, 1), "1.192092966562091722896838486808843580911e-7"},
    /* 1e-7 in binary32: Keras' clip. */
    {PROB(0x1.ad7f2ap-24, 1), "16.11809563927222243332802121271273644949"},
    {PROB(0x1.ad7f2ap-24, 0), "1.000000061686101925023804259590094783443e-7"},
    /* 1074 log 2; 2^−1074 + 2^−2149; 53 log 2; −log1p(−2^−53). */
    {PROB(0x1p-1074, 1), "744.4400719213812623141072984460816341131"},
    {PROB(0x1p-1074, 0), "4.940656458412465441765687928682213723651e-324"},
    {PROB(0x1.fffffffffffffp-1, 0), "36.73680056967710139911330243728335810800"},
    {PROB(0x1.fffffffffffffp-1, 1), "1.110223024625156602053389888482372171810e-16"},
    /* 1000 log 2 · 2^−1074 − (1 − 2^−1074) log1p(−2^−1000). */
    {PROB(0x1p-1000, 0x1p-1074), "9.332636185032188790243355656664560206885e-302"},
    {PROB(0.1, 0.9), "2.082862635260423745183883189022986108450"},
    {PROB(0.9, 1e-300), "2.302585092994045906062596379715696944231"},
    {PROB(0x1.555556p-2, 0x1.555556p-1), "0.8675632273518966640766958629815555776609"},

    /* (1 + 2 + 3) log 2; certain elements add 0 and count in the mean. */
    {BATCH(SUM, 3, 1, LIST(1, 1, 1), 0.5, 0.25, 0.125),
     "4.158883083359671856503392728749059408453"},
    {BATCH(MEAN, 1, 5, LIST(1, 1, 1, 0, 1), 0.5, 0.25, 0.125, 0, 1),
     "0.8317766166719343713006785457498118816906"},
    {BATCH(MEAN, 2, 2, LIST(1, 1, 1, 1), 0.5, 0.25, 0.125, 0.0625),
     "1.732867951399863273543080303645441420189"},
    {BATCH(SUM, 2, 2, LIST(0.9, 0, 1, 0), 0.1, 0.9, 0.3, 1e-10),
     "5.589420532680405680881659944315959986445"},
    {BATCH(MEAN, 2, 2, LIST(0.9, 0, 1, 0), 0.1, 0.9, 0.3, 1e-10),
     "1.397355133170101420220414986078989996611"},
};

struct special_row {
    struct input_case input;
    enum exact_kind kind; /* rational is 0 here, infinite is +∞ */
};

static const struct special_row special_rows[] = {
    /* DESIGN, "What special inputs should give", row by row. */
    {ROW(3, 1, -INFINITY, 2, -INFINITY), EXACT_RATIONAL},
    {ROW(3, 1, -INFINITY, 2, 3), EXACT_TRANSCENDENTAL},
    {ROW(2, 1, -INFINITY, 0), EXACT_RATIONAL}, /* optax#896 */
    {ROW(3, 0, -INFINITY, 2, 3), EXACT_INFINITE},
    {ROW(3, 1, 1, INFINITY, 3), EXACT_RATIONAL},
    {ROW(3, 1, -INFINITY, INFINITY, 3), EXACT_RATIONAL},
    {ROW(3, 0, 1, INFINITY, 3), EXACT_INFINITE},
    {ROW(3, 0, -INFINITY, INFINITY, 3), EXACT_INFINITE},
    {ROW(3, 1, 1, INFINITY, INFINITY), EXACT_UNDEFINED},
    {ROW(3, 0, 1, INFINITY, INFINITY), EXACT_UNDEFINED},
    {ROW(2, 0, -INFINITY, -INFINITY), EXACT_UNDEFINED}, /* pytorch#31829 */
    {PROB(0, 0), EXACT_RATIONAL},
    {PROB(1, 1), EXACT_RATIONAL},
    {PROB(0, 1), EXACT_INFINITE},
    {PROB(0, 0x1p-1074), EXACT_INFINITE},
    {PROB(1, 0), EXACT_INFINITE},
    {PROB(1, 0x1.fffffffffffffp-1), EXACT_INFINITE},
    {PROB(-0x1p-1074, 0), EXACT_UNDEFINED},
    {PROB(0x1.0000000000001p+0, 1), EXACT_UNDEFINED},
    {PROB(0.5, -0x1p-1074), EXACT_UNDEFINED},
    {PROB(0.5, 0x1.0000000000001p+0), EXACT_UNDEFINED},
    {PROB(INFINITY, 1), EXACT_UNDEFINED},
    {PROB(0.5, -INFINITY), EXACT_UNDEFINED},
    {LOGIT(INFINITY, 1), EXACT_RATIONAL}, /* pytorch#49844 */
    {LOGIT(-INFINITY, 0), EXACT_RATIONAL},
    {LOGIT(INFINITY, 0.9), EXACT_INFINITE}, /* pytorch#135359 */
    {LOGIT(-INFINITY, 0.9), EXACT_INFINITE},
    {LOGIT(INFINITY, 0), EXACT_INFINITE},
    {LOGIT(-INFINITY, 1), EXACT_INFINITE},
    {LOGIT(-INFINITY, 0x1p-1074), EXACT_INFINITE},
    {LOGIT(1, -0.5), EXACT_UNDEFINED},
    {LOGIT(1, 1.5), EXACT_UNDEFINED},
    {LOGIT(INFINITY, 1.5), EXACT_UNDEFINED},
    /* NaN anywhere. */
    {ROW(3, 0, 1, NAN, 2), EXACT_UNDEFINED},
    {ROW(3, 1, 1, NAN, 2), EXACT_UNDEFINED},
    {ROW(3, 0, 1, INFINITY, NAN), EXACT_UNDEFINED},
    {ROW(1, 0, NAN), EXACT_UNDEFINED},
    {PROB(NAN, 0.5), EXACT_UNDEFINED},
    {PROB(0.5, NAN), EXACT_UNDEFINED},
    {PROB(1, NAN), EXACT_UNDEFINED},
    {LOGIT(NAN, 0), EXACT_UNDEFINED},
    {LOGIT(0, NAN), EXACT_UNDEFINED},
    {LOGIT(INFINITY, NAN), EXACT_UNDEFINED},
    /* −0 is 0. */
    {PROB(-0.0, 0), EXACT_RATIONAL},
    {PROB(-0.0, -0.0), EXACT_RATIONAL},
    {PROB(-0.0, 1), EXACT_INFINITE},
    {PROB(1, -0.0), EXACT_INFINITE},
    {LOGIT(INFINITY, -0.0), EXACT_INFINITE},
    {LOGIT(-INFINITY, -0.0), EXACT_RATIONAL},
    {LOGIT(-0.0, -0.0), EXACT_TRANSCENDENTAL},
    /* One class: log e^x − x. */
    {ROW(1, 0, 3), EXACT_RATIONAL},
    {ROW(1, 0, INFINITY), EXACT_RATIONAL},
    {CE(MEAN, 2, 1, INDEX(0, 0), 3, -LARGEST), EXACT_RATIONAL},
    /* Sums: undefined before infinite before finite. */
    {CE(SUM, 2, 2, INDEX(0, 0), 0, 0, NAN, 0), EXACT_UNDEFINED},
    {CE(MEAN, 2, 2, INDEX(0, 1), NAN, 0, INFINITY, 0), EXACT_UNDEFINED},
    {CE(MEAN, 2, 2, INDEX(1, 1), INFINITY, 0, NAN, 0), EXACT_UNDEFINED},
    {CE(MEAN, 2, 2, INDEX(1, 0), INFINITY, 0, 1, 2), EXACT_INFINITE},
    {CE(SUM, 2, 2, INDEX(0, 1), 1, 2, INFINITY, 0), EXACT_INFINITE},
    {CE(SUM, 2, 2, INDEX(0, 0), INFINITY, 0, 0, 0), EXACT_TRANSCENDENTAL},
    {CE(MEAN, 2, 2, INDEX(0, 1), INFINITY, 0, -INFINITY, 0), EXACT_RATIONAL},
    {BATCH(SUM, 1, 3, LIST(0, 1, 0.5), 0, 1, 0.5), EXACT_TRANSCENDENTAL},
    {BATCH(MEAN, 3, 1, LIST(0, 1, 0), 0, 1, -0.0), EXACT_RATIONAL},
    {BATCH(MEAN, 1, 3, LIST(0, 1, 0.5), 0, 0, 0.5), EXACT_INFINITE},
    {BATCH(SUM, 1, 3, LIST(1, 0.5, 0.5), 0, 0.5, NAN), EXACT_UNDEFINED},
    {BATCH(SUM, 1, 3, LIST(2, 0, 1), 0.5, 1, 0), EXACT_UNDEFINED},
};

struct near_tie_row {
    struct input_case input;
    double rounded32, rounded64; /* NaN: the case is not of that format */
};

/* Values so near a machine number or a midpoint that no precision tells them
 * apart by digits alone.  The rounded value is that of the exact part moved up
 * by a little. */
static const struct near_tie_row near_tie_rows[] = {
    /* x + log1p(e^−x) > x and log1p(e^−x) > 0. */
    {LOGIT(1e300, 0), NAN, 1e300},
    {LOGIT(LARGEST, 0), NAN, LARGEST},
    {LOGIT(LARGEST, 1), NAN, 0},
    {LOGIT(-LARGEST, 1), NAN, LARGEST},
    {LOGIT(-LARGEST, 0), NAN, 0},
    {LOGIT(LARGEST32, 0), LARGEST32, LARGEST32},
    {LOGIT(LARGEST32, 1), 0, 0},
    /* |x| y with all of its bits: 2^1024 (1 − 2^−53) 2^−1074. */
    {LOGIT(-LARGEST, 0x1p-1074), NAN, 0x1.fffffffffffffp-51},
    /* x (1 − y) half way: 321·28059810762433 = 2^53 + 1, 97·172961 = 2^24 + 1. */
    {LOGIT(321 * 0x1p+600, 1 - 28059810762433 * 0x1p-45), NAN, 0x1.0000000000001p+608},
    {LOGIT(97 * 0x1p+100, 1 - 172961 * 0x1p-18), 0x1.000002p+106, 0x1.000001p+106},
    {LOGIT(-321 * 0x1p+600, 28059810762433 * 0x1p-45), NAN, 0x1.0000000000001p+608},
    {LOGIT(-97 * 0x1p+100, 172961 * 0x1p-18), 0x1.000002p+106, 0x1.000001p+106},
    /* A gap of 10^308, and one beyond the largest number. */
    {ROW(2, 1, 1e308, 0), NAN, 1e308},
    {ROW(2, 0, 1e308, 0), NAN, 0},
    {ROW(2, 1, 1e308, -1e308), NAN, INFINITY},
    {ROW(2, 1, LARGEST32, -LARGEST32), INFINITY, 0x1.fffffep+128},
    {CE(MEAN, 2, 2, INDEX(1, 0), LARGEST, -LARGEST, LARGEST, -LARGEST), NAN, LARGEST},
    {CE(MEAN, 3, 2, INDEX(1, 1, 1), LARGEST, 0, LARGEST, 0, LARGEST, 0), NAN, LARGEST},
    /* The overflow threshold, largest + ulp/2, is itself infinite. */
    {ROW(2, 1, LARGEST, -0x1p+970), NAN, INFINITY},
    {ROW(2, 1, LARGEST, -0x1.fffffffffffffp+969), NAN, LARGEST},
    {ROW(2, 1, LARGEST32, -0x1p+103), INFINITY, 0x1.ffffffp+127},
    {ROW(2, 1, LARGEST32, -0x1.fffffep+102), LARGEST32, 0x1.fffffeffffffp+127},
    /* Half way between machine numbers, even one below: 2^53 + 1, 2^24 + 1. */
    {ROW(2, 1, 0x1p+53, -1), NAN, 0x1.0000000000001p+53},
    {ROW(2, 1, 0x1p+24, -1), 0x1.000002p+24, 0x1.000001p+24},
    {ROW(3, 2, 0x1p+53, -0x1p+53, -1), NAN, 0x1.0000000000001p+53},
    {CE(MEAN, 3, 2, INDEX(1, 1, 1), 0x1p+53, -1, 0x1p+53, -1, 0x1p+53, -1), NAN,
     0x1.0000000000001p+53},
    /* e^−745.2 < 2^−1075 < e^−745.13 (log 2^−1075 = −745.1332…). */
    {ROW(2, 0, 0, -745.2), NAN, 0},
    {ROW(2, 0, 0, -745.13), NAN, 0x1p-1074},
    {ROW(2, 1, 0, -745.2), NAN, 745.2},
    {ROW(2, 1, -745.2, 0), NAN, 0},
    /* Gaps that add up to 2^1000 + 2^947, half way; e^−700 more or none. */
    {CE(SUM, 2, 2, INDEX(1, 1), 0x1p+1000, 0, 0x1p+947, 0), NAN, 0x1.0000000000001p+1000},
    {CE(MEAN, 2, 2, INDEX(1, 1), 0x1p+1000, 0, 0x1p+947, 0), NAN, 0x1.0000000000001p+999},
    {CE(SUM, 3, 2, INDEX(1, 0, 1), 0x1p+1000, 0, 0, -700, 0x1p+947, 0), NAN,
     0x1.0000000000001p+1000},
    /* 2^1023 + 2^970 and 2^−1074 less, more, and less and more. */
    {CE(SUM, 2, 2, INDEX(1, 1), 0x1p+1023, -0x1.fffffffffffffp+969, 0x1p+917, 0x1p-1074), NAN,
     0x1p+1023},
    {CE(SUM, 2, 2, INDEX(1, 1), 0x1p+1023, -0x1.fffffffffffffp+969, 0x1p+917, -0x1p-1074), NAN,
     0x1.0000000000001p+1023},
    {CE(SUM, 3, 2, INDEX(1, 1, 1), 0x1p+1023, -0x1.fffffffffffffp+969, 0x1p+916, 0x1p-1074,
        0x1p+916, -0x1p-1074),
     NAN, 0x1.0000000000001p+1023},
    {CE(SUM, 3, 2, INDEX(1, 1, 1), 0x1p+127, -0x1.fffffep+102, 0x1p+78, 0x1p-149, 0x1p+78,
        -0x1p-149),
     0x1.000002p+127, 0x1.000001p+127},
    /* 2^−1000 (1 + 2^−74·1000 log 2 + …). */
    {PROB(0x1p-1000, 0x1p-1074), NAN, 0x1p-1000},
    /* p + p²/2 + … > p; the least number in each format. */
    {PROB(0x1p-1074, 0), NAN, 0x1p-1074},
    {PROB(0x1p-149, 0), 0x1p-149, 0x1p-149},
    /* p + q half way, and p²/2 more: 2^−1201, 2^−2001. */
    {BATCH(SUM, 1, 2, LIST(0, 0), 0x1p-600, 0x1p-653), NAN, 0x1.0000000000001p-600},
    {BATCH(SUM, 1, 2, LIST(0, 0), 0x1p-1000, 0x1p-1053), NAN, 0x1.0000000000001p-1000},
    {BATCH(MEAN, 2, 1, LIST(0, 0), 0x1p-1000, 0x1p-1053), NAN, 0x1.0000000000001p-1001},
    {BATCH(SUM, 1, 2, LIST(0, 0), 0x1p-100, 0x1p-124), 0x1.000002p-100, 0x1.000001p-100},
};

/* κ by closed forms. */
struct condition_row {
    struct input_case input;
    double kappa;
};

static const struct condition_row condition_rows[] = {
    /* |v| / log 2 for two logits v; 0 at 0. */
    {ROW(2, 0, 1e8, 1e8), 144269504.088896340736},
    {ROW(2, 0, 0, 0), 0},
    /* Σ |x_k| p_k with 1 − p_t for p_t, over 4.4519… */
    {ROW(5, 0, 1, 2, 3, 4, 5), 1.21939206888249737829},
    /* A masked logit and a row that is exactly 0 add nothing. */
    {CE(MEAN, 2, 3, INDEX(0, 2), 7, 7, -INFINITY, 1, 2, INFINITY), 10.0988652862227437452},
    /* (|x_t| s + |x_k| s)/s, s = e^−g: g = 1100, and g = 2^60 − 62.2…, far
     * below every format. */
    {ROW(2, 0, 100, -1000), 1100},
    {ROW(2, 1, 0x1.f19bb2p+5, 0x1p+60), 0x1p+60 + 62.25},
    /* |p − y| / ((1 − p) v). */
    {PROB(0.5, 1), 1.44269504088896340736},
    {PROB(0.25, 0.25), 0},
    {PROB(0x1.df69dp-88, 0x1.df69dp-88), 0},
    {PROB(0.1, 0.9), 0.426763087416827980758},
    /* Certain elements: p ∂v/∂p = −1 at p = y = 1, 0 at p = y = 0. */
    {BATCH(MEAN, 1, 3, LIST(1, 1, 0), 0.5, 1, 0), 2 * 1.44269504088896340736},
    /* |x| |σ(x) − y| / v; x²/(4 log 2) at y = 1/2 as x → 0. */
    {LOGIT(-40, 0), 39.9999999999999999150},
    {LOGIT(0, 0.25), 0},
    {LOGIT(1e-100, 0.5), 3.60673760222240851840e-201},
    {LOGIT(-1e-30, 0.5), 3.60673760222240851840e-61},
    /* NaN where v is 0, infinite or undefined. */
    {LOGIT(INFINITY, 1), NAN},
    {PROB(0, 1), NAN},
    {ROW(2, 0, NAN, 0), NAN},
};

struct decimal_row {
    struct input_case input;
    int digits;
    const char *text;
};

/* Printed as %g does: no trailing zeros. */
static const struct decimal_row decimal_rows[] = {
    {LOGIT(0, 0), 1, "0.7"},
    {LOGIT(0, 0), 17, "0.69314718055994531"},
    {LOGIT(0, 0), 30, "0.693147180559945309417232121458"},
    {LOGIT(-40, 0), 30, "4.24835425529158898630497784363e-18"},
    {LOGIT(1e300, 0), 3, "1e+300"},
    {ROW(5, 4, 1, 2, 3, 4, 5), 35, "0.45191439593759333319572251097480872"},
    /* Above a tie: to even would give 12344 and 0.12. */
    {LOGIT(12344.5, 0), 5, "12345"},
    {LOGIT(12345.5, 0), 5, "12346"},
    {LOGIT(-0x1p+20, 0x1p-23), 2, "0.13"}, /* 0.125 + e^−2^20 */
    /* Below MPFR's range, which ends at 2^(−2^62) = 8.509…e−1388255822130839284. */
    {LOGIT(LARGEST32, 1), 9, "<9e-1388255822130839284"},
    {LOGIT(INFINITY, 1), 9, "0"},
    {LOGIT(INFINITY, 0), 9, "inf"},
    {LOGIT(NAN, 0), 9, "nan"},
};

#endif
