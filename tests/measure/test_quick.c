/* The fast path against MPFR: every ball holds the value that MPFR encloses at 192
 * bits, every decision taken from a ball is the one that MPFR takes, and all
 * builds give the same bytes.
 *
 * XULP_QUICK=1 runs a fraction of the cases; in all they are above 10^7. */
#include "../oracle/cases.h"
#include "../suite.h"

#include "measure/measure.h"
#include "measure/quick_measure.h"
#include "oracle/quick.h"

#include <stdlib.h>
#include <string.h>

enum {
    SEED = 20261125,
    CASES = 15000,   /* of each problem in each format: two values each */
    BLOCKS = 800,    /* of 512 cases, of each kind of block in each format */
    FRACTION = 50,   /* of them is run where XULP_QUICK is set */
    FINE_BITS = 192, /* of MPFR: 2^−192 is far below every radius */
};

static const enum format_id plain[] = {FORMAT_binary16, FORMAT_bfloat16, FORMAT_binary32,
                                       FORMAT_binary64};

static uint64_t share(uint64_t count)
{
    return getenv("XULP_QUICK") != NULL ? count / FRACTION : count;
}

/* --- one value --------------------------------------------------------------------- */

/* hi + lo − radius < v < hi + lo + radius, as far as lo < v < hi of MPFR tell; and what
 * is said of the sign and of the smallest values. */
static void require_held(const struct approximation *ball, const struct enclosure *fine)
{
    MPFR_DECL_INIT(end, 2 * FINE_BITS);
    mpfr_set_d(end, ball->hi, MPFR_RNDN);
    mpfr_add_d(end, end, ball->lo, MPFR_RNDN);
    mpfr_sub_d(end, end, ball->radius, MPFR_RNDN);
    ck_assert_msg(mpfr_cmp(end, fine->hi) <= 0 || ball->sign < 0, "%a + %a - %a is above v, %d",
                  ball->hi, ball->lo, ball->radius, ball->sign);
    mpfr_add_d(end, end, ball->radius, MPFR_RNDN);
    mpfr_add_d(end, end, ball->radius, MPFR_RNDN);
    bool vanishing = ball->hi == 0 && ball->radius == 0;
    if (vanishing) {
        ck_assert_msg(ball->sign != 0, "no sign");
        ck_assert_msg(mpfr_cmpabs_ui(fine->lo, 0) == 0 || mpfr_get_exp(fine->lo) < -1100,
                      "mpfr_cmpabs_ui(fine->lo, 0) == 0 || mpfr_get_exp(fine->lo) < -1100");
        ck_assert_msg(mpfr_get_exp(fine->hi) < -1100, "mpfr_get_exp(fine->hi) < -1100");
    } else {
        ck_assert_msg(mpfr_cmp(end, fine->lo) >= 0 || ball->sign > 0, "the ball is below v");
    }
    int sign = mpfr_sgn(ball->sign > 0 ? fine->hi : fine->lo);
    ck_assert_msg(ball->sign == 0 || ball->sign == sign, "sign %d, not %d", ball->sign, sign);
}

/* Results near v, and far from it. */
static double result_near(const struct format *format, double rounded, uint64_t i)
{
    static const int steps[] = {0, 1, -1, 2, -2, 16, -16, 17, 1000, -1000};
    int64_t largest = format_ordinal(format, format_largest(format));
    if (i % 16 == 10)
        return 0;
    if (i % 16 == 11)
        return -rounded;
    if (i % 16 == 12)
        return INFINITY;
    if (i % 16 == 13)
        return NAN;
    if (i % 16 == 14)
        return format_round_double(format, rounded * 17 / 16);
    if (i % 16 == 15)
        return format_round_double(format, rounded * 15 / 16);
    int64_t ordinal = format_ordinal(format, rounded) + steps[i % 16];
    return format_from_ordinal(format, ordinal > largest ? largest : ordinal);
}

/* Errors agree to 2^−20 ulp, or to what MPFR's 64 bits and a double tell. */
static bool errors_agree(double a, double b)
{
    return a == b || (isnan(a) && isnan(b)) ||
           fabs(a - b) <= ldexp(1, -20) + 0x1p-40 * (fabs(a) + fabs(b));
}

