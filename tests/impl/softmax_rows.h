/* What softmax, its cross-entropy, log-sum-exp and StableMax give at chosen
 * inputs, with the derivation or the report it comes from.  Every number is
 * exact in its format, or is meant as the nearest one. */
#ifndef XULP_TESTS_SOFTMAX_ROWS_H
#define XULP_TESTS_SOFTMAX_ROWS_H

#include "impl/impl.h"

#include <math.h>

static const struct {
    const char *name;
    enum format_id format;
    const char *values;
    size_t target;
    const char *labels;
    double loss;
} loss_rows[] = {
    /* e^x overflows from ln(largest + half an ulp) on: ∞/∞.  Binary64: ln(2^1024)
     * = 709.7827128933840 lies between the two; binary32 ln(2^128) =
     * 88.7228390520683; binary16 ln(65520) = 11.0901; bfloat16 as binary32. */
    {"naive-softmax", FORMAT_binary64, "0x1.62e42fefa39efp+9,0", 0, NULL, 0},
    {"naive-softmax", FORMAT_binary64, "0x1.62e42fefa39fp+9,0", 0, NULL, NAN},
    {"naive-softmax", FORMAT_binary32, "0x1.62e42ep+6,0", 0, NULL, 0},
    {"naive-softmax", FORMAT_binary32, "0x1.62e43p+6,0", 0, NULL, NAN},
    {"naive-softmax", FORMAT_binary16, "0x1.62cp+3,0", 0, NULL, 0},
    {"naive-softmax", FORMAT_binary16, "0x1.63p+3,0", 0, NULL, NAN},
    {"naive-softmax", FORMAT_bfloat16, "88.5,0", 0, NULL, 0},
    {"naive-softmax", FORMAT_bfloat16, "89,0", 0, NULL, NAN},
    {"naive-softmax", FORMAT_binary32, "89,0", 1, NULL, INFINITY}, /* 1/∞ = 0 */
    {"softmax-basic", FORMAT_binary32, "89,0", 1, NULL, 0},
    {"softmax-basic", FORMAT_binary32, "89,0", 0, NULL, NAN},
    {"lse-basic", FORMAT_binary32, "89,0", 0, NULL, INFINITY},
    {"softmax-basic-exp-minus-lse", FORMAT_binary32, "89,0", 0, NULL, 0}, /* 89 − ∞ */
    /* the sum alone overflows: 2·e^11 > 65520 */
    {"naive-softmax", FORMAT_binary16, "11,11", 0, NULL, INFINITY},
    /* all exponentials underflow: 0/0, log 0 */
    {"naive-softmax", FORMAT_binary32, "-104,-104", 0, NULL, NAN},
    {"lse-basic", FORMAT_binary32, "-104,-104", 0, NULL, -INFINITY},
    {"softmax-basic-exp-minus-lse", FORMAT_binary32, "-104,-104", 0, NULL, INFINITY},
    {"softmax-shifted", FORMAT_binary32, "-104,-104", 0, NULL, 0.5},

    /* e^−g is 0 from g = ln 2·(1 − e_least) on, half the least subnormal going to
     * even: 150 ln 2 = 103.97207708 in binary32, 25 ln 2 = 17.3287 in binary16,
     * 134 ln 2 = 92.88 in bfloat16; before that it is the least subnormal, and
     * the loss 149 ln 2, 24 ln 2, 133 ln 2. */
    {"shifted-softmax", FORMAT_binary32, "0,0x1.9fe368p+6", 0, NULL, 103.27892990343184},
    {"shifted-softmax", FORMAT_binary32, "0,0x1.9fe36ap+6", 0, NULL, INFINITY},
    {"shifted-softmax", FORMAT_binary16, "0,17.328125", 0, NULL, 16.635532333438686},
    {"shifted-softmax", FORMAT_binary16, "0,17.34375", 0, NULL, INFINITY},
    {"shifted-softmax", FORMAT_bfloat16, "0,92.5", 0, NULL, 92.18857501430438},
    {"shifted-softmax", FORMAT_bfloat16, "0,93", 0, NULL, INFINITY},
    {"log-softmax-unfused", FORMAT_bfloat16, "0,93", 0, NULL, INFINITY},
    {"shifted-softmax", FORMAT_binary32_ftz, "0,88", 0, NULL, INFINITY}, /* e^−88 < 2^−126 */
    {"fused-log-softmax", FORMAT_binary32, "0,104", 0, NULL, 104},
    {"log1p-lse", FORMAT_binary32, "0,104", 0, NULL, 104},
    {"softmax-framework", FORMAT_binary32, "0,104", 0, NULL, 0},
    /* torch/nn#804: 13.0365 behind; further behind, −Inf in narrow formats */
    {"fused-log-softmax", FORMAT_binary16, "-5.2040,7.8325", 0, NULL, 13.03125},

    /* 1 + e^−g rounds to 1 from g = p·ln 2 on, e^−g = u going to even: 36.73680056967710
     * in binary64, 16.6355323334 in binary32, 7.6246 in binary16, 5.5452 in
     * bfloat16.  Before that the sum is 1 + 2u, its log 2u − 2u². */
    {"fused-log-softmax", FORMAT_binary64, "0x1.25e4f7b2737fap+5,0", 0, NULL,
     0x1.fffffffffffffp-53},
    {"fused-log-softmax", FORMAT_binary64, "0x1.25e4f7b2737fbp+5,0", 0, NULL, 0},
    {"fused-log-softmax", FORMAT_binary32, "0x1.0a2b22p+4,0", 0, NULL, 0x1.fffffep-24},
    {"fused-log-softmax", FORMAT_binary32, "0x1.0a2b24p+4,0", 0, NULL, 0},
    {"fused-log-softmax", FORMAT_binary16, "0x1.e7cp+2,0", 0, NULL, 0x1.ffcp-11},
    {"fused-log-softmax", FORMAT_binary16, "0x1.e8p+2,0", 0, NULL, 0},
    {"fused-log-softmax", FORMAT_bfloat16, "0x1.62p+2,0", 0, NULL, 0x1.fep-8},
    {"fused-log-softmax", FORMAT_bfloat16, "0x1.64p+2,0", 0, NULL, 0},
    {"log-softmax-nll", FORMAT_binary32, "17,0", 0, NULL, 0},
    {"guarded-log-softmax", FORMAT_binary32, "17,0", 0, NULL, 0},
    {"shifted-softmax", FORMAT_binary32, "17,0", 0, NULL, 0},
    /* e^−17 = 0.69 u three times: each alone is lost, two added first are not */
    {"fused-log-softmax", FORMAT_binary32, "17,0,0,0", 0, NULL, 0},
    {"fused-log-softmax+cascade", FORMAT_binary32, "17,0,0,0", 0, NULL,
     0x1.fffffep-24}, /* 1 is apart */
    {"fused-log-softmax+pairwise", FORMAT_binary32, "17,0,0,0", 0, NULL, 0x1.fffffep-24},
    {"fused-log-softmax+neumaier", FORMAT_binary32, "17,0,0,0", 0, NULL, 0x1.fffffep-24},
    /* nothing is lost where the maximum is left out: e^−16.7, e^−40 */
    {"log1p-lse", FORMAT_binary32, "16.7,0", 0, NULL, 5.588327e-08},
    {"log1p-lse", FORMAT_binary64, "40,0", 0, NULL, 4.248354255291589e-18},
    {"log1p-lse-minus-target", FORMAT_binary64, "40,0", 0, NULL, 0}, /* 40 + e^−40 */
    {"log1p-lse-minus-target", FORMAT_binary64, "0,-40", 0, NULL, 4.248354255291589e-18},
    /* scipy#18295 and its remedy */
    {"lse-shifted", FORMAT_binary64, "0,-40", 0, NULL, 0},
    {"lse-online", FORMAT_binary64, "0,-40", 0, NULL, 0},
    {"lse-log1p", FORMAT_binary64, "0,-40", 0, NULL, 4.248354255291589e-18},
    {"lse-scipy", FORMAT_binary64, "0,-40", 0, NULL, 4.248354255291589e-18},
    {"lse-streaming", FORMAT_binary64, "0,-40", 0, NULL, 4.248354255291589e-18},
    {"lse-streaming", FORMAT_binary64, "-40,0", 0, NULL, 4.248354255291589e-18},
    {"lse-logaddexp", FORMAT_binary64, "-40,0", 0, NULL, 4.248354255291589e-18},

    /* pytorch#11752, mlx#4169, optax#1792: the logarithm rounded at the size of
     * the logits, whichever way it was made */
    {"lse-minus-target", FORMAT_binary32, "1,1", 0, NULL, 0x1.62e43p-1},
    {"lse-minus-target", FORMAT_binary32, "1e4,1e4", 0, NULL, 0.693359375},
    {"lse-minus-target", FORMAT_binary32, "1e6,1e6", 0, NULL, 0.6875},
    {"lse-minus-target", FORMAT_binary32, "1e8,1e8", 0, NULL, 0},
    {"lse-minus-target", FORMAT_binary32, "1e8*3", 0, NULL, 0},
    {"log1p-lse-minus-target", FORMAT_binary32, "1e6,1e6", 0, NULL, 0.6875},
    {"scipy-logsumexp", FORMAT_binary32, "1e6,1e6", 0, NULL, 0.6875},
    {"online-softmax", FORMAT_binary32, "1e6,1e6", 0, NULL, 0.6875},
    {"streaming-lse", FORMAT_binary32, "1e6,1e6", 0, NULL, 0.6875},
    {"base2-softmax", FORMAT_binary32, "1e6,1e6", 0, NULL, 0.6875},
    {"logaddexp-lse", FORMAT_binary32, "1e6,1e6", 0, NULL, 0.6875},
    {"fused-log-softmax", FORMAT_binary32, "1e8,1e8", 0, NULL, 0x1.62e43p-1},
    {"log1p-lse", FORMAT_binary32, "1e8,1e8", 0, NULL, 0x1.62e43p-1},
    {"guarded-log-softmax", FORMAT_binary32, "1e8,1e8", 0, NULL, 0x1.62e43p-1},
    {"fused-log-softmax", FORMAT_binary32, "-1e7*3", 0, NULL,
     1.0986122886681098}, /* pytorch#38839 */

    /* executorch#20090: 256 + 1 rounds to 256 in bfloat16; 2048 + 1 in binary16 */
    {"softmax-framework", FORMAT_bfloat16, "0*512", 0, NULL, 0x1p-8},
    {"softmax-framework+pairwise", FORMAT_bfloat16, "0*512", 0, NULL, 0x1p-9},
    {"softmax-framework+cascade", FORMAT_bfloat16, "0*512", 0, NULL, 0x1p-9},
    {"softmax-framework+neumaier", FORMAT_bfloat16, "0*512", 0, NULL, 0x1p-9},
    {"softmax-framework", FORMAT_bfloat16_binary32, "0*512", 0, NULL, 0x1p-9},
    {"lse-shifted", FORMAT_bfloat16, "0*512", 0, NULL, 5.545177444479562}, /* log 256 */
    {"lse-scipy", FORMAT_bfloat16, "0*512", 0, NULL, 5.545177444479562},
    {"lse-scipy+pairwise", FORMAT_bfloat16, "0*512", 0, NULL, 6.238324625039508}, /* log 512 */
    {"lse-online", FORMAT_bfloat16, "0*512", 0, NULL, 5.545177444479562},
    {"lse-online+pairwise", FORMAT_bfloat16, "0*512", 0, NULL, 5.545177444479562},
    {"lse-shifted", FORMAT_binary16, "0*4096", 0, NULL, 7.624618986159398}, /* log 2048 */
    /* 1/k is half an ulp of log k: in [4, 8) at k = 64 with 8 bits, 512 with 11 */
    {"lse-logaddexp", FORMAT_bfloat16, "0*512", 0, NULL, 0x1.0ap+2},
    {"lse-logaddexp", FORMAT_binary16, "0*4096", 0, NULL, 0x1.8f4p+2},
    /* 1000·e^−17 = 4.14e-5 added up, or lost one by one: half an ulp of 17 is 2^−20 */
    {"logaddexp-lse", FORMAT_binary32, "17,0*1000", 0, NULL, 0},
    {"lse-minus-target", FORMAT_binary32, "17,0*1000", 0, NULL, 0},
    {"lse-minus-target+pairwise", FORMAT_binary32, "17,0*1000", 0, NULL, 0x1.6p-15},
    {"online-softmax", FORMAT_binary32, "0*1000,17", 1000, NULL, 0x1.6p-15}, /* 22 ulp of 17 */

    /* Keras: −log 1e-7, and −log(1 − 1e-7) with the constant in the format: its
     * binary32 is 1 − 2^−23; 1 in binary16, where 1e-7 is 2^−23, and in bfloat16,
     * where it is 0x1.aep-24 */
    {"clipped-softmax", FORMAT_binary32, "0,20", 0, NULL, 16.118095},
    {"clipped-softmax", FORMAT_binary64, "0,20", 0, NULL, 16.11809565095832},
    {"clipped-softmax", FORMAT_binary32, "20,0", 0, NULL, 0x1.000002p-23},
    {"clipped-softmax", FORMAT_binary64, "20,0", 0, NULL, 1.0000000494736474e-07},
    {"clipped-softmax", FORMAT_binary16, "0,17", 0, NULL, 15.942385152878742}, /* 23 ln 2 */
    {"clipped-softmax", FORMAT_binary16, "8,0", 0, NULL, 0},
    {"clipped-softmax", FORMAT_bfloat16, "0,20", 0, NULL, 16.118095},
    {"clipped-softmax", FORMAT_bfloat16, "6,0", 0, NULL, 0},

    /* optax#896: 0·(−∞), unless it is left out */
    {"fused-log-softmax", FORMAT_binary32, "-inf,0", 0, "0,1", NAN},
    {"lse-minus-target", FORMAT_binary32, "-inf,0", 0, "0,1", NAN},
    {"guarded-log-softmax", FORMAT_binary32, "-inf,0", 0, "0,1", 0},
    {"guarded-log-softmax", FORMAT_binary32, "-inf,0", 0, "0.5,0.5", INFINITY},
    /* infinite logits: the guard, and ∞ − ∞ without it */
    {"lse-framework", FORMAT_binary32, "inf,0", 0, NULL, INFINITY},
    {"lse-framework", FORMAT_binary32, "-inf,-inf", 0, NULL, -INFINITY},
    {"lse-scipy", FORMAT_binary32, "-inf,-inf", 0, NULL, -INFINITY},
    {"lse-streaming", FORMAT_binary32, "-inf,-inf", 0, NULL, -INFINITY},
    {"lse-shifted", FORMAT_binary32, "inf,0", 0, NULL, NAN},
    {"lse-shifted", FORMAT_binary32, "-inf,-inf", 0, NULL, NAN},
    {"lse-log1p", FORMAT_binary32, "inf,0", 0, NULL, INFINITY},
    {"lse-log1p", FORMAT_binary32, "inf,inf", 0, NULL, NAN},
    {"lse-online", FORMAT_binary32, "-inf,0", 0, NULL, NAN}, /* −∞ − −∞ at the first */
    {"lse-online", FORMAT_binary32, "0,-inf", 0, NULL, 0},
    {"lse-logaddexp", FORMAT_binary32, "-inf,-inf", 0, NULL, NAN},
    /* a NaN is not lost by a comparison */
    {"lse-online", FORMAT_binary32, "0,nan,1", 0, NULL, NAN},
    {"lse-streaming", FORMAT_binary32, "nan,0", 0, NULL, NAN},
    {"lse-streaming", FORMAT_binary32, "0,nan,1", 0, NULL, NAN},
    {"lse-logaddexp", FORMAT_binary32, "nan,0", 0, NULL, NAN},
    {"lse-logaddexp", FORMAT_binary32, "0,nan,1", 0, NULL, NAN},
    {"lse-scipy", FORMAT_binary32, "0,nan,1", 0, NULL, NAN},

    /* StableMax: s = 2, 1, 1/4: 13/4·… : log(13/4), log(13/8) */
    {"log1p-stablemax-ce", FORMAT_binary64, "1,0,-3", 1, NULL, 1.1786549963416462},
    {"stablemax-ce", FORMAT_binary64, "1,0,-3", 1, NULL, 1.1786549963416462},
    {"log1p-stablemax-ce", FORMAT_binary64, "1,0,-3", 0, NULL, 0.4855078157817008},
    /* s_t + 1 rounds to s_t = 2^24; the loss is log1p(2^−24) = 2^−24 */
    {"stablemax-ce", FORMAT_binary32, "16777215,0", 0, NULL, 0},
    {"log-stablemax-ce", FORMAT_binary32, "16777215,0", 0, NULL, 0},
    {"log1p-stablemax-ce", FORMAT_binary32, "16777215,0", 0, NULL, 0x1p-24},
    /* 1e20·1e20 overflows binary32: log1p(∞), where log 1e40 is 92.1 */
    {"log1p-stablemax-ce", FORMAT_binary32, "1e20,-1e20", 1, NULL, INFINITY},
    {"log-stablemax-ce", FORMAT_binary32, "1e20,-1e20", 1, NULL, 92.103401184082031},
};

