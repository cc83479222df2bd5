/* Cases of a hunt, their numbers, and how they are compared. */
#include "sweep/hunt_space.h"

#include "impl/impl.h"

#include <math.h>
#include <string.h>

/* Formulas of a label that is 0 or 1: what they give for others is no error of
 * theirs. */
static const char *const hard_label_names[] = {"signed-softplus-bce", "stan-bce"};

/* Whether a formulation takes a weight of the positive label, and then has to
 * have one. */
static bool takes_weight(size_t formulation, const struct format *format)
{
    const double one = 1;
    const struct input_case weighted = {.problem = PROBLEM_bce_logit,
                                        .rows = 1,
                                        .columns = 1,
                                        .values = &one,
                                        .labels = &one,
                                        .weights = &one};
    return formulation_applies(formulation, format, MATH_canonical, &weighted);
}

struct hunt_space hunt_space_of(size_t formulation, const struct format *format, size_t columns)
{
    enum problem_id problem = formulations[formulation].problem;
    bool element = problem == PROBLEM_bce_prob || problem == PROBLEM_bce_logit;
    struct hunt_space space = {
        .problem = problem,
        .format = format,
        .columns = element ? 1 : columns,
        .least_columns = problem_has_rows(problem) ? 2 : 1,
        .weighted = takes_weight(formulation, format),
        .one = format_ordinal(format, 1),
        .largest = format_ordinal(format, format_largest(format)),
    };
    const char *name = formulations[formulation_base(formulation)].name;
    for (size_t i = 0; i < sizeof hard_label_names / sizeof *hard_label_names; i++)
        space.hard_labels |= strcmp(name, hard_label_names[i]) == 0;
    return space;
}

static void add(struct hunt_numbers *numbers, int64_t *number, int64_t least, int64_t greatest)
{
    numbers->number[numbers->count] = number;
    numbers->least[numbers->count] = least;
    numbers->greatest[numbers->count] = greatest;
    numbers->count++;
}

static bool has_labels(const struct hunt_space *space)
{
    return case_parts[space->problem].labels;
}

static bool has_probabilities(const struct hunt_space *space)
{
    return space->problem == PROBLEM_bce_prob || space->problem == PROBLEM_bce_prob_batch;
}

void hunt_numbers_of(const struct hunt_space *space, struct hunt_case *point,
                     struct hunt_numbers *numbers)
{
    bool probabilities = has_probabilities(space);
    numbers->count = 0;
    for (size_t k = 0; k < point->columns; k++)
        add(numbers, &point->values[k], probabilities ? 0 : -space->largest,
            probabilities ? space->one : space->largest);
    for (size_t k = 0; has_labels(space) && k < point->columns; k++)
        add(numbers, &point->labels[k], 0, space->one);
    if (space->weighted)
        add(numbers, &point->weight, 1, space->largest);
}

void hunt_copy(struct hunt_case *to, const struct hunt_case *from)
{
    to->columns = from->columns;
    to->target = from->target;
    to->weight = from->weight;
    memcpy(to->values, from->values, from->columns * sizeof *from->values);
    memcpy(to->labels, from->labels, from->columns * sizeof *from->labels);
}

bool hunt_space_has(const struct hunt_space *space, const struct hunt_case *point)
{
    if (point->columns < space->least_columns || point->columns > space->columns ||
        point->target >= point->columns)
        return false;
    struct hunt_case copy;
    struct hunt_numbers numbers;
    hunt_copy(&copy, point);
    hunt_numbers_of(space, &copy, &numbers);
    for (size_t i = 0; i < numbers.count; i++)
        if (*numbers.number[i] < numbers.least[i] || *numbers.number[i] > numbers.greatest[i])
            return false;
    for (size_t k = 0; space->hard_labels && k < point->columns; k++)
        if (point->labels[k] != 0 && point->labels[k] != space->one)
            return false;
    return true;
}