static void require_measured_alike(const struct input_case *input, struct enclosure *quick,
                                   struct enclosure *fine, const struct format *format, double got)
{
    struct measurement a, b;
    struct error error;
    if (!measure(quick, format, got, &a))
        return; /* MPFR is asked */
    while (!measure(fine, format, got, &b))
        ck_assert_msg(oracle_refine(input, fine->quantity, fine, &error) == OK, "%s", error.text);
    ck_assert_msg(a.class == b.class && errors_agree(a.ulp_error, b.ulp_error),
                  "%s, %s, got %a: %s, %a ulp; MPFR: %s, %a ulp", problems[input->problem].name,
                  format->name, got, class_names[a.class], a.ulp_error, class_names[b.class],
                  b.ulp_error);
}

/* Whether the enclosure is the fast path's. */
static bool check_value(const struct input_case *input, struct enclosure *quick,
                        struct enclosure *fine, const struct format *format, uint64_t i)
{
    if (quick->kind != EXACT_QUICK)
        return false;
    struct error error;
    ck_assert_msg(oracle_certify(input, quick->quantity, format, fine, &error) == OK, "%s",
                  error.text);
    if (fine->precision < FINE_BITS)
        oracle_enclose(input, quick->quantity, FINE_BITS, fine);
    ck_assert_msg(fine->kind == EXACT_TRANSCENDENTAL || fine->kind == EXACT_RATIONAL,
                  "fine->kind == EXACT_TRANSCENDENTAL || fine->kind == EXACT_RATIONAL");
    require_held(&quick->quick, fine);
    double rounded = oracle_rounded(quick, format), expected = oracle_rounded(fine, format);
    ck_assert_msg(memcmp(&rounded, &expected, sizeof rounded) == 0, "%a rounded, MPFR: %a", rounded,
                  expected);
    ck_assert_msg(oracle_ulp_exponent(quick, format) == oracle_ulp_exponent(fine, format), "ulp");
    require_measured_alike(input, quick, fine, format, result_near(format, rounded, i));
    require_measured_alike(input, quick, fine, format, result_near(format, rounded, i / 16 + 5));
    return true;
}

START_TEST(drawn_cases)
{
    const struct format *format = &formats[plain[_i % 4]];
    enum problem_id problem = (enum problem_id)(_i / 4);
    struct enclosure items[MOST_VALUES], fine;
    struct drawn_case drawn;
    struct error error;
    uint64_t cases = share(CASES), taken = 0;
    for (size_t j = 0; j < MOST_VALUES; j++)
        enclosure_init(&items[j]);
    enclosure_init(&fine);
    for (uint64_t i = 0; i < cases; i++) {
        draw_case(&drawn, problem, format, SEED, i);
        const struct input_case *input = &drawn.input;
        size_t loss = i % input_case_losses(input), component = i % input_case_values(input);
        ck_assert_msg(oracle_settle_loss(input, loss, format, items, &error) == OK, "%s",
                      error.text);
        taken += check_value(input, items, &fine, format, i);
        if (problem == PROBLEM_softmax)
            continue;
        ck_assert_msg(oracle_settle_gradient(input, format, items, &error) == OK, "%s", error.text);
        check_value(input, &items[component], &fine, format, i / 3);
    }
    ck_assert_msg(taken > cases / 8, "the fast path took %d of %d", (int)taken, (int)cases);
    enclosure_clear(&fine);
    for (size_t j = 0; j < MOST_VALUES; j++)
        enclosure_clear(&items[j]);
}
END_TEST

/* Where a radius or a sign is all that keeps a value from being taken: what is left out
 * of a sum; a weight that lifts a vanishing gradient. */
