/* The fast path beside MPFR: the loss and the gradient of one case, on one thread.
 *   fast     oracle_settle_…(): the fast path, and MPFR where it decides nothing
 *   MPFR     oracle_certify_…(): MPFR alone, as certified
 *   plain    MPFR to nearest at 113 bits, the formula evaluated once, no bound on its
 *            error: the loss of bce-logit, bce-prob and softmax-ce */
#include "clock.h"

#include "core/random.h"
#include "oracle/oracle.h"
#include "sweep/case_store.h"

#include <math.h>

enum { PLAIN_BITS = 113 };

/* Case i: logits uniform in ±20, probabilities in (0, 1), label i mod 2. */
static void make_case(enum problem_id problem, const struct format *format, size_t n, uint64_t i,
                      struct case_store *store)
{
    struct error error;
    struct random_stream stream = random_stream(1, i);
    bool probabilities = problem == PROBLEM_bce_prob || problem == PROBLEM_bce_prob_batch;
    if (case_store_shape(store, problem, 1, n, &error) != OK)
        fail(&error);
    for (size_t k = 0; k < n; k++) {
        double unit = random_unit(&stream);
        double value = probabilities ? 0.999 * unit + 0.0005 : 40 * unit - 20;
        store->values[k] = format_round_double(format, value);
        if (!problem_has_rows(problem))
            store->labels[k] = (double)((i + k) % 2);
    }
    if (store->input.targets != NULL)
        store->targets[0] = (size_t)random_below(&stream, n);
}

/* Σ max(x,0) − x·y + log1p(e^−|x|) */
static void plain_bce_logit(const struct input_case *input, mpfr_t *t)
{
    mpfr_set_zero(t[0], +1);
    for (size_t k = 0; k < input->columns; k++) {
        double x = input->values[k], y = input->labels[k];
        mpfr_set_d(t[1], -fabs(x), MPFR_RNDN);
        mpfr_exp(t[1], t[1], MPFR_RNDN);
        mpfr_log1p(t[1], t[1], MPFR_RNDN);
        mpfr_add(t[0], t[0], t[1], MPFR_RNDN);
        mpfr_set_d(t[1], x, MPFR_RNDN);
        mpfr_mul_d(t[1], t[1], (x > 0 ? 1 : 0) - y, MPFR_RNDN);
        mpfr_add(t[0], t[0], t[1], MPFR_RNDN);
    }
}

static void plain_bce_prob(const struct input_case *input, mpfr_t *t)
{
    mpfr_set_zero(t[0], +1);
    for (size_t k = 0; k < input->columns; k++) {
        mpfr_set_d(t[1], input->labels[k] == 1 ? input->values[k] : -input->values[k], MPFR_RNDN);
        if (input->labels[k] == 1)
            mpfr_log(t[1], t[1], MPFR_RNDN);
        else
            mpfr_log1p(t[1], t[1], MPFR_RNDN);
        mpfr_sub(t[0], t[0], t[1], MPFR_RNDN);
    }
}

/* log Σ e^{x_k − m} − (x_t − m), one of its terms left out for other problems of rows */
static void plain_softmax_ce(const struct input_case *input, mpfr_t *t)
{
    mpfr_set_zero(t[0], +1);
    for (size_t k = 0; k < input->columns; k++) {
        mpfr_set_d(t[1], input->values[k], MPFR_RNDN);
        mpfr_sub_d(t[1], t[1], input->values[input->targets == NULL ? 0 : input->targets[0]],
                   MPFR_RNDN);
        mpfr_exp(t[1], t[1], MPFR_RNDN);
        mpfr_add(t[0], t[0], t[1], MPFR_RNDN);
    }
    mpfr_log(t[0], t[0], MPFR_RNDN);
}

/* log(Σ s(x_k)/s(x_t)) */
static void plain_stable(mpfr_ptr s, double x)
{
    mpfr_set_d(s, fabs(x), MPFR_RNDN);
    mpfr_add_ui(s, s, 1, MPFR_RNDN);
    if (x < 0)
        mpfr_ui_div(s, 1, s, MPFR_RNDN);
}

static void plain_stablemax_ce(const struct input_case *input, mpfr_t *t)
{
    mpfr_set_zero(t[0], +1);
    for (size_t k = 0; k < input->columns; k++) {
        plain_stable(t[1], input->values[k]);
        mpfr_add(t[0], t[0], t[1], MPFR_RNDN);
    }
    plain_stable(t[1], input->values[input->targets[0]]);
    mpfr_div(t[0], t[0], t[1], MPFR_RNDN);
    mpfr_log(t[0], t[0], MPFR_RNDN);
}

static double time_plain(const struct case_store *cases, size_t count)
{
    static void (*const plain[PROBLEM_COUNT])(const struct input_case *, mpfr_t *) = {
        [PROBLEM_softmax_ce] = plain_softmax_ce,  [PROBLEM_stablemax_ce] = plain_stablemax_ce,
        [PROBLEM_log_sum_exp] = plain_softmax_ce, [PROBLEM_softmax] = plain_softmax_ce,
        [PROBLEM_bce_prob] = plain_bce_prob,      [PROBLEM_bce_prob_batch] = plain_bce_prob,
        [PROBLEM_bce_logit] = plain_bce_logit,
    };
    mpfr_t t[2];
    mpfr_inits2(PLAIN_BITS, t[0], t[1], (mpfr_ptr)0);
    double start = now();
    for (size_t i = 0; i < count; i++)
        plain[cases[i].input.problem](&cases[i].input, t);
    double seconds = now() - start;
    mpfr_clears(t[0], t[1], (mpfr_ptr)0);
    return seconds;
}

