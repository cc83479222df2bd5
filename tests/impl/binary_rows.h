/* What the binary formulations and their gradients give where they break, to
 * the bit.  The exact value, where it is another, stands in the comment.  An
 * input pair one step of the format apart is the last and the first of a
 * break; "positive" is any finite number above 0.
 * Projects' own reports stand by their number: a value that their users saw. */
#ifndef XULP_TESTS_IMPL_BINARY_ROWS_H
#define XULP_TESTS_IMPL_BINARY_ROWS_H

#include "core/format.h"
#include "core/problem.h"
#include "impl/impl.h"

struct loss_row {
    const char *name;
    enum format_id format;
    const char *values, *labels;
    const char *expected;
};

#define B16  FORMAT_binary16
#define BF16 FORMAT_bfloat16
#define B32  FORMAT_binary32
#define B64  FORMAT_binary64

static const struct loss_row loss_rows[] = {
    /* --- probabilities: 1 − p is 1 for p ≤ u/2, half of the last place below 1 */
    {"prob-bce", B16, "0x1p-12", "0", "0"},
    {"prob-bce", B16, "0x1.004p-12", "0", "positive"},
    {"prob-bce", BF16, "0x1p-9", "0", "0"},
    {"prob-bce", BF16, "0x1.02p-9", "0", "positive"},
    {"prob-bce", B64, "0x1p-54", "0", "0"},
    {"prob-bce", B64, "0x1.0000000000001p-54", "0", "positive"},
    /* −log1p(−2^−25) = 2^−25 + 2^−51 + … */
    {"log1p-bce", B32, "0x1p-25", "0", "0x1p-25"},
    {"log1p-bce", B32, "0", "0", "nan"},
    {"log1p-bce", B32, "1", "1", "nan"},
    {"xlogy-bce", B32, "0", "0", "0"},
    {"xlogy-bce", B32, "1", "1", "0"},
    {"xlogy-bce", B32, "1", "0", "inf"},
    {"xlogy-bce", B32, "nan", "0", "nan"},

    /* --- the clamp at −100; the exact value is +∞ where p = 0 or 1 */
    {"clamped-bce", B16, "0", "1", "100"},
    {"clamped-bce", BF16, "1", "0", "100"},
    {"clamped-bce", B32, "0", "0.5", "50"},
    {"clamped-bce", B32, "0", "0", "0"},
    {"clamped-bce", B32, "1", "1", "0"},
    {"clamped-bce", B32, "0x1p-149", "1", "100"},                  /* 149·ln 2 = 103.28 */
    {"clamped-bce", B64, "0x1p-144", "1", "0x1.8f40b5ed9812dp+6"}, /* 144·ln 2 */
    {"clamped-bce", B64, "0x1p-145", "1", "100"},                  /* 145·ln 2 = 100.51 */

    /* --- clips: −log fl(1e-7), −log 2^−23 (1 − 1e-7 is 1 − 2^−23 in binary32) */
    {"clipped-bce", B32, "0", "1", "0x1.01e3b8p+4"},
    {"clipped-bce", B32, "1", "0", "0x1.fe2804p+3"}, /* 23·ln 2 = 15.94238 */
    {"clipped-bce", B32, "1", "1", "0x1.000002p-23"},
    {"clipped-bce", B16, "0", "1", "0x1.fe4p+3"}, /* 1e-7 is 2^−23: 15.942 */
    /* 1 − 1e-7 is 1 in 16 bits and no clip (GLiNER2#155): 0·log 0, and log 0 */
    {"clipped-bce", B16, "1", "1", "nan"},
    {"clipped-bce", BF16, "1", "1", "nan"},
    {"clipped-bce", BF16, "1", "0", "inf"},
    {"clipped-bce", FORMAT_bfloat16_binary32, "1", "1", "0x1p-23"},
    /* scikit-learn#24315: 1 − 1e-15 is 1 in binary32, 1 − 9·2^−53 in binary64 */
    {"clipped-bce-1e-15", B32, "1", "1", "nan"},
    {"clipped-bce-1e-15", B32, "1", "0", "inf"},
    {"clipped-bce-1e-15", B64, "1", "0", "0x1.14510d37c67c9p+5"}, /* 53·ln 2 − ln 9 */
    {"clipped-bce-1e-15", B16, "0", "0", "nan"},                  /* 1e-15 is 0 there */
    /* −log 2^{1−p} = (p − 1)·ln 2 */
    {"clipped-bce-eps", B16, "1", "0", "0x1.bb8p+2"},
    {"clipped-bce-eps", BF16, "0", "1", "0x1.36p+2"},
    {"clipped-bce-eps", B32, "1", "0", "0x1.fe2804p+3"},
    {"clipped-bce-eps", B64, "0", "1", "0x1.205966f2b4f12p+5"},
    {"clipped-bce-eps", B32, "1", "1", "0x1.000002p-23"}, /* −log(1 − 2^−23) for 0 */
    /* keras#15249: 15.333239 for 15.942385, −log(2^−23 + 1e-7) */
    {"epsilon-bce", B32, "0.9999999", "0", "0x1.eaa9e4p+3"},
    {"clipped-bce", B32, "0.9999999", "0", "0x1.fe2804p+3"},
    {"epsilon-bce", B32, "1", "1", "-0x1.fffffep-24"}, /* −log(1 + 2^−23) for 0 */

    /* --- batches, N×1.  The entry y₀·log p₁ = 0·(−∞) is off the diagonal. */
    {"trace-bce", B32, "0.5,0", "0,1", "inf"},
    {"trace-bce", B32, "0.5,1", "1,1", "nan"},
    {"elementwise-bce", B32, "0.5,1", "1,1", "nan"},
    {"clamped-elementwise-bce", B32, "0.5,1", "1,1", "0x1.62e43p-1"}, /* ln 2 */
    /* the trace's 1 − p is stored: 1 − 2^−10 is 1 in bfloat16 */
    {"trace-bce", FORMAT_bfloat16_binary32, "0x1p-10", "0", "0"},
    {"elementwise-bce", FORMAT_bfloat16_binary32, "0x1p-10", "0", "0x1p-10"},

    /* --- a sigmoid before it.  1 + e^{−x} is 1 for e^{−x} ≤ 2^−p: x ≥ p·ln 2 =
     * 7.6246, 5.5452, 16.635532, 36.73680056967710; before it is 1 + 2^{1−p}; the loss
     * is e^{−x} = 2^−p or x. */
    {"sigmoid-bce", B16, "0x1.e7cp+2", "1", "positive"},
    {"sigmoid-bce", B16, "0x1.e8p+2", "1", "nan"},
    {"sigmoid-bce", BF16, "0x1.62p+2", "0", "positive"},
    {"sigmoid-bce", BF16, "0x1.64p+2", "0", "inf"},
    {"sigmoid-clamped-bce", B32, "0x1.0a2b22p+4", "1", "0x1.000002p-23"},
    {"sigmoid-clamped-bce", B32, "0x1.0a2b24p+4", "1", "0"},
    {"sigmoid-clamped-bce", B32, "0x1.0a2b24p+4", "0", "100"},
    {"sigmoid-clamped-bce", B64, "0x1.25e4f7b2737fap+5", "1", "0x1.0000000000001p-52"},
    {"sigmoid-clamped-bce", B64, "0x1.25e4f7b2737fbp+5", "1", "0"},
    {"sigmoid-clipped-bce", B32, "30", "0", "0x1.fe2804p+3"}, /* 15.94 for 30 */
    {"sigmoid-clipped-bce", B32, "-30", "1", "0x1.01e3b8p+4"},
    {"sigmoid-clipped-bce", B16, "0x1.e8p+2", "1", "nan"},
    /* stored in 16 bits, p is 1 for 1 − σ(x) ≤ 2^−(p+1): x ≥ 9·ln 2 = 6.238 */
    {"sigmoid-bce", FORMAT_bfloat16_binary32, "0x1.8ep+2", "1", "positive"},
    {"sigmoid-bce", FORMAT_bfloat16_binary32, "0x1.9p+2", "1", "nan"},
    {"sigmoid-clamped-bce", FORMAT_bfloat16_binary32, "0x1.9p+2", "1", "0"},
    {"sigmoid-trace-bce", FORMAT_bfloat16_binary32, "-0x1.9p+2", "0", "0"},
    /* e^{−x} overflows above ln of the largest number, 88.72284 in binary32 */
    {"sigmoid-clamped-bce", B32, "-0x1.62e42ep+6", "1", "0x1.62e42ep+6"},
    {"sigmoid-clamped-bce", B32, "-0x1.62e43p+6", "1", "100"},

    /* --- logits: x + (e^{x} − x) cancels for the label of x's own side */
    {"logits-bce-logsigmoid", B16, "-0x1.8fp+2", "0", "positive"},
    {"logits-bce-logsigmoid", B16, "-0x1.8f4p+2", "0", "0"},
    {"logits-bce-logsigmoid", B32, "-0x1.d1cb7ep+3", "0", "positive"},
    {"logits-bce-logsigmoid", B32, "-0x1.d1cb8p+3", "0", "0"},
    {"logits-bce-logsigmoid", FORMAT_bfloat16_binary32, "-0x1.0ap+2", "0", "0"},
    {"log1pexp-bce", B64, "40", "1", "0"}, /* e^−40 = 4.2e-18 */
    {"sklearn-bce", B64, "40", "1", "0"},
    {"logits-bce-old", B16, "0x1.e8p+2", "1", "0"},
    {"logits-bce-old", BF16, "0x1.64p+2", "1", "0"},
    /* e^−40 and e^−50 rounded: these lose nothing */
    {"logaddexp-bce", B64, "40", "1", "0x1.39792499b1a24p-58"},
    {"signed-softplus-bce", B64, "40", "1", "0x1.39792499b1a24p-58"},
    {"logexpfunctions-bce", B64, "-40", "0", "0x1.39792499b1a24p-58"},
    {"tf-softplus-bce", B64, "-40", "0", "0x1.39792499b1a24p-58"},
    {"log1mexp-bce", B64, "40", "1", "0x1.39792499b1a24p-58"},
    /* a = softplus(−x) is 0 from ln 2^150 = 103.972077 on: −log 0, and 0·∞ */
    {"log1mexp-bce", B32, "0x1.9fe368p+6", "0", "positive"},
    {"log1mexp-bce", B32, "0x1.9fe36ap+6", "0", "inf"},
    {"log1mexp-scipy-bce", B32, "0x1.9fe36ap+6", "1", "nan"},

    /* --- thresholds: 20.1 + e^{−20.1} = 20.10000000186501 (tvm#20184) */
    {"torch-softplus-bce", B64, "20.1", "0", "20.1"},
    {"torch-softplus-bce", B64, "20", "0", "0x1.400000008da43p+4"}, /* 20 + e^−20 */
    {"stan-bce", B64, "-20.1", "1", "20.1"},
    {"stan-bce", B64, "21", "1", "0x1.a0db0d0ddb3ecp-31"},  /* e^−21, not log1p of it */
    {"tf-softplus-bce", BF16, "2.859375", "0", "2.859375"}, /* 2.915: 1.9 % */
    /* e^x overflows binary16 above 11.09, long before 18 and 20; not where it is
     * computed in binary32 */
    {"log1pexp-bce", B16, "0x1.62cp+3", "0", "positive"},
    {"log1pexp-bce", B16, "0x1.63p+3", "0", "inf"},
    {"sklearn-bce", B16, "0x1.63p+3", "0", "inf"},
    {"stan-bce", B16, "-0x1.63p+3", "1", "inf"},
    {"torch-softplus-bce", B16, "0x1.63p+3", "0", "inf"},
    {"torch-softplus-bce", FORMAT_binary16_binary32, "0x1.63p+3", "0", "0x1.63p+3"},
    {"logexpfunctions-bce", B16, "0x1.63p+3", "0", "0x1.63p+3"},

    /* --- cut-offs, an input on either side on which the two ways differ by an ulp;
     * both ways, each operation rounded once, from exp and log to 60 digits.
     * log1mexp-scipy: a = softplus(−x) is 1 − 2^−23 and 1 + 2^−22; −log(−expm1(−a))
     * = ...ef8 and ...ee4, −log1p(−e^−a) = ...ef4 and ...ee8. */
    {"log1mexp-scipy-bce", B32, "-0x1.152884p-1", "0", "0x1.d5aef8p-2"},
    {"log1mexp-scipy-bce", B32, "-0x1.152890p-1", "0", "0x1.d5aee8p-2"},
    /* x₄ = 5.86 is 1500/256 in binary16.  e^−x = 0.0029 is 0.73 ulp of x, so that
     * x + e^−x is the next number, 1500/256 from 1499/256; from there on x. */
    {"logexpfunctions-bce", B16, "0x1.76cp+2", "0", "0x1.77p+2"},
    {"logexpfunctions-bce", B16, "0x1.77p+2", "0", "0x1.77p+2"},

    /* --- infinite logits: the limits 0 (pytorch#49844) and +∞ (#135359) */
    {"logits-bce", B32, "inf", "1", "nan"},
    {"logits-bce-logsigmoid", B32, "-inf", "0", "nan"},
    {"logits-bce-logsigmoid", B32, "-inf", "0.9", "nan"},
    {"logaddexp-bce", B32, "inf", "1", "nan"},
    {"torch-softplus-bce", B32, "inf", "1", "nan"},
    {"signed-softplus-bce", B32, "inf", "1", "0"},
    {"stan-bce", B32, "inf", "1", "0"},
    {"tf-softplus-bce", B32, "inf", "1", "0"},
    {"tf-softplus-bce", B32, "-inf", "0", "0"},
    {"tf-softplus-bce", B32, "-inf", "0.9", "inf"},

    /* --- what takes a label for a sign gives ln 2 for ½, not softplus(3) − 1.5 */
    {"signed-softplus-bce", B32, "3", "0.5", "0x1.62e43p-1"},
    {"stan-bce", B32, "3", "0.5", "0x1.62e43p-1"},

    /* --- subnormal results are 0 where they are flushed: e^−90 = 8.2e-40 */
    {"logaddexp-bce", B32, "-90", "0", "positive"},
    {"logaddexp-bce", FORMAT_binary32_ftz, "-90", "0", "0"},
};