START_TEST(left_out)
{
    static const struct {
        enum problem_id problem;
        double values[3], label, weight;
        bool gradient;
    } rows[] = {
        {PROBLEM_softmax_ce, {0, -620, -662}, 0, 0, false},
        {PROBLEM_softmax_ce, {0, -610, -661}, 0, 0, true},
        {PROBLEM_log_sum_exp, {0, -615, -665}, 0, 0, false},
        {PROBLEM_softmax_ce, {0, -700, -781}, 0, 0, true},
        {PROBLEM_bce_logit, {781}, 1, 0x1p+30, true},
        {PROBLEM_bce_logit, {-781}, 0, 0x1p+30, true},
        {PROBLEM_bce_logit, {781}, 1, 0x1p+30, false},
        {PROBLEM_bce_logit, {661}, 1, 1, false},
    };
    const struct format *format = &formats[plain[_i % 4]];
    static const size_t target = 0;
    struct enclosure items[3], fine;
    struct error error;
    for (size_t j = 0; j < 3; j++)
        enclosure_init(&items[j]);
    enclosure_init(&fine);
    for (size_t r = 0; r < sizeof rows / sizeof *rows; r++) {
        bool logit = rows[r].problem == PROBLEM_bce_logit;
        const struct input_case input = {.problem = rows[r].problem,
                                         .rows = 1,
                                         .columns = logit ? 1 : 3,
                                         .values = rows[r].values,
                                         .targets = logit ? NULL : &target,
                                         .labels = logit ? &rows[r].label : NULL,
                                         .weights = logit ? &rows[r].weight : NULL};
        int code = rows[r].gradient ? oracle_settle_gradient(&input, format, items, &error)
                                    : oracle_settle_loss(&input, 0, format, items, &error);
        ck_assert_msg(code == OK, "%s", error.text);
        for (size_t j = 0; j < (rows[r].gradient ? input.columns : 1); j++)
            check_value(&input, &items[j], &fine, format, j);
    }
    enclosure_clear(&fine);
    for (size_t j = 0; j < 3; j++)
        enclosure_clear(&items[j]);
}
END_TEST

/* Operations of balls hold what the corners of their operands make. */
START_TEST(balls)
{
    static const double middles[] = {1, -1, 3, -0.75, 0x1.8p20, 0x1p-30, -0x1.1p-3};
    static const double radii[] = {0, 0x1p-60, 0x1p-20, 0x1p-4};
    enum { COUNT = sizeof middles / sizeof *middles * sizeof radii / sizeof *radii };
    MPFR_DECL_INIT(x, 64);
    MPFR_DECL_INIT(y, 64);
    MPFR_DECL_INIT(middle, 256);
    MPFR_DECL_INIT(exact, 256);
    for (int pair = 0; pair < COUNT * COUNT; pair++) {
        struct ball a = ball_of_double(middles[pair % COUNT / 4]);
        struct ball b = ball_of_double(middles[pair / COUNT / 4]);
        a.radius = fabs(a.middle.hi) * radii[pair % COUNT % 4];
        b.radius = fabs(b.middle.hi) * radii[pair / COUNT % 4];
        const struct ball results[] = {ball_add(a, b), ball_multiply(a, b), ball_divide(a, b),
                                       ball_log1p(a)};
        for (int corner = 0; corner < 16; corner++) {
            int operation = corner / 4;
            if (operation == 3 && a.middle.hi - a.radius <= -1)
                continue;
            mpfr_set_d(x, a.middle.hi, MPFR_RNDN);
            mpfr_set_d(y, b.middle.hi, MPFR_RNDN);
            mpfr_add_d(x, x, corner & 1 ? a.radius : -a.radius, MPFR_RNDN);
            mpfr_add_d(y, y, corner & 2 ? b.radius : -b.radius, MPFR_RNDN);
            operation == 0   ? mpfr_add(exact, x, y, MPFR_RNDN)
            : operation == 1 ? mpfr_mul(exact, x, y, MPFR_RNDN)
            : operation == 2 ? mpfr_div(exact, x, y, MPFR_RNDN)
                             : mpfr_log1p(exact, x, MPFR_RNDN);
            mpfr_set_d(middle, results[operation].middle.hi, MPFR_RNDN);
            mpfr_add_d(middle, middle, results[operation].middle.lo, MPFR_RNDN);
            mpfr_sub(exact, exact, middle, MPFR_RNDN);
            ck_assert_msg(
                mpfr_cmpabs(
                    exact, (mpfr_set_d(middle, results[operation].radius, MPFR_RNDU), middle)) <= 0,
                "operation %d on %a ± %a, %a ± %a", operation, a.middle.hi, a.radius, b.middle.hi,
                b.radius);
        }
    }
}
END_TEST

/* --- blocks -------------------------------------------------------------------------- */

enum block_kind { LOGIT_0, LOGIT_1, PROB_0, PROB_1, PAIR_0, PAIR_1, BLOCK_KINDS };