static double time_loss(const struct format *format, const struct case_store *cases, size_t count,
                        bool fast, struct enclosure *enclosure, size_t *quick)
{
    struct error error;
    int code = OK;
    *quick = 0;
    double start = now();
    for (size_t i = 0; i < count && code == OK; i++) {
        const struct input_case *input = &cases[i].input;
        code = fast ? oracle_settle_loss(input, 0, format, enclosure, &error)
                    : oracle_certify(input, quantity_loss(0), format, enclosure, &error);
        *quick += enclosure->kind == EXACT_QUICK;
    }
    double seconds = now() - start;
    if (code != OK)
        fail(&error);
    return seconds;
}

static double time_gradient(const struct format *format, const struct case_store *cases,
                            size_t count, bool fast, struct enclosure *enclosures)
{
    struct error error;
    int code = OK;
    double start = now();
    for (size_t i = 0; i < count && code == OK; i++)
        code = fast ? oracle_settle_gradient(&cases[i].input, format, enclosures, &error)
                    : oracle_certify_gradient(&cases[i].input, format, enclosures, &error);
    double seconds = now() - start;
    if (code != OK)
        fail(&error);
    return seconds;
}

static void print_row(enum problem_id problem, size_t n, const struct format *format,
                      const struct case_store *cases, size_t count, struct enclosure *enclosures)
{
    double fast[ROUNDS], certified[ROUNDS], plain[ROUNDS], quick[ROUNDS], slow[ROUNDS];
    /* stablemax's are fractions whose denominators grow with n: minutes */
    bool gradients = problem != PROBLEM_softmax && (problem != PROBLEM_stablemax_ce || n <= 64);
    size_t taken, none;
    for (size_t round = 0; round < ROUNDS; round++) {
        fast[round] = time_loss(format, cases, count, true, enclosures, &taken);
        certified[round] = time_loss(format, cases, count, false, enclosures, &none);
        plain[round] = time_plain(cases, count);
        if (gradients) {
            quick[round] = time_gradient(format, cases, count, true, enclosures);
            slow[round] = time_gradient(format, cases, count, false, enclosures);
        }
    }
    printf("%-14s %5zu  %-9s %9.3f %9.1f %9.1f", problems[problem].name, n, format->name,
           1e6 * median(fast) / (double)count, median_ratio(certified, fast),
           median_ratio(plain, fast));
    if (gradients)
        printf(" %10.1f", median_ratio(slow, quick));
    else
        printf(" %10s", "");
    printf(" %9.2f %%\n", 100 - 100 * (double)taken / (double)count);
}

static void bench(enum problem_id problem, size_t n, const struct format *format, size_t count)
{
    struct case_store *cases = calloc(count, sizeof *cases);
    struct enclosure *enclosures = calloc(n, sizeof *enclosures);
    if (cases == NULL || enclosures == NULL)
        fail(&(struct error){MACHINE_FAILED, "out of memory"});
    for (size_t i = 0; i < count; i++)
        make_case(problem, format, n, i, &cases[i]);
    for (size_t i = 0; i < n; i++)
        enclosure_init(&enclosures[i]);
    print_row(problem, n, format, cases, count, enclosures);
    for (size_t i = 0; i < n; i++)
        enclosure_clear(&enclosures[i]);
    for (size_t i = 0; i < count; i++)
        case_store_clear(&cases[i]);
    free(enclosures);
    free(cases);
}

void bench_exact(void)
{
    printf(
        "Exact values, one thread: µs a loss on the fast path; how many times as long MPFR takes "
        "(certified;\nplain at %d bits, no bound; certified gradients beside the fast path's); "
        "the share of losses that goes to MPFR\n\n%-14s %5s  %-9s %9s %9s %9s %10s %11s\n",
        PLAIN_BITS, "problem", "n", "format", "fast µs", "MPFR", "plain", "gradients", "to MPFR");
    static const enum format_id both[] = {FORMAT_binary32, FORMAT_binary64};
    static const size_t sizes[] = {2, 64, 1024};
    for (size_t f = 0; f < 2; f++)
        for (enum problem_id problem = 0; problem < PROBLEM_COUNT; problem++) {
            const struct format *format = &formats[both[f]];
            if (problem == PROBLEM_bce_prob) /* more are bce-prob-batch */
                bench(problem, 1, format, 4000);
            if (problem == PROBLEM_bce_logit)
                bench(problem, 1, format, 4000);
            for (size_t i = 0; i < 3 && problem != PROBLEM_bce_prob; i++)
                bench(problem, sizes[i], format, sizes[i] <= 64 ? 2000 / sizes[i] : 4);
        }
    printf("\n");
}
