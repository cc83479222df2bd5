/* Every value of a format, numbered, in runs of one sign and one binade. */
#ifndef XULP_SWEEP_EXHAUSTIVE_DOMAIN_H
#define XULP_SWEEP_EXHAUSTIVE_DOMAIN_H

#include "core/error.h"
#include "core/format.h"
#include "core/problem.h"

/* Values are numbered by their encoding in the interchange format (IEEE
 * 754-2019, 3.4), read as an unsigned integer: the sign is its highest bit, and
 * what follows counts upward from +0.  All NaNs are one case, that of the default
 * quiet NaN: values travel as numbers, and what tells one NaN from another, payload and sign,
 * reaches no formulation and no oracle. */
double value_of_encoding(const struct format *format, uint32_t encoding);

enum span_kind { SPAN_zero, SPAN_subnormal, SPAN_normal, SPAN_infinity, SPAN_nan };

/* The values of one sign and one binade: consecutive encodings. */
struct span {
    enum span_kind kind;
    bool negative;
    int exponent; /* of a binade of normal numbers: 2^exponent ≤ |x| < 2^(exponent + 1) */
    uint32_t first, count;
    uint64_t first_chunk, chunks;
};

/* Spans whose encodings follow each other. */
struct span_run {
    uint32_t first, count;
    size_t offset; /* in the domain's values */
};

/* A part of a domain, by binades; both signs. */
struct binades {
    bool all; /* everything: zeros, subnormals, infinities and NaN too */
    int least, greatest;
};

/* The inputs of a problem: values of one element, or of each of two logits. */
struct domain {
    enum problem_id problem;
    const struct format *format;
    struct binades binades;
    size_t columns; /* 2: pairs; case number = first encoding · 2^16 + second */
    struct span *spans;
    size_t span_count;
    uint64_t chunks;         /* no chunk is of two spans */
    uint64_t values, cases;  /* a case is columns values */
    double *list;            /* pairs: every value in order of encoding, … */
    struct span_run runs[3]; /* … and where encodings follow each other */
    size_t run_count;
};

/* bce-logit: every value.  bce-prob: every value in [0, 1], −0 among them.
 * softmax-ce: every pair of values of a format of 16 bits. */
int domain_make(enum problem_id problem, const struct format *format, struct binades binades,
                struct domain *domain, struct error *error);
void domain_clear(struct domain *domain);

/* Where a chunk is: encodings first … first + count − 1 of the first value. */
struct domain_chunk {
    size_t span;
    uint32_t first, count;
};
struct domain_chunk domain_chunk(const struct domain *domain, uint64_t chunk);

static inline uint64_t domain_chunk_cases(const struct domain *domain, uint64_t chunk)
{
    uint64_t count = domain_chunk(domain, chunk).count;
    return domain->columns == 2 ? count * domain->values : count;
}

/* Fills values[0 … count) with those of consecutive encodings of one span. */
void span_values(const struct domain *domain, const struct span *span, uint32_t first, size_t count,
                 double *values);

#endif