struct block {
    double x[2][QUICK_BLOCK];
    enum block_kind kind;
};

static void block_values(const struct quick_build *build, const struct block *block,
                         struct quick_block *v)
{
    double label = block->kind % 2;
    memset(v, 0, sizeof *v);
    if (block->kind <= LOGIT_1)
        build->bce_logit(block->x[0], label, QUICK_BLOCK, v);
    else if (block->kind <= PROB_1)
        build->bce_prob(block->x[0], label, QUICK_BLOCK, v);
    else
        build->softmax_ce_2(block->x[0], block->x[1], block->kind % 2, QUICK_BLOCK, v);
}

/* Neighbours of a drawn number, thresholds among them, and numbers drawn alone. */
static void draw_block(struct block *block, struct draw *draw)
{
    bool prob = block->kind == PROB_0 || block->kind == PROB_1, near = chance(draw, 2);
    double centre = prob ? draw_probability(draw) : draw_logit(draw, 0);
    for (size_t i = 0; i < QUICK_BLOCK; i++) {
        if (!near)
            centre = prob ? draw_probability(draw) : draw_logit(draw, centre);
        double moved = nearby(draw, centre, QUICK_BLOCK);
        block->x[0][i] = prob ? fmin(1, fabs(moved)) : moved;
        block->x[1][i] = draw_logit(draw, moved);
    }
}

static struct input_case case_of(const struct block *block, size_t i, double *values, double *label,
                                 size_t *target)
{
    struct input_case input = {.reduction = REDUCTION_SUM, .rows = 1, .columns = 1};
    values[0] = block->x[0][i];
    values[1] = block->x[1][i];
    *target = block->kind % 2;
    *label = (double)*target;
    input.values = values;
    input.problem = block->kind <= LOGIT_1  ? PROBLEM_bce_logit
                    : block->kind <= PROB_1 ? PROBLEM_bce_prob
                                            : PROBLEM_softmax_ce;
    if (input.problem == PROBLEM_softmax_ce) {
        input.columns = 2;
        input.targets = target;
    } else {
        input.labels = label;
    }
    return input;
}

static void require_same_bytes(const struct block *block, const struct format *format,
                               const struct quick_block *v, const double *got,
                               const struct quick_measured *measured)
{
    const struct quick_build *builds[QUICK_BUILDS_MOST];
    quick_measure_function *measures[QUICK_BUILDS_MOST];
    size_t count = quick_builds(builds);
    ck_assert_uint_eq(count, quick_measure_builds(measures));
    for (size_t b = 1; b < count; b++) {
        struct quick_block other;
        struct quick_measured otherwise = {0};
        block_values(builds[b], block, &other);
        ck_assert_msg(memcmp(&other, v, sizeof other) == 0, "%s differs", builds[b]->name);
        measures[b](&other, format, got, QUICK_BLOCK, &otherwise);
        ck_assert_msg(memcmp(&otherwise, measured, sizeof otherwise) == 0, "%s measures otherwise",
                      builds[b]->name);
    }
}

static void check_point(const struct block *block, size_t i, const struct format *format,
                        const struct quick_block *v, double got,
                        const struct quick_measured *measured, struct enclosure *certified)
{
    double values[2], label;
    size_t target;
    struct input_case input = case_of(block, i, values, &label, &target);
    struct approximation ball = {v->hi[i], v->lo[i], v->radius[i], +1};
    struct measurement expected;
    struct error error;
    if (measured->class[i] == QUICK_OPEN && isinf(ball.radius))
        return;
    ck_assert_msg(oracle_certify(&input, quantity_loss(0), format, certified, &error) == OK, "%s",
                  error.text);
    ck_assert_msg(certified->kind == EXACT_TRANSCENDENTAL, "kind");
    require_held(&ball, certified);
    if (measured->class[i] == QUICK_OPEN || i % 3 != 0) /* MPFR's measuring takes as long */
        return;
    while (!measure(certified, format, got, &expected))
        ck_assert_msg(oracle_refine(&input, quantity_loss(0), certified, &error) == OK, "%s",
                      error.text);
    ck_assert_msg(measured->class[i] == expected.class &&
                      errors_agree(measured->ulp_error[i], expected.ulp_error),
                  "%s %a %a (%d), %s, got %a: %s, %a ulp; MPFR: %s, %a ulp",
                  problems[input.problem].name, values[0], values[1], (int)block->kind,
                  format->name, got, class_names[measured->class[i]], measured->ulp_error[i],
                  class_names[expected.class], expected.ulp_error);
}

