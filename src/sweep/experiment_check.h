/* What an experiment file's schema cannot say: which keys go together, and
 * which numbers make sense.  Inside src/sweep only. */
#ifndef XULP_SWEEP_EXPERIMENT_CHECK_H
#define XULP_SWEEP_EXPERIMENT_CHECK_H

#include "sweep/experiment.h"
#include "sweep/yaml_file.h"

/* No case holds more numbers than this. */
enum { LARGEST_CASE = 1 << 20 };

/* A sweep as loaded, and where it stands in the file. */
struct sweep_place {
    const struct yaml_file *file;
    const yaml_node_t *node;
    const struct experiment *experiment; /* its problem and formats are known */
    struct sweep *sweep;
};

/* Fills in the defaults of a sweep and its axis, and checks them. */
int sweep_check(const struct sweep_place *at, struct error *error);
int axis_check(const struct sweep_place *at, struct error *error);

/* Checks where literal cases come from: experiment_provenance.c. */
int provenance_check(const struct sweep_place *at, struct error *error);

/* The keys of a mapping of some kind ("family 'gap'"): the first `required` of
 * them must be there, the others may. */
struct key_rule {
    size_t required;
    const char *keys[20]; /* up to the first NULL */
};

int keys_check(const struct yaml_file *file, const yaml_node_t *mapping, const char *kind,
               const char *name, const struct key_rule *rule, struct error *error);

/* A name that tables, files and pages can carry: of a-z, 0-9 and -. */
bool name_is_plain(const char *name, size_t length);

#endif
