/* An experiment: what experiments/NAME.yaml says, checked.
 * docs/experiments.md documents the file format. */
#ifndef XULP_SWEEP_EXPERIMENT_H
#define XULP_SWEEP_EXPERIMENT_H

#include "core/error.h"
#include "core/format.h"
#include "core/problem.h"
#include "sweep/case_store.h"

#include <stdbool.h>
#include <stdint.h>

/* How the values v of an axis are spaced. */
enum spacing {
    SPACING_binades, /* `points` a binade of [from, to): its least value, its greatest, random ones
                      */
    SPACING_ulps,    /* every value within `radius` ordinals of each of `around` */
    SPACING_linear,  /* `points` values, evenly from `from` to `to`, both included */
    SPACING_values,  /* each of `values`, `points` times */
    SPACING_every,   /* every value of the format from `from` to `to` */
};

/* Numbers are text until a format is known: a decimal or hex float, or a name
 * of src/sweep/thresholds.def (least, largest, exp-overflow, …). */
struct axis {
    enum spacing spacing;
    char *from, *to; /* default: least, largest */
    char **around;
    uint32_t around_count;
    char **values;
    uint32_t values_count;
    uint32_t points; /* default 1 */
    uint32_t radius;
    uint32_t bins; /* at most so many bins of equal width; default 64 */
    bool negative; /* every v is replaced by −v */
};

/* How a case is made from v.  RN rounds to the format.  "rows": problems of rows. */
enum family {
    FAMILY_scaled,      /* rows: x_k = RN(v·base_k) */
    FAMILY_shifted,     /* rows: x_k = RN(base_k + v) */
    FAMILY_gap,         /* rows: x_t = v, the others 0, or uniform in [−spread, 0] */
    FAMILY_classes,     /* rows: v classes, all equal to base_1, or uniform in ±spread */
    FAMILY_masked,      /* rows: v random non-target logits are −∞, the rest in ±spread */
    FAMILY_rows,        /* rows: v rows of `classes` logits, uniform in ±spread */
    FAMILY_probability, /* bce-prob: p = v, or RN(1 − v) with complement */
    FAMILY_logit,       /* bce-logit: x = v */
    FAMILY_logits,      /* bce-logit: v logits, uniform in ±spread */
    FAMILY_batch,       /* bce-prob-batch: v rows, p uniform in (0, 1) */
    FAMILY_literal,     /* any: the cases as written */
};

/* Which class is the target. */
enum target_rule { TARGET_first, TARGET_last, TARGET_random };

/* A case as written: lists as number_list_parse() reads them. */
struct literal {
    char *name;     /* for people; NULL: none */
    char *observed; /* what the program of the sweep's provenance gave; NULL: as the sweep says */
    char *values;
    char *labels;     /* NULL: none */
    char *targets;    /* NULL: none */
    uint32_t columns; /* 0: problems of rows: one row; others: one column */
    enum reduction reduction;
    struct case_options options;
};

/* A real program that these literal cases broke, or whose numbers they are. */
struct provenance {
    char *source;   /* who reported it, where: "pytorch#11752"; NULL: the cases have none */
    char *observed; /* what that program gave, for all cases that do not say otherwise */
    char *note;     /* what differs here, or why; NULL: nothing */
    char **models;  /* formulations that compute as the program does */
    uint32_t models_count;
    enum quantity_kind quantity; /* what was observed: the loss, which is the default */
    uint32_t component;          /* of the gradient, from 0 */
};

struct sweep {
    char *name;
    enum family family;
    enum problem_id problem; /* default: the experiment's */
    char **formats;          /* of the experiment's; default: all of them */
    uint32_t formats_count;
    struct provenance provenance;
    struct axis axis;
    uint32_t classes;        /* n of softmax-ce; default 2 */
    char *base;              /* the base vector, a list; NULL: uniform in ±spread */
    double spread;           /* default 1; 0 is allowed */
    enum target_rule target; /* default first */
    char *label;             /* a number, "random" in (0, 1) or "hard" (0 or 1, even odds) */
    bool complement;
    uint32_t blame;     /* bins whose roundings are blamed; 0: as the table likes */
    uint32_t columns;   /* batch: C; default 1 */
    uint32_t saturated; /* batch: so many random elements are set to p = y = 1 */
    /* Options of the loss. */
    enum reduction reduction;    /* of a batch; default sum */
    bool soft;                   /* softmax-ce: random soft targets that add up to about 1 */
    uint32_t ignored;            /* softmax-ce: so many random rows do not count */
    struct case_options options; /* weights, label_smoothing, pos_weight */
    struct literal *cases;       /* literal */
    uint32_t cases_count;
};

/* What is measured of a formulation. */
enum measured {
    MEASURED_loss,
    MEASURED_chain,  /* the gradient by the chain rule through the written form */
    MEASURED_closed, /* the gradient by the closed form */
    MEASURED_COUNT
};

extern const char *const measured_names[MEASURED_COUNT]; /* loss, grad-chain, grad-closed */

/* Two formulations whose results are compared bit for bit. */
struct pair {
    char *first, *second;
};

struct experiment {
    char *name; /* the file's name without directory and .yaml */
    char *text; /* the file's */
    char *title;
    enum problem_id problem;       /* of the sweeps that do not name one */
    uint64_t seed;                 /* default 1 */
    const struct format **formats; /* default: the usual ones */
    uint32_t formats_count;
    enum measured *quantities; /* default: the loss */
    uint32_t quantities_count;
    size_t *formulations; /* indices into formulations[]; default: all of the sweeps' problems */
    uint32_t formulations_count;
    struct sweep *sweeps;
    uint32_t sweeps_count;
    struct pair *pairs; /* key `identical` */
    uint32_t pairs_count;
};

/* Whether a sweep is run in a format: in all of the experiment's, where it
 * names none. */
bool sweep_has_format(const struct sweep *sweep, const struct format *format);

/* Loads and checks a file.  An error names file, line and column. */
int experiment_load(const char *path, struct experiment **experiment, struct error *error);

/* The same of a file's text, which is copied. */
int experiment_parse(const char *path, const char *text, struct experiment **experiment,
                     struct error *error);

void experiment_free(struct experiment *experiment);

#endif
