/* Rows of test_oracle.c where a rational number decides: values so near one
 * that no precision tells them apart by digits alone, exact ties, decimal ties,
 * and condition numbers of options. */
#ifndef XULP_TESTS_TIE_ROWS_H
#define XULP_TESTS_TIE_ROWS_H

#include "input_rows.h"

#include "core/format.h"
#include "oracle/oracle.h"

#include <math.h>

struct tie_row {
    struct input_case input;
    struct quantity quantity;
    enum format_id format;
    double rounded;
};

#define B16  FORMAT_binary16
#define BF16 FORMAT_bfloat16
#define B32  FORMAT_binary32
#define B64  FORMAT_binary64
#define TIE_LOSS         \
    {                    \
        QUANTITY_LOSS, 0 \
    }
#define TIE_GRADIENT(i)      \
    {                        \
        QUANTITY_GRADIENT, i \
    }

/* The rational part moved up or down by e^−10^300 or so. */
static const struct tie_row tie_rows[] = {
    /* 1/4 − tiny, of half the ulp; −3/4 + tiny. */
    {SOFT(SUM, 1, 2, LIST(0.75, 0.25), NULL, 0, 1e300, 0), TIE_GRADIENT(0), B64, 0.25},
    {SOFT(SUM, 1, 2, LIST(0.25, 0.75), NULL, 0, 1e300, 0), TIE_GRADIENT(1), B64, -0.75},
    /* a_1 + a_2 = 1 + 3·2^−53 half way, less e^−10^300: not to even. */
    {SOFT(SUM, 1, 3, LIST(0.5, 0x1.0000000000001p+0, 0x1p-53), NULL, 0, 1e300, 0, 0),
     TIE_GRADIENT(0), B64, 0x1.0000000000001p+0},
    {SOFT(SUM, 1, 3, LIST(0.5, 0x1.000002p+0, 0x1p-24), NULL, 0, 1e38, 0, 0), TIE_GRADIENT(0), B32,
     0x1.000002p+0},
    {SOFT(SUM, 1, 3, LIST(0.5, 0x1.004p+0, 0x1p-11), NULL, 0, 60000, 0, 0), TIE_GRADIENT(0), B16,
     0x1.004p+0},
    {SOFT(SUM, 1, 3, LIST(0.5, 0x1.02p+0, 0x1p-8), NULL, 0, 1e38, 0, 0), TIE_GRADIENT(0), BF16,
     0x1.02p+0},
    /* (3 + 9·2^−53)/3, the mean of three rows, two of them without weight. */
    {SOFT(MEAN, 3, 3, LIST(0.5, 3, 0x9p-53, 0, 0, 0, 0, 0, 0), NULL, 0, 1e300, 0, 0, 0, 0, 0, 0, 0,
          0),
     TIE_GRADIENT(0), B64, 0x1.0000000000001p+0},
    /* 1 − 2^−54 − tiny; −3(2^52 + 1)·2^−53 + tiny. */
    {LOGIT(1e300, 0x1p-54), TIE_GRADIENT(0), B64, 0x1.fffffffffffffp-1},
    {LOGITS(SUM, 1, 1, LIST(0x1.0000000000001p-1), LIST(3), -1e300), TIE_GRADIENT(0), B64,
     -0x1.8000000000001p+0},
    {LOGITS(SUM, 1, 1, LIST(0x1.0000000000001p-1), LIST(3), -1e300), TIE_LOSS, B64,
     0x1.1eb2d66005836p+997},
    {LOGIT(1e300, 1), TIE_GRADIENT(0), B64, -0.0},
    {LOGIT(-1e300, 0), TIE_GRADIENT(0), B64, 0},
    /* 1 − tiny, 1/2 − tiny; 0 + tiny. */
    {SOFTMAX(2, 0, 1e300, 0), TIE_LOSS, B64, 1},
    {SOFTMAX(3, 0, 1e300, 1e300, 0), TIE_LOSS, B64, 0.5},
    {SOFTMAX(2, 1, 1e300, 0), TIE_LOSS, B64, 0},
    {LSE(MEAN, 2, 2, 1e300, 0, -1e300, -LARGEST), TIE_LOSS, B64, 0},
    /* 5.6e−35 and −4.6e−32: zeros of their sign in binary16, whose first precision
     * does not tell them apart. */
    {LSE(SUM, 1, 3, -0.75, -0x1.4759565ddd7dbp-1, -0x1.3c8d50969bce7p+5), TIE_LOSS, B16, 0},
    {LSE(SUM, 1, 3, -0.75, -0x1.4759565ddd7dbp-1, -0x1.3c8d50969bce8p+5), TIE_LOSS, B16, -0.0},
    /* 2^53 + 1 from two rows, and tiny more. */
    {LSE(SUM, 2, 2, 0x1p+53, 0, 1, -1e300), TIE_LOSS, B64, 0x1.0000000000001p+53},
    {LSE(SUM, 2, 2, -0x1p+53, -1e300, -1, -1e300), TIE_LOSS, B64, -0x1p+53},
    /* a_1 (m − x_1) = 3 (2^52 + 1) half way, and e^−3e15 more; the mean of weight
     * 3 takes the weight out again. */
    {CE_WITH(SUM, 1, 2, INDEX(1), LIST(1, 3), 0, 0, -0x1.0000000000001p+52), TIE_LOSS, B64,
     0x1.8000000000002p+53},
    {CE_WITH(MEAN, 1, 2, INDEX(1), LIST(1, 3), 0, 0, -0x1.0000000000001p+52), TIE_LOSS, B64,
     0x1.0000000000001p+52},
    {SOFT(SUM, 1, 2, LIST(0, 0x1.8p+0), NULL, 0, 0, -0x1.0000000000001p+1000), TIE_LOSS, B64,
     0x1.8000000000002p+1000},
    /* ε/n (m − x_1) with ε = 1/2, n = 2. */
    {CE_WITH(SUM, 1, 2, INDEX(0), NULL, 0.5, 0x1p+1000, 0), TIE_LOSS, B64, 0x1p+998},
    /* s_k/s_t = 2^−1000: less by its square. */
    {STABLE(SUM, 1, 2, INDEX(0), 0x1p+1000, 0), TIE_LOSS, B64, 0x1p-1000},
    {STABLE(SUM, 1, 2, INDEX(0), LARGEST, -LARGEST), TIE_LOSS, B64, 0},
};

