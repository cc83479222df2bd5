/* Certified cases per second, beside plain MPFR at a fixed 113 bits.
 *
 * Both sides do the same cases in the same process on one thread, in turns,
 * several rounds; what is printed is the median round of each, and the median
 * of the rounds' ratios, which holds when the machine's speed drifts.
 *   certified   oracle_certify(): the enclosure that decides everything
 *   measured    that, every formulation of the problem, and its error
 *   plain       MPFR to nearest at 113 bits, the formula evaluated once, no
 *               bound on its error
 */
#include "core/random.h"
#include "impl/impl.h"
#include "measure/measure.h"
#include "oracle/oracle.h"
#include "sweep/case_store.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { ROUNDS = 5, PLAIN_BITS = 113 };

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

static void fail(const struct error *error)
{
    fprintf(stderr, "bench: %s\n", error->text);
    exit(error->code);
}

/* Case i: logits uniform in ±20, label i mod 2. */
static void make_case(enum problem_id problem, const struct format *format, size_t n, uint64_t i,
                      struct case_store *store)
{
    struct error error;
    struct random_stream stream = random_stream(1, i);
    if (case_store_shape(store, problem, 1, n, &error) != OK)
        fail(&error);
    for (size_t k = 0; k < n; k++)
        store->values[k] = format_round_double(format, 40 * random_unit(&stream) - 20);
    store->labels[0] = (double)(i % 2);
    store->targets[0] = (size_t)random_below(&stream, n);
}

/* max(x,0) − x·y + log1p(e^−|x|) */
static void plain_bce_logit(const struct input_case *input, mpfr_t *t)
{
    double x = input->values[0], y = input->labels[0];
    mpfr_set_d(t[0], -fabs(x), MPFR_RNDN);
    mpfr_exp(t[0], t[0], MPFR_RNDN);
    mpfr_log1p(t[0], t[0], MPFR_RNDN);
    mpfr_set_d(t[1], x, MPFR_RNDN);
    mpfr_mul_d(t[1], t[1], (x > 0 ? 1 : 0) - y, MPFR_RNDN);
    mpfr_add(t[0], t[0], t[1], MPFR_RNDN);
}

/* log Σ e^{x_k − x_t} */
static void plain_softmax_ce(const struct input_case *input, mpfr_t *t)
{
    mpfr_set_zero(t[0], +1);
    for (size_t k = 0; k < input->columns; k++) {
        mpfr_set_d(t[1], input->values[k], MPFR_RNDN);
        mpfr_sub_d(t[1], t[1], input->values[input->targets[0]], MPFR_RNDN);
        mpfr_exp(t[1], t[1], MPFR_RNDN);
        mpfr_add(t[0], t[0], t[1], MPFR_RNDN);
    }
    mpfr_log(t[0], t[0], MPFR_RNDN);
}

static double time_plain(enum problem_id problem, const struct case_store *cases, size_t count)
{
    mpfr_t t[2];
    mpfr_inits2(PLAIN_BITS, t[0], t[1], (mpfr_ptr)0);
    double start = now();
    for (size_t i = 0; i < count; i++) {
        if (problem == PROBLEM_bce_logit)
            plain_bce_logit(&cases[i].input, t);
        else
            plain_softmax_ce(&cases[i].input, t);
    }
    double seconds = now() - start;
    mpfr_clears(t[0], t[1], (mpfr_ptr)0);
    return seconds;
}

static double time_certified(const struct format *format, const struct case_store *cases,
                             size_t count, bool measured)
{
    struct enclosure enclosure;
    struct workspace workspace = {0};
    struct error error;
    enclosure_init(&enclosure);
    double start = now();
    for (size_t i = 0; i < count; i++) {
        const struct input_case *input = &cases[i].input;
        if (oracle_certify(input, quantity_loss(0), format, &enclosure, &error) != OK)
            fail(&error);
        for (size_t f = 0; measured && f < formulation_count; f++) {
            struct measurement measurement;
            double loss;
            if (!formulation_applies(f, format, MATH_canonical, input))
                continue;
            if (formulation_loss(f, format, MATH_canonical, input, &workspace, &loss, &error) != OK)
                fail(&error);
            while (!measure(&enclosure, format, loss, &measurement))
                if (oracle_refine(input, quantity_loss(0), &enclosure, &error) != OK)
                    fail(&error);
        }
    }
    double seconds = now() - start;
    enclosure_clear(&enclosure);
    workspace_clear(&workspace);
    return seconds;
}

static int compare(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double median(double *values)
{
    qsort(values, ROUNDS, sizeof *values, compare);
    return values[ROUNDS / 2];
}

static void bench(enum problem_id problem, const struct format *format, size_t n, size_t count)
{
    double certified[ROUNDS], measured[ROUNDS], plain[ROUNDS], ratio[ROUNDS];
    struct case_store *cases = calloc(count, sizeof *cases);
    if (cases == NULL)
        fail(&(struct error){MACHINE_FAILED, "out of memory"});
    for (size_t i = 0; i < count; i++)
        make_case(problem, format, n, i, &cases[i]);
    for (size_t round = 0; round < ROUNDS; round++) {
        certified[round] = time_certified(format, cases, count, false);
        plain[round] = time_plain(problem, cases, count);
        measured[round] = time_certified(format, cases, count, true);
        ratio[round] = plain[round] / certified[round];
    }
    printf("%-10s %5zu  %-9s %12.0f %12.0f %12.0f %10.2f\n", problems[problem].name, n,
           format->name, (double)count / median(certified), (double)count / median(measured),
           (double)count / median(plain), median(ratio));
    for (size_t i = 0; i < count; i++)
        case_store_clear(&cases[i]);
    free(cases);
}

int main(void)
{
    printf("cases per second, one thread; ratio = certified rate / plain MPFR rate at %d bits\n\n"
           "%-10s %5s  %-9s %12s %12s %12s %10s\n",
           PLAIN_BITS, "problem", "n", "format", "certified", "measured", "plain MPFR", "ratio");
    for (size_t f = 0; f <= FORMAT_binary64; f++) { /* the rest are the same numbers */
        bench(PROBLEM_bce_logit, &formats[f], 1, 20000);
        bench(PROBLEM_softmax_ce, &formats[f], 2, 20000);
        bench(PROBLEM_softmax_ce, &formats[f], 64, 1000);
        bench(PROBLEM_softmax_ce, &formats[f], 1024, 60);
    }
    return 0;
}
