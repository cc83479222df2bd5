/* A small run, written as xulp run would: experiment `tiny`, sweeps `line` (two
 * bins) and `cases` (one case a bin), two formulations in both formats. */
#ifndef XULP_TESTS_REPORT_FIXTURE_H
#define XULP_TESTS_REPORT_FIXTURE_H

#include "../suite.h"

#include "report/results.h"

#include <dirent.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* The eleven classes in the order of classes.def: NaN, missed NaN, Inf, missed
 * Inf, false 0, wrong sign, correct, faithful, close, degraded, lost. */
#define CELLS_HEADER                                                                         \
    "experiment\tsweep\tformat\tformulation\tquantity\tbin\taxis_from\taxis_to\tcases"       \
    "\tspurious-nan\tmissed-nan\tspurious-inf\tmissed-inf\tfalse-zero\twrong-sign\tcorrect"  \
    "\tfaithful\tclose\tdegraded\tlost\tmedian_ulp\tp99_ulp\tmax_ulp\tmax_ulp_rel"           \
    "\tmax_ulp_abs\tmax_ulp_kappa\tmax_ulp_case\tmax_ulp_input\tfailure_case\tfailure_input" \
    "\tassert_close_passes\toperations\tbytes\tbeyond_bound\tbeyond_printed_bound\n"

#define CELL(key, bin, from, to, cases, classes, worst, failure, cost)                         \
    "tiny\t" key "\tloss\t" bin "\t" from "\t" to "\t" cases "\t" classes "\t0.5\t0.5\t" worst \
    "\t" failure "\t0\t" cost "\t0\t0\n"

static const char tiny_cells[] = CELLS_HEADER
    /* key, bin, axis, cases, classes, worst error, first failure, cost */
    CELL("line\tbinary32\tone", "0", "1", "2", "10", "0\t0\t0\t0\t0\t0\t9\t1\t0\t0\t0",
         "0.75\t1\t1\t1\t3\tP --x 0x1p+0", "\t", "100\t8")
        CELL("line\tbinary32\tone", "1", "3", "4", "10", "2\t0\t0\t0\t3\t0\t5\t0\t0\t0\t0",
             "16777216\t1\t1\t1\t14\tP --x 0x1p+2", "12\tP --x 0x1.8p+1",
             "200\t16") CELL("line\tbinary32\ttwo", "0", "1", "2", "10",
                             "0\t0\t0\t0\t0\t0\t10\t0\t0\t0\t0", "0.5\t1\t1\t1\t0\tP --x 0x1.8p+0",
                             "\t", "300\t0") CELL("line\tbinary32\ttwo", "1", "3", "4", "10",
                                                  "10\t0\t0\t0\t0\t0\t0\t0\t0\t0\t0", "\t\t\t\t\t",
                                                  "10\tP --x 0x1.9p+1", "1200\t0")
            CELL("line\tbinary64\tone", "0", "1", "2", "10", "0\t0\t0\t0\t0\t0\t10\t0\t0\t0\t0",
                 "0.25\t1\t1\t1\t30\tP --x 0x1p+1", "\t", "100\t16")
                CELL("line\tbinary64\ttwo", "0", "1", "2", "10", "0\t0\t0\t0\t0\t0\t10\t0\t0\t0\t0",
                     "0.25\t1\t1\t1\t30\tP --x 0x1p+1", "\t", "300\t0")
                    CELL("cases\tbinary32\tone", "0", "0", "0", "1",
                         "0\t0\t0\t0\t0\t0\t1\t0\t0\t0\t0",
                         "0\t0\t0\t1\t50\tP --x 1 --format binary32", "\t", "1\t0")
                        CELL("cases\tbinary32\tone", "1", "1", "1", "1",
                             "0\t1\t0\t0\t0\t0\t0\t0\t0\t0\t0", "\t\t\t\t\t",
                             "51\tP --x nan --format binary32", "1\t0")
                            CELL("cases\tbinary32\ttwo", "0", "0", "0", "1",
                                 "0\t0\t0\t0\t0\t0\t0\t0\t0\t0\t1",
                                 "99\t0\t0\t1\t50\tP --x 1 --format binary32", "\t", "1\t0")
                                CELL("cases\tbinary32\ttwo", "1", "1", "1", "1",
                                     "0\t0\t0\t0\t0\t0\t1\t0\t0\t0\t0",
                                     "0\t0\t0\t1\t51\tP --x nan --format binary32", "\t", "1\t0");