/* The first two components. */
static const struct {
    const char *name;
    enum gradient_way way;
    enum format_id format;
    const char *values;
    size_t target;
    const char *labels;
    double first, second;
} gradient_rows[] = {
    /* 1 − p_t is 0 from a gap of p·ln 2 on; e^−40 and e^−17 elsewhere */
    {"fused-log-softmax", GRADIENT_closed, FORMAT_binary64, "40,0", 0, NULL, 0,
     4.248354255291589e-18},
    {"fused-log-softmax", GRADIENT_chain, FORMAT_binary64, "40,0", 0, NULL, 0,
     4.248354255291589e-18},
    {"naive-softmax", GRADIENT_closed, FORMAT_binary64, "40,0", 0, NULL, 0, 4.248354255291589e-18},
    {"guarded-log-softmax", GRADIENT_closed, FORMAT_binary64, "40,0", 0, NULL, 0,
     4.248354255291589e-18},
    {"online-softmax", GRADIENT_closed, FORMAT_binary64, "40,0", 0, NULL, 0, 4.248354255291589e-18},
    /* −Σ of the others is not */
    {"log1p-lse", GRADIENT_closed, FORMAT_binary64, "40,0", 0, NULL, -4.248354255291589e-18,
     4.248354255291589e-18},
    {"log1p-lse", GRADIENT_chain, FORMAT_binary64, "40,0", 0, NULL, -4.248354255291589e-18,
     4.248354255291589e-18},
    /* soft targets 1 and 2^−30: −e^−40 + 2^−30 at the first, and the opposite */
    {"log1p-lse", GRADIENT_closed, FORMAT_binary32, "40,0", 0, "1,0x1p-30", 0x1p-30, -0x1p-30},
    /* 1/p_t overflows where p_t < 1/largest: e^−89 in binary32, e^−12 in binary16, * though p_t is
       not 0 */
    {"shifted-softmax", GRADIENT_chain, FORMAT_binary32, "0,88.5", 0, NULL, -1, 1},
    {"shifted-softmax", GRADIENT_chain, FORMAT_binary32, "0,89", 0, NULL, NAN, NAN},
    {"shifted-softmax", GRADIENT_closed, FORMAT_binary32, "0,89", 0, NULL, NAN, INFINITY},
    {"shifted-softmax", GRADIENT_closed, FORMAT_binary16, "0,12", 0, NULL, NAN, INFINITY},
    {"shifted-softmax", GRADIENT_closed, FORMAT_binary32, "0,104", 0, NULL, NAN, NAN},
    {"fused-log-softmax", GRADIENT_chain, FORMAT_binary32, "0,104", 0, NULL, -1, 1},
    /* the kernel subtracts first, (g − Σ)·p.  e^−g = u and the sum 1 + 2u: p_t =
     * 1 − 2u, g_t = −1/p_t = −(1 + 2u), Σ = −1, and (g_t − Σ)·p_t = −2u(1 − 2u), where
     * g_t·p_t − Σ·p_t = −1 + p_t = −2u.  At the other class e^−g/(1 + 2u) =
     * u(1 + 32u)/(1 + 2u) = u(1 + 30u). */
    {"shifted-softmax", GRADIENT_closed, FORMAT_binary32, "0x1.0a2b22p+4,0", 0, NULL,
     -0x1.fffffcp-24, 0x1.00001ep-24},
    {"log-softmax-unfused", GRADIENT_closed, FORMAT_binary32, "0x1.0a2b22p+4,0", 0, NULL,
     -0x1.fffffcp-24, 0x1.00001ep-24},
    /* the quotient's derivative is (a/b)/b, as b·b would overflow: b = Σe^x =
     * e^54.628 = 2^78.8, and a/b² would be 0, the gradient −1, 0.  Exactly −0.07522534
     * and 0.07440697. */
    {"naive-softmax", GRADIENT_chain, FORMAT_binary32, "54.55,52.03,47.52", 0, NULL, -0x1.341f9cp-4,
     0x1.30c55cp-4},
    /* p_j = 0 of another class: 0/0 where the whole row's log was taken */
    {"log-softmax-unfused", GRADIENT_chain, FORMAT_binary32, "104,0", 0, NULL, NAN, NAN},
    {"log-softmax-unfused", GRADIENT_closed, FORMAT_binary32, "104,0", 0, NULL, NAN, NAN},
    {"log-softmax-unfused", GRADIENT_chain, FORMAT_bfloat16, "93,0", 0, NULL, NAN, NAN},
    {"log-softmax-unfused", GRADIENT_chain, FORMAT_bfloat16, "92,0", 0, NULL, 0, 0x1p-133},
    {"shifted-softmax", GRADIENT_chain, FORMAT_binary32, "104,0", 0, NULL, 0, 0},
    {"shifted-softmax", GRADIENT_closed, FORMAT_binary32, "104,0", 0, NULL, 0, 0},
    /* outside Keras' clip nothing is learnt */
    {"clipped-softmax", GRADIENT_chain, FORMAT_binary32, "0,17", 0, NULL, 0, 0},
    {"clipped-softmax", GRADIENT_closed, FORMAT_binary32, "0,17", 0, NULL, 0, 0},
    {"clipped-softmax", GRADIENT_chain, FORMAT_binary32, "17,0", 0, NULL, 0, 0},
    {"clipped-softmax", GRADIENT_closed, FORMAT_binary32, "17,0", 0, NULL, 0, 0},
    {"clipped-softmax", GRADIENT_closed, FORMAT_binary32, "0,0", 0, NULL, -0.5, 0.5},
    /* L = 1e8 + ln 2 rounds to 1e8, e^0 = 1 for both */
    {"lse-minus-target", GRADIENT_closed, FORMAT_binary32, "1e8,1e8", 0, NULL, 0, 1},
    {"lse-minus-target", GRADIENT_chain, FORMAT_binary32, "1e8,1e8", 0, NULL, -0.5, 0.5},
    {"online-softmax", GRADIENT_closed, FORMAT_binary32, "1e8,1e8", 0, NULL, -0.5, 0.5},
    {"lse-framework", GRADIENT_closed, FORMAT_binary32, "1e8,1e8", 0, NULL, 1, 1},
    {"lse-framework", GRADIENT_chain, FORMAT_binary32, "1e8,1e8", 0, NULL, 0.5, 0.5},
    /* 512 zeros in bfloat16: Σ stops at 256, so 1/256 each; a maximum that is not
     * detached gives the first 1 − 512/256 more */
    {"lse-framework", GRADIENT_chain, FORMAT_bfloat16, "0*512", 0, NULL, 0x1p-8, 0x1p-8},
    {"lse-shifted", GRADIENT_chain, FORMAT_bfloat16, "0*512", 0, NULL, 0x1p-8 - 1, 0x1p-8},
    {"fused-log-softmax", GRADIENT_chain, FORMAT_bfloat16, "0*512", 0, NULL, 0x1p-8 - 1, 0x1p-8},
    /* derivatives are added in the format: 1 − 1/256 for each of 1024 stays at −1, where
     * −1 − 2^−8 is half way to the next; a sum rounded at its end is 1 − 1023/256 */
    {"lse-shifted", GRADIENT_chain, FORMAT_bfloat16, "0*1024", 0, NULL, -1, 0x1p-8},
    {"log-softmax-nll", GRADIENT_chain, FORMAT_bfloat16, "0*512", 0, NULL, 0x1p-8 - 1, 0x1p-8},
    {"lse-log1p", GRADIENT_closed, FORMAT_binary32, "inf,0", 0, NULL, 1, 0},
    {"lse-log1p", GRADIENT_closed, FORMAT_binary32, "1e8,1e8", 0, NULL, 0.5, 0.5},
    {"lse-basic", GRADIENT_closed, FORMAT_binary32, "89,0", 0, NULL, NAN, 0}, /* ∞/∞, 1/∞ */
    /* equal maxima share the derivative of amax; dual numbers give it to the first */
    {"lse-scipy", GRADIENT_chain, FORMAT_binary32, "1,1,1,1", 0, NULL, 0.25, 0.25},
    {"lse-streaming", GRADIENT_chain, FORMAT_binary32, "1,1,1,1", 0, NULL, 1, 0},
    {"lse-streaming", GRADIENT_closed, FORMAT_binary64, "0,0", 0, NULL, 0.5, 0.5},
    {"lse-logaddexp", GRADIENT_chain, FORMAT_binary32, "1,1", 0, NULL, 0.5, 0.5},
    /* pytorch#31829: −∞ − −∞, and 1/0·0 */
    {"lse-framework", GRADIENT_closed, FORMAT_binary32, "-inf,-inf", 0, NULL, NAN, NAN},
    {"lse-framework", GRADIENT_chain, FORMAT_binary32, "-inf,-inf", 0, NULL, NAN, NAN},
    /* StableMax at 1: the branch not taken is 1/1e-30, squared 1e60.  s = 2, 1:
     * 1/3, 1/3 − 1.  s = 2, 4, 2: 1/8 − 1/4 at the target.  binary16 squares
     * 2^8 of 1 − 2^−8 to ∞, not 2^7 (s there: 2 ± 2^−8, 2 ± 2^−7). */
    {"stablemax-ce", GRADIENT_chain, FORMAT_binary64, "1,0", 1, NULL, 0x1.5555555555555p-2,
     -0x1.5555555555556p-1},
    {"stablemax-ce", GRADIENT_chain, FORMAT_binary32, "1,3,1", 1, NULL, NAN, -0.125},
    {"stablemax-ce", GRADIENT_chain, FORMAT_bfloat16, "1,3,1", 1, NULL, NAN, -0.125},
    {"stablemax-ce", GRADIENT_chain, FORMAT_binary16, "0x1.fep-1,3,0x1.01p+0", 1, NULL, NAN,
     -0.125},
    {"stablemax-ce", GRADIENT_chain, FORMAT_binary16, "0x1.fcp-1,3,0x1.02p+0", 1, NULL, 0.125,
     -0.125},
    {"log-stablemax-ce", GRADIENT_chain, FORMAT_binary32, "1,3,1", 1, NULL, 0.125, -0.125},
    {"log-stablemax-ce", GRADIENT_closed, FORMAT_binary64, "1,0", 1, NULL, 0x1.5555555555555p-2,
     -0x1.5555555555556p-1},
};