/* Exact ties: to even. */
static const struct tie_row rational_tie_rows[] = {
    /* ((1 − y) − w y)/2 at x = 0: y = 2^−53: 1/2 − 2^−53; with w = 3: 1/2 − 2^−52;
     * y = 2^−54: 1/2 − 2^−54, exact; y = 2^−55: half way to 1/2. */
    {LOGIT(0, 0x1p-53), TIE_GRADIENT(0), B64, 0x1.ffffffffffffep-2},
    {LOGIT(0, 0x1p-54), TIE_GRADIENT(0), B64, 0x1.fffffffffffffp-2},
    {LOGIT(0, 0x1p-55), TIE_GRADIENT(0), B64, 0.5},
    {LOGIT(0, 0x3p-55), TIE_GRADIENT(0), B64, 0x1.ffffffffffffep-2},
    {LOGIT(0, 0x3p-13), TIE_GRADIENT(0), B16, 0x1.ff8p-2},
    {LOGIT(0, 0x3p-10), TIE_GRADIENT(0), BF16, 0x1.fcp-2},
    {LOGIT(0, 0x3p-26), TIE_GRADIENT(0), B32, 0x1.fffffcp-2},
    /* One number of LSE, 2^53 + 2, halved with another: 2^52 + 1/2, 3/2. */
    {LSE(MEAN, 2, 1, 0x1p+53, 1), TIE_LOSS, B64, 0x1p+52},
    {LSE(MEAN, 2, 1, 0x1p+53, 3), TIE_LOSS, B64, 0x1.0000000000002p+52},
    {LSE(SUM, 2, 1, -0x1p+53, -1), TIE_LOSS, B64, -0x1p+53},
    /* Half the least subnormal, and just more by a third row. */
    {LSE(MEAN, 2, 1, 0x1p-1074, 0), TIE_LOSS, B64, 0},
    {LSE(MEAN, 2, 1, -0x1p-1074, 0), TIE_LOSS, B64, -0.0},
    {LSE(MEAN, 3, 1, 0x1p-1074, 0x1p-1074, 0), TIE_LOSS, B64, 0x1p-1074},
    {LSE(MEAN, 3, 1, 0x1p-149, 0, 0), TIE_LOSS, B32, 0},
    /* −1/p beyond the largest number, and at the threshold of overflow. */
    {PROB(0x1p-1074, 1), TIE_GRADIENT(0), B64, -INFINITY},
    {PROB(0x1p-1023, 1), TIE_GRADIENT(0), B64, -0x1p+1023},
    {LSE(SUM, 2, 1, LARGEST, 0x1p+970), TIE_LOSS, B64, INFINITY},
    {LSE(SUM, 2, 1, LARGEST, 0x1.fffffffffffffp+969), TIE_LOSS, B64, LARGEST},
    {LSE(SUM, 2, 1, 65504, 16), TIE_LOSS, B16, INFINITY},
    {LSE(SUM, 2, 1, 65504, 15.5), TIE_LOSS, B16, 65504},
    /* 1/3, −2/3. */
    {SOFTMAX(3, 0, 1, 1, 1), TIE_LOSS, B64, 0x1.5555555555555p-2},
    {SOFTMAX(3, 0, 1, 1, 1), TIE_LOSS, BF16, 0x1.56p-2},
    {ROW(3, 1, 1, 1, 1), TIE_GRADIENT(1), B16, -0x1.554p-1},
};

