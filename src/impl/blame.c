/* The arithmetic of blamed roundings.
 *
 * Every operation is done by MPFR at a working precision far above the
 * format's, and then rounded to the format where its site is on.  With all
 * sites on, the result is the canonical build's (the working precision is at
 * least 2p + 2, and elementary functions are rounded twice only where 2^−64 of
 * all arguments lie); with all sites off, the formula's value to that
 * precision; with one on, what that one rounding does to the result.
 *
 * Sums are one site, that of the additions in src/impl/sum.h, whoever calls for
 * them: of a row's classes and of a batch's rows alike.
 *
 * Numbers live in an arena that is kept from one evaluation to the next. */
#include "impl/blame.h"

#include "impl/context.h"
#include "impl/registry.h"

#include <stdlib.h>
#include <string.h>

enum { BLOCK = 256, MOST_BLOCKS = 1 << 14 };

typedef int elementary(mpfr_ptr, mpfr_srcptr, mpfr_rnd_t);

struct blame {
    const struct rounding *only; /* the site that is on; NULL: see all */
    bool all;                    /* every site is on */
    struct rounding_list *seen;  /* NULL: not asked for */
    mpfr_prec_t precision;       /* of the arena's numbers */
    mpfr_ptr result;             /* where the loss goes */
    bool failed;                 /* for want of memory */
    elementary *last;            /* the function computed last, of argument, to value; NULL: none */
    mpfr_t argument, value;
    size_t used, blocks;
    mpfr_t *block[MOST_BLOCKS];
};

static _Thread_local struct blame *blame;

static const struct rounding sum_site = {"sum", "the additions of a sum", "src/impl/sum.h", 0, 0};

void blame_free(struct blame *freed)
{
    if (freed == NULL)
        return;
    for (size_t i = 0; i < freed->blocks; i++) {
        for (size_t j = 0; j < BLOCK; j++)
            mpfr_clear(freed->block[i][j]);
        free(freed->block[i]);
    }
    mpfr_clears(freed->argument, freed->value, (mpfr_ptr)0);
    free(freed);
}

static bool add_block(void)
{
    if (blame->blocks == MOST_BLOCKS)
        return false;
    mpfr_t *block = malloc(BLOCK * sizeof *block);
    if (block == NULL)
        return false;
    for (size_t j = 0; j < BLOCK; j++)
        mpfr_init2(block[j], blame->precision);
    blame->block[blame->blocks++] = block;
    return true;
}

/* A new number; where memory fails, one that is there already. */
static struct blamed_number make(void)
{
    size_t i = blame->used / BLOCK, j = blame->used % BLOCK;
    if (i == blame->blocks && !add_block()) {
        blame->failed = true;
        return (struct blamed_number){blame->block[0][0]};
    }
    blame->used++;
    return (struct blamed_number){blame->block[i][j]};
}

/* Sites are listed as they are first passed; those of one line in reading order,
 * for the order in which a call's arguments are evaluated is the compiler's. */
static void see(struct rounding_list *seen, const struct rounding *site)
{
    for (size_t i = 0; i < seen->count; i++)
        if (seen->site[i] == site)
            return;
    if (seen->count == MOST_ROUNDINGS)
        return;
    size_t at = seen->count++;
    for (; at > 0 && seen->site[at - 1]->line == site->line &&
           strcmp(seen->site[at - 1]->file, site->file) == 0 &&
           seen->site[at - 1]->number > site->number;
         at--)
        seen->site[at] = seen->site[at - 1];
    seen->site[at] = site;
}

static bool is_on(const struct rounding *site)
{
    if (blame->seen != NULL)
        see(blame->seen, site);
    return blame->all || blame->only == site;
}

static struct blamed_number round_at(const struct rounding *site, const struct format *format,
                                     struct blamed_number a)
{
    if (is_on(site)) {
        double rounded = format_round(format, a.value);
        if (fabs(rounded) < impl_context.flush_below)
            rounded = copysign(0, rounded);
        mpfr_set_d(a.value, rounded, MPFR_RNDN);
    }
    return a;
}

struct blamed_number blamed_of(double value)
{
    struct blamed_number a = make();
    mpfr_set_d(a.value, value, MPFR_RNDN);
    return a;
}

struct blamed_number blamed_constant(const struct rounding *site, double value)
{
    return round_at(site, impl_context.computation, blamed_of(value));
}

double blamed_value(struct blamed_number a)
{
    return mpfr_get_d(a.value, MPFR_RNDN);
}

/* Elementary functions cost more than all else, and classes with equal logits
 * are common: the last value is kept. */