/* With class weights, and label smoothing of hard targets: the loss, and where
 * there is one the first component of the gradient by the closed form. */
static const struct {
    const char *name;
    enum format_id format;
    const char *values;
    size_t target;
    const char *labels, *weights;
    double label_smoothing;
    double loss, gradient;
} option_rows[] = {
    /* (loss·q)·w: 30000/8·4, where 30000·4 overflows binary16.  p_0 = 0: −q·w. */
    {"fused-log-softmax", FORMAT_binary16, "-30000,0", 0, "0.125,0", "4,1", 0, 15000, -0.5},
    /* p_0 = e^−200 = 0, so that the gradient is −fl(fl(3·0.7) + fl(3·0.15)) with the
     * constants' binary32: 0x1.0cccccp+1 + 0x1.cccccep-2 = 0x1.466665cp+1, rounded;
     * 3·fl(0.7 + 0.15) is 0x1.466668p+1.  The loss is 0.7·600 + 0.15·600. */
    {"fused-log-softmax", FORMAT_binary32, "-200,0", 0, NULL, "3,3", 0.3, 510, -0x1.466666p+1},
};

/* Rounded operations of a row of 6 different classes, the maximum once, counted
 * by hand from the formula, and reals of memory. */
static const struct {
    const char *name;
    uint64_t operations;
    size_t reals;
} cost_rows[] = {
    {"naive-softmax", 6 + 5 + 1 + 1, 0},           /* exps, additions, ÷, log */
    {"shifted-softmax", 6 + 6 + 5 + 1 + 1, 0},     /* and x_k − m */
    {"log-softmax-unfused", 6 + 6 + 5 + 6 + 6, 6}, /* all ÷, all logs */
    {"fused-log-softmax", 6 + 6 + 5 + 1 + 2, 0},   /* log, x_t − m, − log */
    {"guarded-log-softmax", 6 + 6 + 5 + 1 + 2, 0},
    {"log-softmax-nll", 6 + 6 + 5 + 1 + 2 * 6, 6},
    {"lse-minus-target", 6 + 6 + 5 + 1 + 2, 0},
    {"log1p-lse", 5 + 5 + 4 + 1 + 2, 0}, /* the maximum left out */
    {"log1p-lse-minus-target", 5 + 5 + 4 + 1 + 2, 0},
    {"scipy-logsumexp", 5 + 5 + 4 + 1 + 2 + 3, 0},     /* s/c, two logs, + + − */
    {"online-softmax", 6 * 6 + 1 + 2, 0},              /* − e × − e + each */
    {"base2-softmax", 6 + 6 + 6 + 5 + 1 + 2, 0},       /* and × log₂e */
    {"logaddexp-lse", 5 * 4 + 1, 0},                   /* − e log1p + each */
    {"clipped-softmax", 6 + 6 + 5 + 6 + 5 + 1 + 1, 6}, /* ÷, Σp, ÷, log */
    {"stablemax-ce", 6 * 4 + 5 + 6 + 6, 6},            /* − + ÷ + each, ÷, log */
    {"softmax-shifted", 5 + 5 + 4 + 1 + 1, 0},         /* 1 +, ÷ */
    {"softmax-exp-minus-lse", 5 + 5 + 4 + 2 + 2, 0},
};

#endif