static const char tiny_classes[] =
    "experiment\tsweep\tformat\tformulation\tquantity\tclass\tcases\taxis_least\taxis_greatest"
    "\taxis_least_decimal\taxis_greatest_decimal\ttotal\n"
    "tiny\tline\tbinary32\tone\tloss\tspurious-nan\t2\t0x1.8p+1\t0x1p+2\t3\t4\t20\n"
    "tiny\tline\tbinary32\tone\tloss\tfalse-zero\t3\t0x1.a8p+1\t0x1.cp+1\t3.3125\t3.5\t20\n"
    "tiny\tline\tbinary32\ttwo\tloss\tspurious-nan\t10\t0x1.9p+1\t0x1p+2\t3.125\t4\t20\n"
    "tiny\tcases\tbinary32\ttwo\tloss\tlost\t1\t-0x1p-20\t0x0p+0\t-9.5e-7\t0\t2\n";

static const char tiny_identical[] =
    "experiment\tsweep\tformat\tfirst\tsecond\tcases\tidentical\tdifference_case"
    "\tdifference_input\n"
    "tiny\tline\tbinary32\tone\ttwo\t20\t15\t11\tP --x 0x1.9p+1\n"
    "tiny\tline\tbinary64\tone\ttwo\t10\t10\t\t\n";

#define TINY_INVARIANTS_HEADER                                                     \
    "experiment\tsweep\tformat\tformulation\tquantity\tinvariant\tchecked\tbroken" \
    "\tworst_by\tworst_case\tworst_input\tworst_value\tworst_partner"              \
    "\tworst_partner_value\n"

static const char tiny_invariants[] = TINY_INVARIANTS_HEADER
    "tiny\tline\tbinary32\tone\tloss\tnon-negative\t18\t0\t\t\t\t\t\t\n"
    "tiny\tline\tbinary32\tone\tloss\tshift\t20\t7\t3\t11\tP --x 1\t1.5\tP --x 2\t1.75\n"
    "tiny\tline\tbinary64\tone\tloss\tshift\t10\t1\tinf\t22\tP --x 3\tnan\tP --x 4\t2\n"
    "tiny\tline\tbinary32\ttwo\tloss\tshift\t1000\t0\t\t\t\t\t\t\n"
    "tiny\tcases\tbinary32\tone\tloss\tshift\t2\t2\t3\t51\tP --x 5\t-0.5\t\tinf\n"
    "tiny\tcases\tbinary32\tone\tgrad-chain\tsum-zero\t2\t1\t4\t50\tP --x 6\t0.5\t\t0.125\n";

static const char tiny_manifest[] =
    "{\"program\": \"xulp\", \"version\": \"9.9\", \"math\": \"canonical\", \"cases\": 32,"
    " \"results\": 64, \"experiments\": [{\"name\": \"tiny\", \"title\": \"Tiny\","
    " \"cases\": 32, \"results\": 64, \"widest_precision\": 192,"
    " \"settled\": {\"quick\": 28, \"mpfr\": 3, \"kind\": 1}}]}\n";

/* Writes directory/NAME. */
static inline void fixture_write(const char *directory, const char *name, const char *text)
{
    char path[200];
    snprintf(path, sizeof path, "%s/%s", directory, name);
    FILE *file = fopen(path, "w");
    ck_assert_ptr_nonnull(file);
    ck_assert_int_ge(fputs(text, file), 0);
    ck_assert_int_eq(fclose(file), 0);
}

/* Makes directory, a template of mkdtemp(), with the tables of tiny in it. */
static inline void fixture_make(char *directory)
{
    ck_assert_ptr_nonnull(mkdtemp(directory));
    fixture_write(directory, "manifest.json", tiny_manifest);
    fixture_write(directory, "tiny.tsv", tiny_cells);
    fixture_write(directory, "tiny.classes.tsv", tiny_classes);
    fixture_write(directory, "tiny.identical.tsv", tiny_identical);
    fixture_write(directory, "tiny.invariants.tsv", tiny_invariants);
}

static inline void fixture_remove(const char *directory)
{
    DIR *open = opendir(directory);
    ck_assert_ptr_nonnull(open);
    for (struct dirent *entry; (entry = readdir(open)) != NULL;) {
        char path[500];
        snprintf(path, sizeof path, "%s/%s", directory, entry->d_name);
        unlink(path);
    }
    closedir(open);
    ck_assert_int_eq(rmdir(directory), 0);
}

/* The results of tiny. */
static inline void fixture_load(struct results *results)
{
    char directory[] = "/tmp/xulp-report-XXXXXX";
    struct error error;
    fixture_make(directory);
    ck_assert_msg(results_load(directory, results, &error) == OK, "%s", error.text);
    fixture_remove(directory);
}

#endif
