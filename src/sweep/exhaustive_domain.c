/* Domains.  In a binade values are equally spaced, so that value i of a span is
 * least + i·step, exactly. */
#include "sweep/exhaustive_domain.h"

#include <math.h>
#include <stdlib.h>

enum {
    /* Cases of a chunk: some 20 ms of a fast formulation, some seconds of MPFR. */
    ELEMENTS = 1 << 20,
    PAIRS = 16, /* first values, each with every second one: 2^20 pairs */
};

static uint32_t per_binade(const struct format *format)
{
    return UINT32_C(1) << (format->precision - 1);
}

static uint32_t infinity_encoding(const struct format *format)
{
    return (uint32_t)(format->emax - format->emin + 2) * per_binade(format);
}

static uint32_t sign_bit(const struct format *format)
{
    return (uint32_t)(format->emax - format->emin + 3) * per_binade(format);
}

double value_of_encoding(const struct format *format, uint32_t encoding)
{
    uint32_t sign = encoding & sign_bit(format);
    uint32_t magnitude = encoding - sign;
    if (magnitude > infinity_encoding(format))
        return NAN;
    double value = format_from_ordinal(format, (int64_t)magnitude);
    return sign != 0 ? -value : value;
}

/* --- spans ------------------------------------------------------------------------ */

static void add_span(struct domain *domain, struct span span)
{
    uint32_t size = domain->columns == 2 ? PAIRS : ELEMENTS;
    span.first_chunk = domain->chunks;
    span.chunks = (span.count + size - 1) / size;
    domain->chunks += span.chunks;
    domain->values += span.count;
    domain->spans[domain->span_count++] = span;
}

/* The binades of normal numbers least … greatest. */
static void add_binades(struct domain *domain, bool negative, int least, int greatest)
{
    const struct format *format = domain->format;
    uint32_t sign = negative ? sign_bit(format) : 0;
    for (int e = least; e <= greatest; e++)
        add_span(domain, (struct span){
                             .kind = SPAN_normal,
                             .negative = negative,
                             .exponent = e,
                             .first = sign + (uint32_t)(e - format->emin + 1) * per_binade(format),
                             .count = per_binade(format),
                         });
}

static void add_zero(struct domain *domain, bool negative)
{
    uint32_t sign = negative ? sign_bit(domain->format) : 0;
    add_span(domain,
             (struct span){.kind = SPAN_zero, .negative = negative, .first = sign, .count = 1});
}

static void add_subnormals(struct domain *domain, bool negative)
{
    uint32_t sign = negative ? sign_bit(domain->format) : 0;
    add_span(domain, (struct span){.kind = SPAN_subnormal,
                                   .negative = negative,
                                   .first = sign + 1,
                                   .count = per_binade(domain->format) - 1});
}

/* All values of one sign, in order of encoding. */
static void add_sign(struct domain *domain, bool negative)
{
    const struct format *format = domain->format;
    uint32_t sign = negative ? sign_bit(format) : 0;
    add_zero(domain, negative);
    add_subnormals(domain, negative);
    add_binades(domain, negative, format->emin, format->emax);
    add_span(domain, (struct span){.kind = SPAN_infinity,
                                   .negative = negative,
                                   .first = sign + infinity_encoding(format),
                                   .count = 1});
}

static void add_logits(struct domain *domain)
{
    const struct format *format = domain->format;
    if (!domain->binades.all) {
        add_binades(domain, false, domain->binades.least, domain->binades.greatest);
        add_binades(domain, true, domain->binades.least, domain->binades.greatest);
        return;
    }
    add_sign(domain, false);
    add_span(domain, (struct span){.kind = SPAN_nan,
                                   .first = infinity_encoding(format) + per_binade(format) / 2,
                                   .count = 1});
    add_sign(domain, true);
}

/* [0, 1]: of the binade of 1 that number alone. */
static void add_probabilities(struct domain *domain)
{
    const struct format *format = domain->format;
    struct binades binades = domain->binades;
    if (binades.all) {
        add_zero(domain, false);
        add_subnormals(domain, false);
        binades = (struct binades){.least = format->emin, .greatest = 0};
    }
    add_binades(domain, false, binades.least, binades.greatest < 0 ? binades.greatest : -1);
    if (binades.least <= 0 && binades.greatest >= 0)
        add_span(domain, (struct span){.kind = SPAN_normal,
                                       .exponent = 0,
                                       .first = (uint32_t)(-format->emin + 1) * per_binade(format),
                                       .count = 1});
    if (domain->binades.all)
        add_zero(domain, true);
}

/* --- pairs -------------------------------------------------------------------------- */

static int list_values(struct domain *domain, struct error *error)
{
    domain->list = calloc(domain->values, sizeof *domain->list);
    if (domain->list == NULL)
        return error_no_memory(error);
    size_t at = 0;
    for (size_t s = 0; s < domain->span_count; s++) {
        const struct span *span = &domain->spans[s];
        struct span_run *run = &domain->runs[domain->run_count - (domain->run_count > 0)];
        if (domain->run_count == 0 || run->first + run->count != span->first) {
            run = &domain->runs[domain->run_count++];
            *run = (struct span_run){.first = span->first, .offset = at};
        }
        run->count += span->count;
        span_values(domain, span, span->first, span->count, domain->list + at);
        at += span->count;
    }
    return OK;
}

int domain_make(enum problem_id problem, const struct format *format, struct binades binades,
                struct domain *domain, struct error *error)
{
    *domain = (struct domain){
        .problem = problem,
        .format = format,
        .binades = binades,
        .columns = problem == PROBLEM_softmax_ce ? 2 : 1,
    };
    size_t most = 2 * (size_t)(format->emax - format->emin + 4) + 1;
    domain->spans = calloc(most, sizeof *domain->spans);
    if (domain->spans == NULL)
        return error_no_memory(error);
    if (problem == PROBLEM_bce_prob)
        add_probabilities(domain);
    else
        add_logits(domain);
    domain->cases = domain->columns == 2 ? domain->values * domain->values : domain->values;
    return domain->columns == 2 ? list_values(domain, error) : OK;
}

void domain_clear(struct domain *domain)
{
    free(domain->spans);
    free(domain->list);
    *domain = (struct domain){0};
}

struct domain_chunk domain_chunk(const struct domain *domain, uint64_t chunk)
{
    size_t s = 0;
    while (chunk >= domain->spans[s].first_chunk + domain->spans[s].chunks)
        s++;
    const struct span *span = &domain->spans[s];
    uint32_t size = domain->columns == 2 ? PAIRS : ELEMENTS;
    uint32_t offset = (uint32_t)(chunk - span->first_chunk) * size;
    uint32_t rest = span->count - offset;
    return (struct domain_chunk){s, span->first + offset, rest < size ? rest : size};
}

void span_values(const struct domain *domain, const struct span *span, uint32_t first, size_t count,
                 double *values)
{
    const struct format *format = domain->format;
    if (span->count == 1) {
        values[0] = value_of_encoding(format, span->first);
        return;
    }
    int exponent = span->kind == SPAN_normal ? span->exponent : format->emin;
    double step = ldexp(span->negative ? -1 : 1, exponent - format->precision + 1);
    double least = value_of_encoding(format, first);
    for (size_t i = 0; i < count; i++)
        values[i] = least + (double)i * step;
}