struct blamed_number blamed_unary(const struct rounding *site, elementary *function,
                                  struct blamed_number a)
{
    struct blamed_number result = make();
    if (blame->last != function || !mpfr_equal_p(blame->argument, a.value) ||
        mpfr_signbit(blame->argument) != mpfr_signbit(a.value)) {
        function(blame->value, a.value, MPFR_RNDN);
        mpfr_set(blame->argument, a.value, MPFR_RNDN);
        blame->last = function;
    }
    mpfr_set(result.value, blame->value, MPFR_RNDN);
    return round_at(site, impl_context.computation, result);
}

struct blamed_number blamed_binary(const struct rounding *site,
                                   int (*function)(mpfr_ptr, mpfr_srcptr, mpfr_srcptr, mpfr_rnd_t),
                                   struct blamed_number a, struct blamed_number b)
{
    struct blamed_number result = make();
    function(result.value, a.value, b.value, MPFR_RNDN);
    return round_at(site, impl_context.computation, result);
}

static struct blamed_number copy(struct blamed_number a)
{
    struct blamed_number result = make();
    mpfr_set(result.value, a.value, MPFR_RNDN);
    return result;
}

/* Whether a number of one format may change on its way into the other: the
 * precisions of the table differ wherever the formats do, and flushing changes
 * a subnormal that no operation has made, such as an input. */
static bool may_change(const struct format *from, const struct format *into)
{
    return from->precision != into->precision || impl_context.flush_below > 0;
}

struct blamed_number blamed_store(const struct rounding *site, struct blamed_number a)
{
    if (!may_change(impl_context.computation, impl_context.storage))
        return a;
    return round_at(site, impl_context.storage, copy(a));
}

struct blamed_number blamed_accumulate(struct blamed_number a, struct blamed_number b)
{
    struct blamed_number result = make();
    mpfr_add(result.value, a.value, b.value, MPFR_RNDN);
    return round_at(&sum_site, impl_context.accumulation, result);
}

struct blamed_number blamed_round(struct blamed_number a)
{
    if (!may_change(impl_context.accumulation, impl_context.computation))
        return a;
    return round_at(&sum_site, impl_context.computation, copy(a));
}

struct blamed_number blamed_negated(struct blamed_number a)
{
    struct blamed_number result = make();
    mpfr_neg(result.value, a.value, MPFR_RNDN);
    return result;
}

bool blamed_less(struct blamed_number a, struct blamed_number b)
{
    return mpfr_less_p(a.value, b.value);
}

struct blamed_number blamed_absolute(struct blamed_number a)
{
    return mpfr_signbit(a.value) && !mpfr_zero_p(a.value) ? blamed_negated(a) : a;
}

struct blamed_number blamed_maximum(struct blamed_number a, struct blamed_number b)
{
    return blamed_less(a, b) ? b : a;
}

struct blamed_number blamed_minimum(struct blamed_number a, struct blamed_number b)
{
    return blamed_less(b, a) ? b : a;
}

struct blamed_number blamed_clamped(struct blamed_number a, struct blamed_number low,
                                    struct blamed_number high)
{
    return blamed_less(a, low) ? low : blamed_less(high, a) ? high : a;
}

int blame_begin(struct workspace *workspace, struct error *error)
{
    (void)error;
    blame = workspace->blame; /* made by formulation_blamed() */
    blame->used = 0;
    blame->failed = false;
    return OK;
}

int blame_end(struct blamed_number loss, struct error *error)
{
    if (blame->failed)
        return error_no_memory(error);
    mpfr_set(blame->result, loss.value, MPFR_RNDN);
    return OK;
}

/* The arena, of that precision: another is thrown away. */
static int prepare(struct workspace *workspace, mpfr_prec_t precision, struct error *error)
{
    if (workspace->blame != NULL && workspace->blame->precision != precision) {
        blame_free(workspace->blame);
        workspace->blame = NULL;
    }
    if (workspace->blame == NULL) {
        workspace->blame = calloc(1, sizeof *workspace->blame);
        if (workspace->blame == NULL)
            return error_no_memory(error);
        workspace->blame->precision = precision;
        mpfr_inits2(precision, workspace->blame->argument, workspace->blame->value, (mpfr_ptr)0);
    }
    blame = workspace->blame;
    return blame->blocks > 0 || add_block() ? OK : error_no_memory(error);
}

int formulation_blamed(size_t index, const struct format *format, const struct input_case *input,
                       const struct blame_request *request, struct workspace *workspace,
                       mpfr_ptr loss, struct error *error)
{
    double rounded[1];
    int code = prepare(workspace, request->precision, error);
    if (code != OK)
        return code;
    blame->only = request->only;
    blame->all = request->all;
    blame->seen = request->seen;
    blame->result = loss;
    if (request->seen != NULL)
        request->seen->count = 0;
    mpfr_set_prec(loss, request->precision);
    struct evaluation evaluation = {.input = input, .workspace = workspace, .losses = rounded};
    return registry_evaluate(evaluate_blamed, index, format, &evaluation, error);
}
