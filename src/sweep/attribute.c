/* The operation to blame, by leaving roundings out: the formulation is run with
 * all roundings, with none, and with each alone (impl/impl.h).
 *
 * What a rounding alone does to the result is not what it does among the others:
 * its operand is then another number, and where in its ulp that is rounded is
 * another draw.  Both are within the same first-order bound, so parts say which
 * operation can make an error of this size, and the remainder how far they are
 * from adding up; docs/method.md, "The operation to blame".
 */
#include "sweep/attribute.h"

#include <math.h>

/* What one attribution works with. */
struct work {
    size_t index;
    const struct format *format;
    const struct input_case *input;
    struct enclosure *enclosure;
    struct workspace *workspace;
    int ulp_exponent;
    struct blame_request request;
    mpfr_t v, none, result, difference;
};

/* The least error that the enclosure's width leaves certain, in ulp. */
static const double certain = 0x1p-20;

/* Digits such that a result without roundings is known to 2^−64 ulp(v), and
 * results with all of them are the canonical ones: twice the widest format's
 * and 64 more, and all binades from the last place of v up to the greatest
 * number that the formulation handles; whole pairs of limbs, so that cases next
 * to each other share the arena of numbers. */
static mpfr_prec_t precision_for(const struct work *work)
{
    int widest = formats[work->format->computation].precision;
    int accumulation = formats[work->format->accumulation].precision;
    widest = accumulation > widest ? accumulation : widest;
    int greatest = ilogb((double)input_case_values(work->input)) + 1;
    for (size_t i = 0; i < input_case_values(work->input); i++) {
        double x = work->input->values[i];
        if (isfinite(x) && x != 0 && ilogb(x) > greatest)
            greatest = ilogb(x);
    }
    int binades = greatest - work->ulp_exponent;
    mpfr_prec_t bits = 2 * widest + 64 + (binades > 0 ? binades : 0);
    return (bits + 127) / 128 * 128;
}

/* (a − b)/ulp(v) */
static double in_ulp(struct work *work, mpfr_srcptr a, mpfr_srcptr b)
{
    mpfr_sub(work->difference, a, b, MPFR_RNDN);
    mpfr_div_2si(work->difference, work->difference, work->ulp_exponent, MPFR_RNDN);
    return mpfr_get_d(work->difference, MPFR_RNDN);
}

static int class_of(struct work *work, double got, enum result_class *class, struct error *error)
{
    struct measurement measurement;
    while (!measure(work->enclosure, work->format, got, &measurement)) {
        int code = oracle_refine(work->input, quantity_loss(0), work->enclosure, error);
        if (code != OK)
            return code;
    }
    *class = measurement.class;
    return OK;
}

static int run(struct work *work, mpfr_ptr result, struct error *error)
{
    return formulation_blamed(work->index, work->format, work->input, &work->request,
                              work->workspace, result, error);
}

/* Roundings that only the one list has are appended to the other: without
 * roundings a comparison may go another way. */
static void join(struct rounding_list *into, const struct rounding_list *from)
{
    for (size_t i = 0; i < from->count; i++) {
        size_t j = 0;
        while (j < into->count && into->site[j] != from->site[i])
            j++;
        if (j == into->count && j < MOST_ROUNDINGS)
            into->site[into->count++] = from->site[i];
    }
}

static int run_all_and_none(struct work *work, struct rounding_list *sites,
                            struct attribution *attribution, struct error *error)
{
    struct rounding_list others;
    work->request.all = true;
    work->request.seen = sites;
    int code = run(work, work->result, error);
    if (code != OK)
        return code;
    attribution->got = mpfr_get_d(work->result, MPFR_RNDN); /* exact: a number of the format */
    code = class_of(work, attribution->got, &attribution->class, error);
    attribution->total = in_ulp(work, work->result, work->v);
    work->request.all = false;
    work->request.seen = &others;
    if (code == OK)
        code = run(work, work->none, error);
    work->request.seen = NULL;
    if (code == OK)
        join(sites, &others);
    attribution->formula = in_ulp(work, work->none, work->v);
    if (fabs(attribution->formula) < certain)
        attribution->formula = 0;
    return code;
}

static int run_alone(struct work *work, const struct rounding *site, struct part *part,
                     struct error *error)
{
    part->site = site;
    work->request.only = site;
    int code = run(work, work->result, error);
    if (code != OK)
        return code;
    part->ulp = in_ulp(work, work->result, work->none);
    return class_of(work, format_round(work->format, work->result), &part->class, error);
}

static int attribute_parts(struct work *work, struct attribution *attribution, struct error *error)
{
    struct rounding_list sites;
    int code = run_all_and_none(work, &sites, attribution, error);
    if (code != OK)
        return code;
    attribution->count = sites.count;
    attribution->sum = attribution->formula;
    for (size_t i = 0; i < sites.count && code == OK; i++) {
        code = run_alone(work, sites.site[i], &attribution->parts[i], error);
        attribution->sum += attribution->parts[i].ulp;
    }
    attribution->remainder = attribution->total - attribution->sum;
    return code;
}

int attribute(size_t f, const struct format *format, const struct input_case *input,
              struct enclosure *enclosure, struct workspace *workspace,
              struct attribution *attribution, bool *there, struct error *error)
{
    *there = enclosure->kind == EXACT_TRANSCENDENTAL || enclosure->kind == EXACT_RATIONAL;
    if (!*there)
        return OK;
    struct work work = {.index = f,
                        .format = format,
                        .input = input,
                        .enclosure = enclosure,
                        .workspace = workspace,
                        .ulp_exponent = oracle_ulp_exponent(enclosure, format)};
    work.request.precision = precision_for(&work);
    mpfr_inits2(work.request.precision, work.v, work.none, work.result, work.difference,
                (mpfr_ptr)0);
    mpfr_add(work.v, enclosure->lo, enclosure->hi, MPFR_RNDN);
    mpfr_div_2ui(work.v, work.v, 1, MPFR_RNDN);
    int code = attribute_parts(&work, attribution, error);
    mpfr_clears(work.v, work.none, work.result, work.difference, (mpfr_ptr)0);
    return code;
}