struct option_condition_row {
    struct input_case input;
    struct quantity quantity;
    double kappa;
};

static const struct option_condition_row option_condition_rows[] = {
    /* Weights and the mean cancel; (1, 2, 3, 4, 5) as without them. */
    {CE_WITH(MEAN, 1, 5, INDEX(0), LIST(3, 1, 1, 1, 1), 0, 1, 2, 3, 4, 5), TIE_LOSS,
     1.21939206888249737829},
    {CE(NONE, 2, 5, INDEX(0, 0), 9, 9, 9, 9, 9, 1, 2, 3, 4, 5),
     {QUANTITY_LOSS, 1},
     1.21939206888249737829},
    {CE(MEAN, 2, 5, INDEX(IGNORED, 0), NAN, 9, 9, 9, 9, 1, 2, 3, 4, 5), TIE_LOSS,
     1.21939206888249737829},
    /* Equal logits and uniform targets: a minimum. */
    {CE_WITH(SUM, 1, 2, INDEX(0), NULL, 1, 7, 7), TIE_LOSS, 0},
    /* Σ |x_k| p_k / |LSE|: 1/(log 2 − 1) at −1, −1; x/x for one number. */
    {LSE(SUM, 1, 2, -1, -1), TIE_LOSS, 3.25889135327092945460},
    {LSE(SUM, 1, 2, -7, -INFINITY), TIE_LOSS, 1},
    {LSE(SUM, 1, 1, 0), TIE_LOSS, NAN},
    {LSE(NONE, 2, 1, 0, 4), {QUANTITY_LOSS, 1}, 1},
    {LSE(SUM, 1, 2, INFINITY, 0), TIE_LOSS, NAN},
    /* |x_t| (1 − p_t) + Σ_{k≠t} |x_k| p_k. */
    {SOFTMAX(3, 0, 1, 1, 1), TIE_LOSS, 4.0 / 3},
    {SOFTMAX(2, 1, 0, 0), TIE_LOSS, 0},
    {SOFTMAX(3, 2, 7, 8, -INFINITY), TIE_LOSS, NAN},
    /* log(1 + (1 + x_k)/(1 + x_t)) at 1, 3: (1/3 + 3/6)·1 …: x_t g_t = −1·(4/(6·2)),
     * x_k g_k = 3/6, over log 3. */
    {STABLE(SUM, 1, 2, INDEX(0), 1, 3), TIE_LOSS, 0.758532688910512},
    {LOGITS(NONE, 1, 2, LIST(0, 0), NULL, 5, -40), {QUANTITY_LOSS, 1}, 39.9999999999999999150},
    {PROBS(NONE, 2, 1, LIST(0.25, 1), 0.25, 0.5), {QUANTITY_LOSS, 1}, 1.44269504088896340736},
    /* Not of a gradient. */
    {ROW(2, 0, 1, 2), TIE_GRADIENT(0), NAN},
};

