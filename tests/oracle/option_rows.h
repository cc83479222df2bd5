/* More rows of test_oracle.c: options, gradients, stablemax-ce, log-sum-exp and
 * softmax, by the definitions in src/core/problem.h.
 *
 * Digits come from python3's `decimal` at 120 digits, coefficients a_j and
 * divisors from its `fractions`; rational values are worked out by hand. */
#ifndef XULP_TESTS_OPTION_ROWS_H
#define XULP_TESTS_OPTION_ROWS_H

#include "input_rows.h"

#include "oracle/oracle.h"

#include <math.h>

struct value_row {
    struct input_case input;
    struct quantity quantity;
    const char *value; /* digits: v ± 1 in the last place; or a fraction, inf, nan */
};

#define LOSS(i)          \
    {                    \
        QUANTITY_LOSS, i \
    }
#define GRADIENT(i)          \
    {                        \
        QUANTITY_GRADIENT, i \
    }
#define ONE_TO_FIVE 1, 2, 3, 4, 5
#define WEIGHTS     LIST(0.5, 2, 1, 0, 3)
#define Q           LIST(0.25, 0, 0.5, 0, 0.25)

static const struct value_row transcendental_rows[] = {
    /* Smoothing: every nll_j enters; ε = 1 is their mean, at any target. */
    {CE_WITH(SUM, 1, 5, INDEX(1), NULL, 0.1, ONE_TO_FIVE), LOSS(0),
     "3.35191439593759332764460738784902601581574"},
    {CE_WITH(SUM, 1, 5, INDEX(4), NULL, 0.1, ONE_TO_FIVE), LOSS(0),
     "0.651914395937593344297952757226374122170214"},
    {CE_WITH(SUM, 1, 5, INDEX(4), NULL, 1, ONE_TO_FIVE), LOSS(0),
     "2.45191439593759333319572251097480871793390"},
    /* 2 · 3.4519…; the smoothed part keeps every class's own weight, so that a
     * target of weight 0 still costs. */
    {CE_WITH(SUM, 1, 5, INDEX(1), WEIGHTS, 0, ONE_TO_FIVE), LOSS(0),
     "6.90382879187518666639144502194961743586779"},
    {CE_WITH(SUM, 1, 5, INDEX(1), WEIGHTS, 0.1, ONE_TO_FIVE), LOSS(0),
     "6.47219478415955510910724376732505102615807"},
    {CE_WITH(SUM, 1, 5, INDEX(3), WEIGHTS, 0.1, ONE_TO_FIVE), LOSS(0),
     "0.258748871471887147678891661619945806533766"},
    /* The mean divides by w_1 + w_0 + w_4 = 5.5, with smoothing too; … */
    {CE_WITH(MEAN, 3, 5, INDEX(1, 0, 4), WEIGHTS, 0, ONE_TO_FIVE, ONE_TO_FIVE, ONE_TO_FIVE),
     LOSS(0), "1.90645985048304787865026796552026326338844"},
    {CE_WITH(MEAN, 3, 5, INDEX(1, 0, 4), WEIGHTS, 0.1, ONE_TO_FIVE, ONE_TO_FIVE, ONE_TO_FIVE),
     LOSS(0), "1.85694961351031788802711305856691449846773"},
    /* … by the rows that are not ignored, NaN in them or not; … */
    {CE(MEAN, 3, 5, INDEX(1, IGNORED, 4), ONE_TO_FIVE, 9, NAN, 9, INFINITY, 9, ONE_TO_FIVE),
     LOSS(0), "1.95191439593759333319572251097480871793390"},
    {CE_WITH(MEAN, 3, 5, INDEX(1, IGNORED, 4), WEIGHTS, 0, ONE_TO_FIVE, ONE_TO_FIVE, ONE_TO_FIVE),
     LOSS(0), "1.65191439593759333319572251097480871793390"},
    /* … and with soft targets by the rows, whatever they weigh. */
    {SOFT(SUM, 1, 5, Q, NULL, 0, ONE_TO_FIVE), LOSS(0),
     "2.45191439593759333319572251097480871793390"},
    {SOFT(SUM, 1, 5, Q, WEIGHTS, 0, ONE_TO_FIVE), LOSS(0),
     "2.12138229441419083314411845259036198715911"},
    {SOFT(SUM, 1, 5, Q, WEIGHTS, 0.25, ONE_TO_FIVE), LOSS(0),
     "2.23790889949036095814669865550958432369785"},
    {SOFT(MEAN, 2, 5, LIST(0.25, 0, 0.5, 0, 0.25, 0.25, 0, 0.5, 0, 0.25), WEIGHTS, 0.25,
          ONE_TO_FIVE, ONE_TO_FIVE),
     LOSS(0), "2.23790889949036095814669865550958432369785"},
    {SOFT(SUM, 1, 2, LIST(2, 3), NULL, 0, 0, 1), LOSS(0),
     "3.56630843759111417024497747483927820957640"},
    {SOFT(SUM, 1, 3, LIST(0, 0.5, 0.5), NULL, 0, -INFINITY, 0, 1), LOSS(0),
     "0.813261687518222834048995494967855641915280"},
    /* Not reduced: row by row. */
    {CE(NONE, 2, 5, INDEX(1, 4), ONE_TO_FIVE, ONE_TO_FIVE), LOSS(0),
     "3.45191439593759333319572251097480871793390"},
    {CE(NONE, 2, 5, INDEX(1, 4), ONE_TO_FIVE, ONE_TO_FIVE), LOSS(1),
     "0.4519143959375933331957225109748087179339"},

    /* p_j, and p_1 − 1 at the target. */
    {ROW(5, 1, ONE_TO_FIVE), GRADIENT(0), "0.0116562309560396073948709134656958546203503"},
    {ROW(5, 1, ONE_TO_FIVE), GRADIENT(1), "-0.968315079203875731087638905297898062896524"},
    {ROW(5, 1, ONE_TO_FIVE), GRADIENT(4), "0.636408646558830796042917849615977565554314"},
    {CE_WITH(SUM, 1, 5, INDEX(1), NULL, 0.1, ONE_TO_FIVE), GRADIENT(1),
     "-0.888315079203875726646746806797271901201997"},
    {CE_WITH(SUM, 1, 5, INDEX(1), NULL, 0.1, ONE_TO_FIVE), GRADIENT(4),
     "0.616408646558830794932694824990821025130682"},
    {CE_WITH(SUM, 1, 5, INDEX(1), WEIGHTS, 0.1, ONE_TO_FIVE), GRADIENT(0),
     "0.0124965257451564416716957947191118736894901"},
    {CE_WITH(MEAN, 3, 5, INDEX(0, 1, 4), WEIGHTS, 0.1, ONE_TO_FIVE, ONE_TO_FIVE, ONE_TO_FIVE),
     GRADIENT(5), "0.00227209559002844394030832631256579521627092"},
    {SOFT(SUM, 1, 5, Q, WEIGHTS, 0.25, ONE_TO_FIVE), GRADIENT(2),
     "-0.308188161608310568927179148570790456338476"},
    /* The gradient of losses that are not reduced is that of their sum; a row
     * that is undefined leaves the others' alone. */
    {CE(NONE, 2, 5, INDEX(0, 1), NAN, 2, 3, 4, 5, ONE_TO_FIVE), GRADIENT(6),
     "-0.968315079203875731087638905297898062896524"},
    /* A confident row: −e^−40/(1 + e^−40), which p_t − 1 loses. */
    {ROW(2, 0, 0, -40), GRADIENT(0), "-4.24835425529158897728072090440450637143476e-18"},
    {ROW(2, 0, 0, -40), GRADIENT(1), "4.24835425529158897728072090440450637143476e-18"},
    {ROW(3, 0, 5, 5, 1), GRADIENT(0), "-0.504537357422156873521473851936881476658670"},

    /* log Σ e^x: below 0, next to 0, and a row of one number added. */
    {LSE(SUM, 1, 5, ONE_TO_FIVE), LOSS(0), "5.45191439593759333319572251097480871793390"},
    {LSE(SUM, 1, 2, -1, -1), LOSS(0), "-0.306852819440054690582767878541823431924500"},
    {LSE(SUM, 1, 2, -0x1.62e42fefa39efp-1, -0x1.62e42fefa39efp-1), LOSS(0),
     "2.31904681384629961549485546387547865041207e-17"},
    {LSE(SUM, 1, 2, 0, -40), LOSS(0), "4.24835425529158898630497784363158218187775e-18"},
    {LSE(SUM, 2, 5, ONE_TO_FIVE, -3, -INFINITY, -INFINITY, -INFINITY, -INFINITY), LOSS(0),
     "2.45191439593759333319572251097480871793390"},
    {LSE(MEAN, 2, 5, ONE_TO_FIVE, -3, -INFINITY, -INFINITY, -INFINITY, -INFINITY), LOSS(0),
     "1.22595719796879666659786125548740435896695"},
    {LSE(MEAN, 3, 5, ONE_TO_FIVE, ONE_TO_FIVE, ONE_TO_FIVE), GRADIENT(9),
     "0.212136215519610265347639283205325855184771"},
    {SOFTMAX(5, 0, ONE_TO_FIVE), LOSS(0), "0.0116562309560396073948709134656958546203503"},
    {SOFTMAX(5, 4, ONE_TO_FIVE), LOSS(0), "0.636408646558830796042917849615977565554314"},
    {SOFTMAX(2, 0, 0, -40), LOSS(0), "0.999999999999999995751645744708411022719279"},

    /* pos_weight, one for each column. */
    {LOGITS(SUM, 1, 1, LIST(0.25), LIST(3), 1), LOSS(0),
     "1.21989253127733425107349324245178346287292"},
    {LOGITS(SUM, 1, 1, LIST(1), LIST(0.5), -2), LOSS(0),
     "1.06346400552148624822186340317915221571717"},
    {LOGITS(SUM, 1, 1, LIST(1), LIST(3), 40), LOSS(0),
     "1.27450627658747669589149335308947465456333e-17"},
    {LOGITS(SUM, 1, 1, LIST(0.5), LIST(3), 0), LOSS(0),
     "1.38629436111989061883446424291635313615100"},
    {LOGITS(MEAN, 1, 2, LIST(0.25, 1), LIST(3, 0.5), 1, -2), LOSS(0),
     "1.14167826839941024964767832281546783929504"},
    {LOGITS(SUM, 2, 2, LIST(0.25, 1, 1, 0), LIST(3, 0.5), 1, -2, 40, 0.5), LOSS(0),
     "3.25743352097892719291341676658687338726062"},
    {LOGITS(NONE, 2, 2, LIST(0.25, 1, 1, 0), LIST(3, 0.5), 1, -2, 40, 0.5), LOSS(2),
     "1.27450627658747669589149335308947465456333e-17"},
    {LOGIT(1, 0.25), GRADIENT(0), "0.481058578630004879251159241821836274365145"},
    {LOGITS(SUM, 1, 1, LIST(0.25), LIST(3), 1), GRADIENT(0),
     "0.346587867945007318876738862732754411547717"},
    {LOGIT(-40, 0), GRADIENT(0), "4.24835425529158897728072090440450637143476e-18"},
    {LOGIT(40, 1), GRADIENT(0), "-4.24835425529158897728072090440450637143476e-18"},
    {LOGITS(SUM, 1, 1, LIST(1), LIST(3), 40), GRADIENT(0),
     "-1.27450627658747669318421627132135191143043e-17"},
    {LOGIT(0x1p-30, 0.5), GRADIENT(0), "2.32830643653869628889420967355285081486009e-10"},
    {LOGITS(MEAN, 2, 2, LIST(1, 1, 1, 1), LIST(3, 0.5), 1, -2, 1, -2), GRADIENT(3),
     "-0.110099634747235305507466142662799599400798"},
    {PROBS(NONE, 1, 3, LIST(1, 1, 1), 0.25, 0.5, 0.25), LOSS(1),
     "0.693147180559945309417232121458176568075500"},

    /* log((2 + 3 + 4 + 5 + 6)/3), log((1/2 + 1 + 2)/(1/2)). */
    {STABLE(SUM, 1, 5, INDEX(1), ONE_TO_FIVE), LOSS(0),
     "1.89711998488588130203997833922001507102911"},
    {STABLE(SUM, 1, 3, INDEX(0), -1, 0, 1), LOSS(0), "1.94591014905531330510535274344317972963708"},
    {STABLE(SUM, 1, 2, INDEX(1), 0.1, -0.3), LOSS(0),
     "0.887891257352457086884274711123239820515944"},
    {STABLE(MEAN, 3, 5, INDEX(1, 0, IGNORED), ONE_TO_FIVE, -1, 0, 1, 2, 3, 0, 0, 0, 0, NAN),
     LOSS(0), "2.47082121130465214927028815979286025265684"},
    {STABLE(NONE, 2, 5, INDEX(1, 0), ONE_TO_FIVE, -1, 0, 1, 2, 3), LOSS(1),
     "3.04452243772342299650059798036570543428458"},
};