int hunt_case_store(const struct hunt_space *space, const struct hunt_case *point,
                    struct case_store *store, struct error *error)
{
    int code = case_store_shape(store, space->problem, 1, point->columns, error);
    if (code != OK)
        return code;
    for (size_t k = 0; k < point->columns; k++)
        store->values[k] = format_from_ordinal(space->format, point->values[k]);
    for (size_t k = 0; has_labels(space) && k < point->columns; k++)
        store->labels[k] = format_from_ordinal(space->format, point->labels[k]);
    if (case_parts[space->problem].targets)
        store->targets[0] = point->target;
    if (space->weighted) {
        store->weights[0] = format_from_ordinal(space->format, point->weight);
        store->input.weights = store->weights;
    }
    return OK;
}

/* Whether an input has the parts of a case of the space, and no option more. */
static bool has_shape(const struct hunt_space *space, const struct input_case *input)
{
    return input->problem == space->problem && input->rows == 1 &&
           input->columns <= HUNT_MOST_COLUMNS && input->reduction == REDUCTION_SUM &&
           input->label_smoothing == 0 && (input->weights != NULL) == space->weighted &&
           (input->labels != NULL) == has_labels(space);
}

bool hunt_case_of(const struct hunt_space *space, const struct input_case *input,
                  struct hunt_case *point)
{
    if (!has_shape(space, input))
        return false;
    *point = (struct hunt_case){.columns = input->columns};
    for (size_t k = 0; k < input->columns; k++) {
        if (isnan(input->values[k]) || (has_labels(space) && isnan(input->labels[k])))
            return false;
        point->values[k] = format_ordinal(space->format, input->values[k]);
        if (has_labels(space))
            point->labels[k] = format_ordinal(space->format, input->labels[k]);
    }
    if (input->targets != NULL)
        point->target = input->targets[0];
    if (space->weighted)
        point->weight =
            isnan(input->weights[0]) ? 0 : format_ordinal(space->format, input->weights[0]);
    struct hunt_space any = *space;
    any.columns = HUNT_MOST_COLUMNS;
    return hunt_space_has(&any, point);
}

/* --- how much there is to read ------------------------------------------------------ */

static size_t bit_length(unsigned n)
{
    size_t bits = 0;
    for (; n > 0; n >>= 1)
        bits++;
    return bits;
}

size_t hunt_length(double x)
{
    int exponent;
    if (x == 0)
        return 0;
    int64_t significand = (int64_t)ldexp(frexp(fabs(x), &exponent), 53);
    size_t significant = 53 - (size_t)__builtin_ctzll((unsigned long long)significand);
    int leading = exponent - 1;
    return significant + bit_length((unsigned)(leading < 0 ? -leading : leading));
}

struct hunt_burden hunt_burden(const struct hunt_space *space, const struct hunt_case *point)
{
    struct hunt_burden burden = {.columns = point->columns};
    for (size_t k = 0; k < point->columns; k++) {
        burden.nonzero += point->values[k] != 0;
        burden.length += hunt_length(format_from_ordinal(space->format, point->values[k]));
        if (has_labels(space))
            burden.length += hunt_length(format_from_ordinal(space->format, point->labels[k]));
    }
    if (space->weighted)
        burden.length += hunt_length(format_from_ordinal(space->format, point->weight));
    return burden;
}

static int compare_sizes(size_t a, size_t b)
{
    return (a > b) - (a < b);
}

int hunt_burden_compare(const struct hunt_burden *a, const struct hunt_burden *b)
{
    int order = compare_sizes(a->nonzero, b->nonzero);
    if (order == 0)
        order = compare_sizes(a->columns, b->columns);
    return order != 0 ? order : compare_sizes(a->length, b->length);
}

static int compare_numbers(const int64_t *a, const int64_t *b, size_t count)
{
    for (size_t k = 0; k < count; k++)
        if (a[k] != b[k])
            return a[k] < b[k] ? -1 : 1;
    return 0;
}

int hunt_case_compare(const struct hunt_space *space, const struct hunt_case *a,
                      const struct hunt_case *b)
{
    int order = compare_sizes(a->columns, b->columns);
    if (order == 0)
        order = compare_sizes(a->target, b->target);
    if (order == 0)
        order = compare_numbers(a->values, b->values, a->columns);
    if (order == 0 && has_labels(space))
        order = compare_numbers(a->labels, b->labels, a->columns);
    if (order == 0 && space->weighted)
        order = compare_numbers(&a->weight, &b->weight, 1);
    return order;
}
