/* Arithmetic in which every rounding has a site in the source and is on or off.
 * Inside src/impl only. */
#ifndef XULP_IMPL_BLAME_H
#define XULP_IMPL_BLAME_H

#include "impl/impl.h"

#include <mpfr.h>
#include <stdbool.h>

struct blamed_number {
    mpfr_ptr value; /* in the arena of the workspace, until the next blame_begin() */
};

/* The static record of the place where the macro stands. */
#define SITE(site_kind, site_text)                                                             \
    ({                                                                                         \
        static struct rounding site = {site_kind, site_text, __FILE__, __LINE__, __COUNTER__}; \
        &site;                                                                                 \
    })

int blame_begin(struct workspace *workspace, struct error *error);
int blame_end(struct blamed_number loss, struct error *error);

struct blamed_number blamed_of(double value);
struct blamed_number blamed_constant(const struct rounding *site, double value);
double blamed_value(struct blamed_number a);

struct blamed_number blamed_unary(const struct rounding *site,
                                  int (*function)(mpfr_ptr, mpfr_srcptr, mpfr_rnd_t),
                                  struct blamed_number a);
struct blamed_number blamed_binary(const struct rounding *site,
                                   int (*function)(mpfr_ptr, mpfr_srcptr, mpfr_srcptr, mpfr_rnd_t),
                                   struct blamed_number a, struct blamed_number b);
struct blamed_number blamed_store(const struct rounding *site, struct blamed_number a);

/* The additions of sums are one site. */
struct blamed_number blamed_accumulate(struct blamed_number a, struct blamed_number b);
struct blamed_number blamed_round(struct blamed_number a);

/* Exact operations. */
struct blamed_number blamed_negated(struct blamed_number a);
struct blamed_number blamed_absolute(struct blamed_number a);
struct blamed_number blamed_maximum(struct blamed_number a, struct blamed_number b);
struct blamed_number blamed_minimum(struct blamed_number a, struct blamed_number b);
struct blamed_number blamed_clamped(struct blamed_number a, struct blamed_number low,
                                    struct blamed_number high);
bool blamed_less(struct blamed_number a, struct blamed_number b);

void blame_free(struct blame *blame);

#endif
