/* The operation of a site as a formula: the source has "rsub(x[t], m) - rlog(s)",
 * people read "(x[t] - m) - log(s)".  A recursive descent over the text of a C
 * expression, which knows the names of impl/real.h and leaves the rest alone. */
#include "impl/impl.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

/* What a call becomes: before first between second after. */
static const struct call {
    const char *name, *before, *between, *after;
} calls[] = {
    {"radd", "(", " + ", ")"},   {"rsub", "(", " - ", ")"},     {"rmul", "(", " * ", ")"},
    {"rdiv", "(", " / ", ")"},   {"racc", "(", " + ", ")"},     {"rexp", "exp(", "", ")"},
    {"rexp2", "exp2(", "", ")"}, {"rexpm1", "expm1(", "", ")"}, {"rlog", "log(", "", ")"},
    {"rneg", "-", "", ""},       {"rlog1p", "log1p(", "", ")"}, {"rabs", "|", "", "|"},
    {"rmax", "max(", ", ", ")"}, {"rmin", "min(", ", ", ")"},   {"rclamp", "clamp(", ", ", ")"},
    {"rstore", "", "", ""},      {"rround", "", "", ""},        {"rdetach", "", "", ""},
    {"real_of", "", "", ""},     {"real_value", "", "", ""},    {"real_constant", "", "", ""},
    {"sum_total", "", "", ""},   {"NAME", "", "", ""},
};

struct writer {
    char *to;
    size_t left; /* characters, without the last NUL */
};

static void write_text(struct writer *writer, const char *text, size_t length)
{
    if (length > writer->left)
        length = writer->left;
    memcpy(writer->to, text, length);
    writer->to += length;
    writer->left -= length;
    *writer->to = '\0';
}

static const struct call *find_call(const char *name, size_t length)
{
    for (size_t i = 0; i < sizeof calls / sizeof *calls; i++)
        if (strlen(calls[i].name) == length && strncmp(calls[i].name, name, length) == 0)
            return &calls[i];
    return NULL;
}

static const char *write_expression(struct writer *writer, const char *text, const char *between,
                                    bool enclosed);

/* Whether what it holds is held together by it already. */
static bool is_function(const struct call *call)
{
    size_t length = strlen(call->before);
    return length > 1 || *call->before == '|';
}

/* Whether the call that starts here, behind its parenthesis, is all there is up
 * to the next one that closes. */
static bool ends_with_call(const char *text)
{
    int depth = 1;
    for (; *text != '\0' && depth > 0; text++)
        depth += (*text == '(') - (*text == ')');
    return *text == '\0' || *text == ')';
}

/* From behind the opening parenthesis; returns what stands behind the closing one. */
static const char *write_call(struct writer *writer, const struct call *call, const char *text,
                              bool is_whole)
{
    if (is_whole && *call->before == '(') { /* exp(a - b), not exp((a - b)) */
        text = write_expression(writer, text, call->between, false);
        return *text == ')' ? text + 1 : text;
    }
    write_text(writer, call->before, strlen(call->before));
    text = write_expression(writer, text, call->between, is_function(call));
    write_text(writer, call->after, strlen(call->after));
    return *text == ')' ? text + 1 : text;
}

/* Up to the parenthesis that closes what was open, or the end; a comma on the
 * way becomes `between`.  enclosed: parentheses stand around it already. */
static const char *write_expression(struct writer *writer, const char *text, const char *between,
                                    bool enclosed)
{
    static const char of_names[] =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_0123456789";
    for (const char *first = text; *text != '\0' && *text != ')';) {
        size_t length = strspn(text, of_names);
        if (length > 0) {
            const struct call *call = text[length] == '(' ? find_call(text, length) : NULL;
            if (call == NULL)
                write_text(writer, text, length);
            bool is_whole =
                call != NULL && enclosed && text == first && ends_with_call(text + length + 1);
            text = call == NULL ? text + length
                                : write_call(writer, call, text + length + 1, is_whole);
        } else if (*text == '(') {
            write_text(writer, "(", 1);
            text = write_expression(writer, text + 1, ", ", true);
            write_text(writer, ")", 1);
            text += *text == ')';
        } else if (*text == ',') {
            write_text(writer, between, strlen(between));
            text += 1 + strspn(text + 1, " ");
        } else {
            if (*text != '&') /* a sum's address */
                write_text(writer, text, 1);
            text++;
        }
    }
    return text;
}

void rounding_formula(const struct rounding *rounding, char *text, size_t size)
{
    struct writer writer = {text, size - 1};
    *text = '\0';
    write_expression(&writer, rounding->operation, ", ", true);
}