/* With the weight w of the positive label. */
static const struct weighted_row {
    const char *name;
    enum format_id format;
    const char *values, *labels, *weight;
    enum reduction reduction;
    const char *expected;
} weighted_rows[] = {
    /* pytorch#13773, whose NaN was mended before 1.0: (ln 2 + 120)/2 */
    {"logits-bce-pos-weight-old", B32, "0,-120", "0,1", "1", REDUCTION_MEAN, "0x1.e2c5c8p+5"},
    {"logits-bce-pos-weight", B32, "0,-120", "0,1", "1", REDUCTION_MEAN, "0x1.e2c5c8p+5"},
    {"weighted-logits-bce", B32, "0,-120", "0,1", "1", REDUCTION_MEAN, "0x1.e2c5c8p+5"},
    /* 3·e^−17 = 0x1.0ab6a4p-23, an ulp less, and 0 where log(1 + e^−17) is */
    {"logits-bce-pos-weight", B32, "17", "1", "3", REDUCTION_SUM, "0x1.0ab6a6p-23"},
    {"weighted-logits-bce", B32, "17", "1", "3", REDUCTION_SUM, "0x1.0ab6a6p-23"},
    {"logits-bce-pos-weight-old", B32, "17", "1", "3", REDUCTION_SUM, "0"},
    /* w has no part in y = 0, where e^−15 = 3.1e-7 cancels against 15 */
    {"logits-bce-pos-weight", B32, "-15", "0", "3", REDUCTION_SUM, "0"},
    {"weighted-logits-bce", B32, "-15", "0", "3", REDUCTION_SUM, "0"},
};

