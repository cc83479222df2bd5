/* A case, a formulation's results for it, and invariants checked of them: what the suites
 * of invariants share. */
#ifndef XULP_TESTS_INVARIANT_BENCH_H
#define XULP_TESTS_INVARIANT_BENCH_H

#include "../suite.h"

#include "core/random.h"
#include "oracle/oracle.h"
#include "sweep/invariants.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#define BINARY16 &formats[FORMAT_binary16]
#define BFLOAT16 &formats[FORMAT_bfloat16]
#define BINARY32 &formats[FORMAT_binary32]
#define BINARY64 &formats[FORMAT_binary64]

/* What a test works with: a case, and the results of one formulation. */
struct bench {
    struct case_store store;
    struct invariant_case invariants;
    struct workspace workspace;
    struct exact_values exact;
    struct computed computed;
    double results[1100];
};

static inline void bench_clear(struct bench *bench)
{
    case_store_clear(&bench->store);
    invariant_case_clear(&bench->invariants);
    workspace_clear(&bench->workspace);
    exact_clear(&bench->exact);
    oracle_thread_done();
}

static inline void make_case(struct bench *bench, enum problem_id problem,
                             const struct format *format, struct case_text text)
{
    struct error error;
    text.options_name = "--";
    text.values_name = text.labels_name = text.targets_name = "list";
    ck_assert_msg(case_store_parse(&bench->store, problem, format, &text, &error) == OK, "%s",
                  error.text);
}

/* Computes the loss of the case by a formulation; way < GRADIENT_WAYS: the gradient. */
static inline void compute(struct bench *bench, const char *name, const struct format *format,
                           enum gradient_way way, uint64_t number)
{
    struct error error;
    const struct input_case *input = &bench->store.input;
    size_t index = formulation_find(name);
    bool loss = way == GRADIENT_WAYS;
    ck_assert_uint_lt(index, formulation_total);
    int code = loss ? formulation_loss(index, format, MATH_canonical, input, &bench->workspace,
                                       bench->results, &error)
                    : formulation_gradient(index, format, way, input, &bench->workspace,
                                           bench->results, &error);
    ck_assert_int_eq(code, OK);
    enum quantity_kind kind = loss ? QUANTITY_LOSS : QUANTITY_GRADIENT;
    ck_assert_int_eq(exact_certify(&bench->exact, kind, input, format, &error), OK);
    bench->computed = (struct computed){index,          MATH_canonical, kind,
                                        bench->results, &bench->exact,  &bench->workspace};
    invariant_case_begin(&bench->invariants, input, format, number);
}

static inline struct verdict check(struct bench *bench, enum invariant_id id)
{
    struct verdict verdict;
    struct error error;
    ck_assert(invariant_applies(id, bench->store.input.problem, bench->computed.quantity));
    ck_assert_int_eq(invariant_check(&bench->invariants, id, &bench->computed, &verdict, &error),
                     OK);
    return verdict;
}

/* Three to five logits in ±2^(0…9), often with few bits, some of them 0 or infinite. */
static inline void random_row(struct bench *bench, enum problem_id problem,
                              const struct format *format, uint64_t i)
{
    struct error error;
    struct random_stream stream = random_stream(7, i);
    size_t n = 3 + random_below(&stream, 3);
    double scale = ldexp(1, (int)random_below(&stream, 10));
    ck_assert_int_eq(case_store_shape(&bench->store, problem, 1, n, &error), OK);
    for (size_t k = 0; k < n; k++) {
        double x = scale * (2 * random_unit(&stream) - 1);
        switch (random_below(&stream, 16)) {
        case 0:
            x = 0;
            break;
        case 1:
            x = k == 0 ? x : -INFINITY;
            break;
        case 2:
        case 3:
            x = rint(4 * x) / 4;
            break;
        }
        bench->store.values[k] = format_round_double(format, x);
    }
    bench->store.targets[0] = random_below(&stream, n);
}

#endif