START_TEST(blocks)
{
    const struct format *format = &formats[plain[_i % 4]];
    struct block block = {.kind = (enum block_kind)(_i / 4)};
    const struct quick_build *builds[QUICK_BUILDS_MOST];
    quick_measure_function *measures[QUICK_BUILDS_MOST];
    quick_builds(builds);
    quick_measure_builds(measures);
    struct enclosure certified;
    enclosure_init(&certified);
    for (uint64_t b = 0; b < share(BLOCKS); b++) {
        struct draw draw = {format, random_stream(SEED + (uint64_t)_i, b)};
        struct quick_block v;
        struct quick_measured measured = {0};
        double got[QUICK_BLOCK];
        draw_block(&block, &draw);
        block_values(builds[0], &block, &v);
        for (size_t i = 0; i < QUICK_BLOCK; i++)
            got[i] = result_near(format, format_round_double(format, v.hi[i]), b + i);
        measures[0](&v, format, got, QUICK_BLOCK, &measured);
        require_same_bytes(&block, format, &v, got, &measured);
        for (size_t i = 0; i < QUICK_BLOCK; i++)
            check_point(&block, i, format, &v, got[i], &measured, &certified);
    }
    enclosure_clear(&certified);
}
END_TEST

static bool same_ball(const struct approximation *a, const struct approximation *b)
{
    if (fabs(a->hi) < QUICK_LEAST && fabs(b->hi) < QUICK_LEAST)
        return true; /* not taken */
    if (!(a->radius <= 0x1p-60 * fabs(a->hi)) && !(b->radius <= 0x1p-60 * fabs(b->hi)))
        return true; /* likewise */
    bool small = fabs(a->lo) < QUICK_LEAST_LOW && fabs(b->lo) < QUICK_LEAST_LOW;
    return a->hi == b->hi && (small || a->lo == b->lo) && a->radius == b->radius &&
           a->sign == b->sign;
}

/* Balls of losses and gradients, too, are the same whatever the build. */
START_TEST(builds_agree)
{
    const struct format *format = &formats[plain[_i % 4]];
    enum problem_id problem = (enum problem_id)(_i / 4);
    const struct quick_build *builds[QUICK_BUILDS_MOST];
    size_t count = quick_builds(builds);
    struct drawn_case drawn;
    for (uint64_t i = 0; i < share(50 * 500); i++) {
        draw_case(&drawn, problem, format, SEED + 1, i);
        struct approximation loss[QUICK_BUILDS_MOST] = {0};
        static struct approximation gradient[QUICK_BUILDS_MOST][MOST_VALUES];
        for (size_t b = 0; b < count; b++) {
            bool takes = builds[b]->loss(&drawn.input, 0, 1, &loss[b]);
            ck_assert_msg(!takes || same_ball(&loss[b], &loss[0]),
                          "%a %a %a, case %d; %s: %a %a %a", loss[0].hi, loss[0].lo, loss[0].radius,
                          (int)i, builds[b]->name, loss[b].hi, loss[b].lo, loss[b].radius);
            takes = builds[b]->gradient(&drawn.input, 0, gradient[b]);
            for (size_t j = 0; takes && j < drawn.input.columns; j++)
                ck_assert_msg(same_ball(&gradient[b][j], &gradient[0][j]),
                              "same_ball(&gradient[b][j], &gradient[0][j])");
        }
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("the fast path");
    suite_add_rows(suite, "drawn", NULL, oracle_thread_done, drawn_cases, PROBLEM_COUNT * 4);
    suite_add_rows(suite, "left out", NULL, oracle_thread_done, left_out, 4);
    suite_add_rows(suite, "balls", NULL, oracle_thread_done, balls, 1);
    suite_add_rows(suite, "blocks", NULL, oracle_thread_done, blocks, BLOCK_KINDS * 4);
    suite_add_rows(suite, "builds", NULL, NULL, builds_agree, PROBLEM_COUNT * 4);
    return suite_run(suite);
}