/* The gradient by all values, with w where there is one. */
static const struct gradient_row {
    const char *name;
    enum gradient_way way;
    enum format_id format;
    const char *values, *labels, *weight;
    enum reduction reduction;
    const char *expected;
} gradient_rows[] = {
#define CHAIN  GRADIENT_chain
#define CLOSED GRADIENT_closed
#define SUM    REDUCTION_SUM
    /* p = y: 0/0, where the derivative is 1 or −1 */
    {"prob-bce", CHAIN, B32, "0", "0", NULL, SUM, "nan"},
    {"prob-bce", CLOSED, B32, "1", "1", NULL, SUM, "nan"},
    {"prob-bce", CLOSED, B32, "0", "1", NULL, SUM, "-inf"},
    {"xlogy-bce", CHAIN, B32, "0", "0", NULL, SUM, "1"},
    {"clamped-bce", CHAIN, B32, "0", "1", NULL, SUM, "nan"}, /* 0 to a log: 0/0 */
    {"clamped-bce", CLOSED, B32, "0", "0", NULL, SUM, "0"},
    {"clamped-bce", CLOSED, B64, "0", "1", NULL, SUM, "-1e12"}, /* −∞ */
    {"clamped-bce", CLOSED, B16, "0", "0", NULL, SUM, "nan"},   /* 1e-12 is 0 there */
    {"clamped-bce", CLOSED, B16, "0", "1", NULL, SUM, "-inf"},
    {"clipped-bce", CLOSED, B32, "0x1p-24", "1", NULL, SUM, "0"}, /* −2^24 */
    {"clipped-bce", CHAIN, B32, "0x1p-24", "1", NULL, SUM, "0"},
    {"clipped-bce", CHAIN, B32, "0x1p-23", "1", NULL, SUM, "-0x1p+23"},
    {"clipped-bce", CLOSED, B16, "1", "1", NULL, SUM, "nan"},
    /* dropped entries pass on 0·y: no NaN from them */
    {"trace-bce", CHAIN, B32, "0.5,0", "0,1", NULL, SUM, "2,-inf"},
    {"trace-bce", CHAIN, B32, "0.5,1", "1,1", NULL, SUM, "-2,nan"},
    {"elementwise-bce", CHAIN, B32, "0.5,1", "1,1", NULL, SUM, "-2,nan"},
    {"clamped-elementwise-bce", CLOSED, B32, "0.5,1", "1,1", NULL, SUM, "-2,0"},

    /* pytorch#103316: −2.41e-11 = (−1/8)/1e-12·e^−50 for −0.125; 0x1.a822f6p-36 rounded once */
    {"sigmoid-clamped-bce", CLOSED, B32, "-50*8", "1*8", NULL, REDUCTION_MEAN, "-0x1.a822f8p-36*8"},
    {"logits-bce", CHAIN, B32, "-50*8", "1*8", NULL, REDUCTION_MEAN, "-0.125*8"},
    /* (d·(1 − p))·p, each rounded; in the mixed format p = 225/256, d = −1/p stored
     * as −146/128: 146/128·31/256·225/256 = 0.12140 */
    {"sigmoid-clamped-bce", CLOSED, B32, "2", "1", NULL, SUM, "-0x1.e8415ep-4"},
    {"sigmoid-clamped-bce", CLOSED, FORMAT_bfloat16_binary32, "2", "1", NULL, SUM, "-0x1.f2p-4"},
    {"sigmoid-clipped-bce", CLOSED, B32, "0.5", "1", NULL, SUM, "-0x1.829a02p-2"}, /* (d·p)(1−p) */
    {"sigmoid-clamped-bce", CLOSED, B16, "-12", "1", NULL, SUM, "nan"},            /* ∞·0 */
    {"sigmoid-clamped-bce", CLOSED, B32, "17", "0", NULL, SUM, "0"},               /* 1 */
    {"sigmoid-bce", CHAIN, B32, "17", "1", NULL, SUM, "nan"},                      /* −4.1e-8 */
    {"sigmoid-clipped-bce", CLOSED, B32, "-17", "1", NULL, SUM, "0"},              /* −1 */
    /* σ(x) − 1 is 0 once σ rounds to 1, from p·ln 2 on */
    {"logits-bce", CLOSED, B32, "0x1.0a2b22p+4", "1", NULL, SUM, "-0x1p-23"},
    {"logits-bce", CLOSED, B32, "0x1.0a2b24p+4", "1", NULL, SUM, "0"},
    {"logits-bce", CHAIN, B32, "17", "1", NULL, SUM,
     "-0x1.639e32p-25"}, /* −σ(−17) = −0x1.639e30p-25 */
    {"logaddexp-bce", CLOSED, B32, "17", "1", NULL, SUM, "-0x1.639e32p-25"},
    {"logaddexp-bce", CLOSED, B32, "inf", "1", NULL, SUM, "0"},
    {"logaddexp-bce", CLOSED, B32, "-inf", "1", NULL, SUM, "-1"},
    /* choices by x ≥ 0 have a derivative at 0, abs and relu have 0 */
    {"logits-bce", CHAIN, B32, "0,0", "0,1", NULL, SUM, "0.5,-0.5"},
    {"logits-bce-old", CHAIN, B32, "0,0", "0,1", NULL, SUM, "0.5,-0.5"},
    {"logits-bce-logsigmoid", CHAIN, B32, "0,0", "0,1", NULL, SUM, "0.5,-0.5"},
    {"weighted-logits-bce", CHAIN, B32, "0,0", "0,1", "1", SUM, "1,0"},
    /* t·σ − t */
    {"logits-bce-pos-weight", CLOSED, B32, "17", "1", "3", SUM, "0"}, /* −1.24e-7 */
    {"logits-bce-pos-weight", CLOSED, B32, "0,0", "0,1", "3", SUM, "0.5,-1.5"},
    /* the sign of Stan's partial beyond its cut-off: −e^−25 for y = 1 */
    {"stan-bce", CHAIN, B64, "25", "1", NULL, SUM, "-0x1.e8a37a45fc32ep-37"},
    {"stan-bce", CLOSED, B64, "25", "1", NULL, SUM, "0x1.e8a37a45fc32ep-37"},
    {"stan-bce", CLOSED, B64, "-25", "0", NULL, SUM, "0x1.e8a37a45fc32ep-37"},
    /* e^{−x} overflows: ∞/∞, and what the branch at −37 is for */
    {"log1pexp-bce", CLOSED, B64, "-710", "1", NULL, SUM, "nan"},
    {"sklearn-bce", CLOSED, B64, "-710", "1", NULL, SUM, "-1"},
    {"torch-softplus-bce", CLOSED, B64, "20.1", "0", NULL, SUM, "1"}, /* 1 − 1.9e-9 */
    {"torch-softplus-bce", CLOSED, B16, "12", "0", NULL, SUM, "nan"},
    {"tf-softplus-bce", CLOSED, B32, "inf,-inf", "1,1", NULL, SUM, "0,-1"},
    /* logistic's upper bounds, 53, 24 and 11 times ln 2.  Below, e^x < 2^p, 1 + e^x
     * is exact to half of 1 and the quotient 1 − 2^−p.  Above, 1 is given; there
     * 1 + e^x is a tie where e^x is 2^p + 2k, which k odd takes up to 2^p + 2k + 2:
     * the quotient would be 1 − 2^(1−p) at these, the first such x by exp to 60
     * digits. */
    {"logexpfunctions-bce", CLOSED, B64, "0x1.25e4f7b2737fap+5", "0", NULL, SUM,
     "0x1.fffffffffffffp-1"},
    {"logexpfunctions-bce", CLOSED, B64, "0x1.25e4f7b2737fbp+5", "0", NULL, SUM, "1"},
    {"logexpfunctions-bce", CLOSED, B32, "0x1.0a2b22p+4", "0", NULL, SUM, "0x1.fffffep-1"},
    {"logexpfunctions-bce", CLOSED, B32, "0x1.0a2bd4p+4", "0", NULL, SUM, "1"},
    {"logexpfunctions-bce", CLOSED, B16, "0x1.e7cp+2", "0", NULL, SUM, "0x1.ffcp-1"},
    {"logexpfunctions-bce", CLOSED, B16, "0x1.e9p+2", "0", NULL, SUM, "1"},
#undef SUM
#undef CLOSED
#undef CHAIN
};

#endif