/* Rational values and limits; losses of these kinds are 0 but for log-sum-exp
 * and softmax. */
static const struct value_row rational_rows[] = {
    /* Ignored rows: 0 unreduced and in the gradient; the mean of nothing is 0/0. */
    {CE(NONE, 2, 2, INDEX(IGNORED, 0), NAN, 1, 0, 0), LOSS(0), "0"},
    {CE(SUM, 2, 2, INDEX(IGNORED, IGNORED), NAN, 1, 0, 0), LOSS(0), "0"},
    {CE(MEAN, 2, 2, INDEX(IGNORED, IGNORED), 1, 1, 0, 0), LOSS(0), "nan"},
    {CE(MEAN, 2, 2, INDEX(IGNORED, IGNORED), 1, 1, 0, 0), GRADIENT(0), "nan"},
    {CE(MEAN, 2, 2, INDEX(IGNORED, 0), NAN, 1, 0, 0), GRADIENT(0), "0"},
    {CE(MEAN, 2, 2, INDEX(IGNORED, 0), NAN, 1, 0, 0), GRADIENT(2), "-1/2"},
    {STABLE(MEAN, 1, 2, INDEX(IGNORED), 1, 1), LOSS(0), "nan"},
    {STABLE(SUM, 1, 2, INDEX(IGNORED), NAN, 1), GRADIENT(1), "0"},
    /* Σ w_t = 0. */
    {CE_WITH(MEAN, 1, 2, INDEX(0), LIST(0, 1), 0, 1, 2), LOSS(0), "nan"},
    {CE_WITH(SUM, 1, 2, INDEX(0), LIST(0, 1), 0, 1, 2), LOSS(0), "0"},
    {CE_WITH(SUM, 1, 2, INDEX(0), LIST(0, 1), 0, 1, 2), GRADIENT(1), "0"},
    /* a_j = 0 drops a masked logit's term; a_j > 0 makes it infinite. */
    {CE_WITH(SUM, 1, 2, INDEX(0), LIST(0, 1), 0, -INFINITY, 2), LOSS(0), "0"},
    {CE_WITH(SUM, 1, 2, INDEX(1), NULL, 0.1, -INFINITY, 2), LOSS(0), "inf"},
    {CE_WITH(SUM, 1, 2, INDEX(1), LIST(0, 1), 0.1, -INFINITY, 2), LOSS(0), "0"},
    {SOFT(SUM, 1, 2, LIST(0, 1), NULL, 0, -INFINITY, 0), LOSS(0), "0"}, /* optax#896 */
    {SOFT(SUM, 1, 2, LIST(0x1p-1074, 1), NULL, 0, -INFINITY, 0), LOSS(0), "inf"},
    /* One +∞: 0 where it has all of the coefficients. */
    {SOFT(SUM, 1, 3, LIST(0, 2, 0), NULL, 0, 1, INFINITY, -INFINITY), LOSS(0), "0"},
    {SOFT(SUM, 1, 3, LIST(0.5, 0.5, 0), NULL, 0, 1, INFINITY, 1), LOSS(0), "inf"},
    {CE_WITH(SUM, 1, 3, INDEX(1), NULL, 0.5, 1, INFINITY, 1), LOSS(0), "inf"},
    /* Outside the domain. */
    {CE_WITH(SUM, 1, 2, INDEX(0), LIST(1, -1), 0, 1, 2), LOSS(0), "nan"},
    {CE_WITH(SUM, 1, 2, INDEX(0), LIST(1, INFINITY), 0, 1, 2), LOSS(0), "nan"},
    {CE_WITH(SUM, 1, 2, INDEX(0), LIST(1, NAN), 0, 1, 2), GRADIENT(0), "nan"},
    {CE_WITH(SUM, 1, 2, INDEX(0), NULL, -0x1p-1074, 1, 2), LOSS(0), "nan"},
    {CE_WITH(SUM, 1, 2, INDEX(0), NULL, 0x1.0000000000001p+0, 1, 2), LOSS(0), "nan"},
    {CE_WITH(SUM, 1, 2, INDEX(0), NULL, NAN, 1, 2), GRADIENT(0), "nan"},
    {SOFT(SUM, 1, 2, LIST(0, -0x1p-1074), NULL, 0, 1, 2), LOSS(0), "nan"},
    {SOFT(SUM, 1, 2, LIST(INFINITY, 0), NULL, 0, 1, 2), LOSS(0), "nan"},
    {SOFT(NONE, 2, 2, LIST(1, 0, NAN, 0), NULL, 0, 1, 1, 2, 2), GRADIENT(1), "1/2"},
    {SOFT(NONE, 2, 2, LIST(1, 0, NAN, 0), NULL, 0, 1, 1, 2, 2), GRADIENT(3), "nan"},

    /* Equal logits: A/n − a_j; masked ones: −a_j, finite where the loss is not. */
    {ROW(3, 0, 1e8, 1e8, 1e8), GRADIENT(0), "-2/3"},
    {ROW(3, 0, 1e8, 1e8, 1e8), GRADIENT(1), "1/3"},
    {CE(MEAN, 3, 2, INDEX(1, 1, 1), 0, 0, 1, 1, 2, 2), GRADIENT(3), "-1/6"},
    {CE_WITH(SUM, 1, 4, INDEX(2), NULL, 0.5, 7, 7, 7, 7), GRADIENT(0), "1/8"},
    {CE_WITH(SUM, 1, 4, INDEX(2), NULL, 0.5, 7, 7, 7, 7), GRADIENT(2), "-3/8"},
    {CE_WITH(MEAN, 1, 2, INDEX(1), LIST(1, 3), 0.5, 7, 7), GRADIENT(0), "1/3"},
    {SOFT(SUM, 1, 3, LIST(1, 2, 4), NULL, 0, 7, -INFINITY, 7), GRADIENT(0), "5/2"},
    {SOFT(SUM, 1, 3, LIST(1, 2, 4), NULL, 0, 7, -INFINITY, 7), GRADIENT(1), "-2"},
    {SOFT(SUM, 1, 3, LIST(1, 2, 4), NULL, 0, 7, -INFINITY, 9), GRADIENT(1), "-2"},
    {ROW(2, 0, -INFINITY, 3), GRADIENT(0), "-1"},
    {ROW(2, 0, -INFINITY, 3), GRADIENT(1), "1"},
    {ROW(3, 0, 1, INFINITY, 2), GRADIENT(0), "-1"},
    {ROW(3, 0, 1, INFINITY, 2), GRADIENT(1), "1"},
    {ROW(3, 0, 1, INFINITY, 2), GRADIENT(2), "0"},
    {ROW(3, 1, 1, INFINITY, 2), GRADIENT(1), "0"},
    {ROW(3, 0, 1, INFINITY, INFINITY), GRADIENT(0), "nan"},
    {ROW(2, 0, -INFINITY, -INFINITY), GRADIENT(0), "nan"},
    {ROW(2, 0, NAN, 0), GRADIENT(1), "nan"},
    {ROW(1, 0, 5), GRADIENT(0), "0"},

    /* (p − y)/(p (1 − p)), and its limits at certain probabilities. */
    {PROB(0.25, 1), GRADIENT(0), "-4"},
    {PROB(0.25, 0), GRADIENT(0), "4/3"},
    {PROB(0.25, 0.5), GRADIENT(0), "-4/3"},
    {PROB(0.5, 0.5), GRADIENT(0), "0"},
    {PROB(0, 0), GRADIENT(0), "1"},
    {PROB(1, 1), GRADIENT(0), "-1"},
    {PROB(0, 1), GRADIENT(0), "-inf"},
    {PROB(0, 0x1p-1074), GRADIENT(0), "-inf"},
    {PROB(1, 0), GRADIENT(0), "inf"},
    {PROB(1, 0.5), GRADIENT(0), "inf"},
    {PROB(-0x1p-1074, 0), GRADIENT(0), "nan"},
    {PROB(0.5, 2), GRADIENT(0), "nan"},
    {BATCH(MEAN, 2, 3, LIST(0, 0, 0, 0, 1, 0), 0.5, 0.5, 0.5, 0.5, 0.25, 0.5), GRADIENT(4), "-2/3"},
    {BATCH(MEAN, 2, 3, LIST(0, 0, 0, 0, 1, 0), 0.5, 0.5, 0.5, 0.5, 0.25, NAN), GRADIENT(4), "-2/3"},
    {PROBS(NONE, 1, 2, LIST(0, 1), 0, 0), LOSS(0), "0"},
    {PROBS(NONE, 1, 2, LIST(0, 1), 0, 0), LOSS(1), "inf"},

    /* x = 0: ((1 − y) − w y)/2; ±∞: 1 − y and −w y. */
    {LOGIT(0, 1), GRADIENT(0), "-1/2"},
    {LOGIT(-0.0, 0.25), GRADIENT(0), "1/4"},
    {LOGITS(MEAN, 1, 2, LIST(0.25, 0.25), LIST(1, 5), 0, 0), GRADIENT(1), "-1/8"},
    {LOGIT(INFINITY, 0.25), GRADIENT(0), "3/4"},
    {LOGIT(INFINITY, 1), GRADIENT(0), "0"},
    {LOGITS(SUM, 1, 1, LIST(0.25), LIST(3), -INFINITY), GRADIENT(0), "-3/4"},
    {LOGIT(NAN, 1), GRADIENT(0), "nan"},
    {LOGIT(1, -1), GRADIENT(0), "nan"},
    /* w = 0 at y = 1 weighs nothing, at any logit. */
    {LOGITS(SUM, 1, 1, LIST(1), LIST(0), 7), LOSS(0), "0"},
    {LOGITS(SUM, 1, 1, LIST(1), LIST(0), -INFINITY), LOSS(0), "0"},
    {LOGITS(SUM, 1, 1, LIST(1), LIST(0), 7), GRADIENT(0), "0"},
    {LOGITS(SUM, 1, 1, LIST(1), LIST(0x1p-1074), -INFINITY), LOSS(0), "inf"},
    {LOGITS(SUM, 1, 1, LIST(1), LIST(-1), 7), LOSS(0), "nan"},
    {LOGITS(SUM, 1, 1, LIST(1), LIST(INFINITY), 7), LOSS(0), "nan"},
    {LOGITS(SUM, 1, 3, LIST(1, 0, 1), NULL, INFINITY, INFINITY, NAN), LOSS(0), "nan"},
    {LOGITS(SUM, 1, 2, LIST(1, 0), NULL, INFINITY, INFINITY), LOSS(0), "inf"},

    /* S = 2 + 1/2: s'(x_j)/S with s' = 1 and 1/4; at the target −s' (S − s)/(S s). */
    {STABLE(SUM, 1, 2, INDEX(0), 1, -1), GRADIENT(0), "-1/10"},
    {STABLE(SUM, 1, 2, INDEX(0), 1, -1), GRADIENT(1), "1/10"},
    {STABLE(SUM, 1, 2, INDEX(1), 1, -1), GRADIENT(0), "2/5"},
    {STABLE(MEAN, 2, 2, INDEX(1, 1), 1, -1, 1, -1), GRADIENT(3), "-1/5"},
    {STABLE(SUM, 1, 1, INDEX(0), -7), GRADIENT(0), "0"},
    {STABLE(SUM, 1, 1, INDEX(0), -7), LOSS(0), "0"},
    {STABLE(SUM, 1, 3, INDEX(1), -INFINITY, 7, -INFINITY), LOSS(0), "0"},
    {STABLE(SUM, 1, 3, INDEX(0), -INFINITY, 7, 1), LOSS(0), "inf"},
    {STABLE(SUM, 1, 3, INDEX(0), -INFINITY, 7, 1), GRADIENT(0), "0"},
    {STABLE(SUM, 1, 3, INDEX(0), -INFINITY, 7, 1), GRADIENT(1), "1/10"},
    {STABLE(SUM, 1, 3, INDEX(0), INFINITY, 7, 1), LOSS(0), "0"},
    {STABLE(SUM, 1, 3, INDEX(1), INFINITY, 7, 1), LOSS(0), "inf"},
    {STABLE(SUM, 1, 3, INDEX(1), INFINITY, 7, 1), GRADIENT(1), "-1/8"},
    {STABLE(SUM, 1, 3, INDEX(1), INFINITY, -7, 1), GRADIENT(1), "-1/8"},
    {STABLE(SUM, 1, 3, INDEX(1), INFINITY, 7, 1), GRADIENT(0), "0"},
    {STABLE(SUM, 1, 3, INDEX(1), INFINITY, 7, 1), GRADIENT(2), "0"},
    {STABLE(SUM, 1, 3, INDEX(1), INFINITY, 7, INFINITY), LOSS(0), "nan"},
    {STABLE(SUM, 1, 3, INDEX(1), INFINITY, 7, INFINITY), GRADIENT(1), "nan"},
    {STABLE(SUM, 1, 2, INDEX(1), -INFINITY, -INFINITY), LOSS(0), "nan"},
    {STABLE(SUM, 1, 2, INDEX(1), NAN, 1), LOSS(0), "nan"},

    /* One number is its own log-sum-exp, exactly; infinities have limits. */
    {LSE(SUM, 1, 1, 0.75), LOSS(0), "3/4"},
    {LSE(MEAN, 3, 2, -1, -INFINITY, -INFINITY, 2, 4, -INFINITY), LOSS(0), "5/3"},
    {LSE(SUM, 1, 2, INFINITY, INFINITY), LOSS(0), "inf"},
    {LSE(SUM, 1, 2, -INFINITY, -INFINITY), LOSS(0), "-inf"},
    {LSE(SUM, 2, 2, -INFINITY, -INFINITY, 1, 2), LOSS(0), "-inf"},
    {LSE(SUM, 2, 2, -INFINITY, -INFINITY, 1, INFINITY), LOSS(0), "nan"},
    {LSE(NONE, 2, 2, -INFINITY, -INFINITY, 1, INFINITY), LOSS(1), "inf"},
    {LSE(SUM, 1, 2, NAN, INFINITY), LOSS(0), "nan"},
    {LSE(MEAN, 2, 3, 5, 5, 5, 1, 2, 3), GRADIENT(1), "1/6"},
    {LSE(SUM, 1, 3, 5, INFINITY, 4), GRADIENT(1), "1"},
    {LSE(SUM, 1, 3, 5, INFINITY, 4), GRADIENT(0), "0"},
    {LSE(SUM, 1, 3, 5, INFINITY, INFINITY), GRADIENT(0), "0"},
    {LSE(SUM, 1, 3, 5, INFINITY, INFINITY), GRADIENT(1), "nan"},
    {LSE(SUM, 1, 2, -INFINITY, -INFINITY), GRADIENT(0), "nan"}, /* pytorch#31829 */
    {LSE(SUM, 1, 2, -INFINITY, 3), GRADIENT(0), "0"},
    {SOFTMAX(3, 1, 7, 7, 7), LOSS(0), "1/3"},
    {SOFTMAX(3, 1, 7, 7, -INFINITY), LOSS(0), "1/2"},
    {SOFTMAX(3, 2, 7, 8, -INFINITY), LOSS(0), "0"},
    {SOFTMAX(3, 1, 7, INFINITY, 7), LOSS(0), "1"},
    {SOFTMAX(3, 0, 7, INFINITY, 7), LOSS(0), "0"},
    {SOFTMAX(3, 0, 7, INFINITY, INFINITY), LOSS(0), "0"},
    {SOFTMAX(3, 1, 7, INFINITY, INFINITY), LOSS(0), "nan"},
    {SOFTMAX(2, 1, -INFINITY, -INFINITY), LOSS(0), "nan"},
    {SOFTMAX(2, 1, NAN, 0), LOSS(0), "nan"},
    {SOFTMAX(2, 1, 1, 0), GRADIENT(0), "nan"}, /* not a loss */
};

#endif
