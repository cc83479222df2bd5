/* Running a Check suite: what every main of tests/ does. */
#ifndef XULP_TESTS_SUITE_H
#define XULP_TESTS_SUITE_H

#include <check.h>
#include <stdlib.h>

#define ROWS(rows) ((int)(sizeof(rows) / sizeof *(rows)))

/* Runs and frees the suite; the exit code of main. */
static inline int suite_run(Suite *suite)
{
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

#endif