struct option_decimal_row {
    struct input_case input;
    struct quantity quantity;
    int digits;
    const char *text;
};

static const struct option_decimal_row option_decimal_rows[] = {
    /* Periodic, negative, ties to even, carries, zeros, both styles of %g. */
    {SOFTMAX(3, 0, 1, 1, 1), TIE_LOSS, 20, "0.33333333333333333333"},
    {ROW(3, 0, 1, 1, 1), TIE_GRADIENT(0), 5, "-0.66667"},
    {ROW(7, 0, 1, 1, 1, 1, 1, 1, 1), TIE_GRADIENT(1), 30, "0.142857142857142857142857142857"},
    {LSE(SUM, 1, 1, 0.125), TIE_LOSS, 2, "0.12"},
    {LSE(SUM, 1, 1, -0.375), TIE_LOSS, 2, "-0.38"},
    {LSE(SUM, 1, 1, 999.5), TIE_LOSS, 3, "1e+03"},
    {LSE(SUM, 1, 1, 99950), TIE_LOSS, 3, "1e+05"},
    {LSE(SUM, 1, 1, 150), TIE_LOSS, 3, "150"},
    {LSE(SUM, 1, 1, 1500), TIE_LOSS, 3, "1.5e+03"},
    {LSE(SUM, 1, 1, 0x1p-13), TIE_LOSS, 4, "0.0001221"},
    {LSE(SUM, 1, 1, 0x1p-14), TIE_LOSS, 4, "6.104e-05"},
    {LSE(SUM, 1, 1, -1e-300), TIE_LOSS, 6, "-1e-300"},
    {LSE(SUM, 1, 1, -1e-300), TIE_LOSS, 18, "-1.00000000000000003e-300"},
    {LSE(MEAN, 5, 1, 0.125, 0.125, 0.5, 0, 0), TIE_LOSS, 1, "0.2"},   /* 0.15 */
    {LSE(MEAN, 5, 1, 0.125, 0.125, 0.5, 0.5, 0), TIE_LOSS, 1, "0.2"}, /* 0.25 */
    {PROB(0.5, 0.5), TIE_GRADIENT(0), 6, "0"},
    {PROB(0, 1), TIE_GRADIENT(0), 6, "-inf"},
    /* Above and below a decimal tie by e^−10^300: 3/20, 1/4. */
    {LSE(MEAN, 5, 2, 0.25, -1e300, 0.5, -1e300, 0, -1e300, 0, -1e300, 0, -1e300), TIE_LOSS, 1,
     "0.2"},
    {LSE(MEAN, 5, 2, -0.25, -1e300, -0.5, -1e300, 0, -1e300, 0, -1e300, 0, -1e300), TIE_LOSS, 1,
     "-0.1"},
    {SOFT(SUM, 1, 2, LIST(0.75, 0.25), NULL, 0, 1e300, 0), TIE_GRADIENT(0), 1, "0.2"},
    {SOFT(SUM, 1, 2, LIST(0.25, 0.75), NULL, 0, 1e300, 0), TIE_GRADIENT(0), 1, "0.7"},
    {SOFT(SUM, 1, 2, LIST(0.25, 0.75), NULL, 0, 1e300, 0), TIE_GRADIENT(1), 1, "-0.7"},
    {SOFTMAX(2, 0, 1e300, 0), TIE_LOSS, 5, "1"},
    {LOGIT(LARGEST32, 1), TIE_GRADIENT(0), 9, ">-9e-1388255822130839284"},
};

#endif
