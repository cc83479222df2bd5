/* All components of a gradient: the escalation of oracle.c, a row at a time, so
 * that the sums of a row are computed once for each working precision. */
#include "oracle/oracle.h"

#include "oracle/problems.h"

/* Encloses the components that are open, at the first precision all but the
 * quick ones; false where none of them is open any more. */
static bool enclose_row(const struct gradient_row *row, const struct format *format, bool first,
                        struct enclosure *components)
{
    bool open = false;
    for (size_t j = 0; j < row->input->columns; j++) {
        bool settled = components[j].kind == EXACT_QUICK ||
                       (!first && enclosure_decides(&components[j], format));
        if (settled)
            continue;
        gradient_row_component(row, j, &components[j]);
        open |= !enclosure_decides(&components[j], format);
    }
    return open;
}

static int certify_row(const struct input_case *input, size_t index, mpq_srcptr divisor,
                       const struct format *format, struct enclosure *components,
                       struct error *error)
{
    mpfr_prec_t first = oracle_first_precision(input, format), precision = first;
    bool open = true;
    while (open) {
        if (precision > ORACLE_PRECISION_CAP)
            return oracle_cap_reached(input, error);
        struct gradient_row row;
        gradient_row_begin(&row, input, index, divisor, precision);
        open = enclose_row(&row, format, precision == first, components);
        gradient_row_end(&row);
        precision *= 2;
    }
    return OK;
}

int oracle_certify_row(const struct input_case *input, size_t row, const struct format *format,
                       struct enclosure *components, struct error *error)
{
    mpq_t divisor;
    mpq_init(divisor);
    options_divisor(input, divisor);
    int code = certify_row(input, row, divisor, format, components, error);
    mpq_clear(divisor);
    return code;
}

int oracle_certify_gradient(const struct input_case *input, const struct format *format,
                            struct enclosure *enclosures, struct error *error)
{
    int code = OK;
    for (size_t i = 0; i < input_case_values(input); i++)
        enclosures[i].kind = EXACT_UNDEFINED;
    for (size_t i = 0; i < input->rows && code == OK; i++)
        code = oracle_certify_row(input, i, format, enclosures + i * input->columns, error);
    return code;
}
