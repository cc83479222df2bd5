/* Running a Check suite: what every main of tests/ does. */
#ifndef XULP_TESTS_SUITE_H
#define XULP_TESTS_SUITE_H

#include <check.h>
#include <stdlib.h>

/* A check that holds would tell the parent process where it stands, by a write to a
 * pipe: too dear where it is asked a million times.  What is lost is the last place before a
 * crash. */
#define _mark_point(file, line) ((void)0)

#define ROWS(rows) ((int)(sizeof(rows) / sizeof *(rows)))

/* A test case of its own that runs test once a row, between start and done. */
static inline void suite_add_rows(Suite *suite, const char *name, SFun start, SFun done,
                                  const TTest *test, int rows)
{
    TCase *cases = tcase_create(name);
    tcase_add_checked_fixture(cases, start, done);
    tcase_add_loop_test(cases, test, 0, rows);
    suite_add_tcase(suite, cases);
}

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
