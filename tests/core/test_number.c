/* Numbers as text, random numbers, and files. */
#include "../suite.h"

#include "core/file.h"
#include "core/number.h"
#include "core/random.h"

#include <math.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const struct format *const binary32 = &formats[FORMAT_binary32];
static const struct format *const binary64 = &formats[FORMAT_binary64];

static const struct {
    enum format_id format;
    const char *text;
    double value;
} numbers[] = {
    {FORMAT_binary64, "0.1", 0.1},
    {FORMAT_binary64, "-0x1.8p+3", -12},
    {FORMAT_binary64, "inf", INFINITY},
    {FORMAT_binary64, "-inf", -INFINITY},
    {FORMAT_binary64, "1e309", INFINITY},
    {FORMAT_binary64, "5e-324", 0x1p-1074},
    {FORMAT_binary64, "2.4703282292062327e-324", 0}, /* just below half the least */
    {FORMAT_binary64, "2.4703282292062328e-324", 0x1p-1074},
    {FORMAT_binary32, "0x1p-149", 0x1p-149},
    {FORMAT_binary32, "1e39", INFINITY},
    /* 1 + 2^−24 + 2^−60: rounding to binary64 first would lose the 2^−60 and
     * tie to even, down. */
    {FORMAT_binary32, "0x1.000001000000001p+0", 0x1.000002p0},
    {FORMAT_binary32, "1.000000059604644775390625", 1}, /* the tie 1 + 2^−24 itself */
    {FORMAT_binary32, "1.0000000596046447753906250000000000000000000000000001", 0x1.000002p0},
};

START_TEST(a_number_is_rounded_once)
{
    double value = NAN;
    ck_assert(number_parse(&formats[numbers[_i].format], numbers[_i].text, &value));
    ck_assert_msg(value == numbers[_i].value, "%s gives %a, not %a", numbers[_i].text, value,
                  numbers[_i].value);
}
END_TEST

START_TEST(what_is_no_number_is_refused)
{
    static const char *const texts[] = {"",     " 1",    "1 ",     "x",   "1,2", "0b1",
                                        "-0b1", "@inf@", "nan(1)", "1e",  "--1", "1_0",
                                        "0x",   "1.2.3", "inf1",   "1e5f"};
    double value;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        ck_assert_msg(!number_parse(binary64, texts[i], &value), "'%s' was taken", texts[i]);
    ck_assert(number_parse(binary64, "nan", &value) && isnan(value));
}
END_TEST

START_TEST(printing_and_parsing_are_inverse)
{
    struct random_stream stream = random_stream(7, 0);
    for (int i = 0; i < 20000; i++) {
        char hex[NUMBER_TEXT], decimal[NUMBER_TEXT];
        const struct format *format = i % 2 ? binary32 : binary64;
        double x = format_from_ordinal(
            format, (int64_t)random_below(&stream, (uint64_t)format_ordinal(format, INFINITY)));
        double value;
        number_hex(x, hex);
        number_decimal(format, x, decimal);
        ck_assert(number_parse(format, hex, &value) && value == x);
        ck_assert(number_parse(format, decimal, &value) && value == x);
    }
    char text[NUMBER_TEXT];
    number_hex(-NAN, text);
    ck_assert_str_eq(text, "nan");
    number_decimal(binary32, -NAN, text);
    ck_assert_str_eq(text, "nan");
}
END_TEST

START_TEST(lists_are_read)
{
    struct number_list list = {0};
    struct error error;
    ck_assert_int_eq(number_list_parse(binary64, "list", " 1, 2\n0x1p-3*3\t-inf ", &list, &error),
                     OK);
    ck_assert_uint_eq(list.count, 6);
    ck_assert_double_eq(list.values[1], 2);
    ck_assert_double_eq(list.values[4], 0.125);
    ck_assert_double_eq(list.values[5], -INFINITY);
    number_list_clear(&list);
}
END_TEST

static const struct {
    const char *text, *sentence;
} bad_lists[] = {
    {"", "list: the list is empty"},
    {"  \n", "list: the list is empty"},
    {"1,", "list: the list ends with a comma"},
    {"1,,2", "list: item 2, '', is not a number"},
    {",1", "list: item 1, '', is not a number"},
    {"1,x", "list: item 2, 'x', is not a number"},
    {"1*0", "list: '1*0' is not a repetition"},
    {"1*-2", "list: '1*-2' is not a repetition"},
    {"1*2*3", "list: '1*2*3' is not a repetition"},
    {"1*99999999999", "list: more than 16777216 numbers"},
    {"1*99999999999999999999999", "is not a repetition"},
};

START_TEST(a_bad_list_is_one_sentence)
{
    struct number_list list = {0};
    struct error error;
    ck_assert_int_eq(number_list_parse(binary64, "list", bad_lists[_i].text, &list, &error),
                     BAD_INPUT);
    ck_assert_msg(strstr(error.text, bad_lists[_i].sentence) != NULL, "'%s' says: %s",
                  bad_lists[_i].text, error.text);
    number_list_clear(&list);
}
END_TEST

/* Known answers of Random123's kat_vectors for philox4x32, 10 rounds. */
static const struct {
    uint32_t counter[4], key[2], out[4];
} known_answers[] = {
    {{0, 0, 0, 0}, {0, 0}, {0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}},
    {{0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff},
     {0xffffffff, 0xffffffff},
     {0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}},
    {{0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344},
     {0xa4093822, 0x299f31d0},
     {0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}},
};

START_TEST(philox_gives_its_known_answers)
{
    uint32_t out[4];
    philox4x32_10(known_answers[_i].counter, known_answers[_i].key, out);
    for (size_t k = 0; k < 4; k++)
        ck_assert_uint_eq(out[k], known_answers[_i].out[k]);
}
END_TEST

START_TEST(a_stream_needs_no_stream_before_it)
{
    struct random_stream a = random_stream(3, 1000), b = random_stream(3, 1000);
    for (int i = 0; i < 5; i++)
        random_bits(&a);
    b.drawn = 5;
    ck_assert_uint_eq(random_bits(&a), random_bits(&b));
    struct random_stream other = random_stream(3, 1001);
    other.drawn = 6;
    ck_assert_uint_ne(random_bits(&b), random_bits(&other));
    for (int i = 0; i < 1000; i++) {
        double u = random_unit(&a);
        ck_assert(u >= 0 && u < 1);
        ck_assert_uint_lt(random_below(&a, 7), 7);
    }
}
END_TEST

START_TEST(a_file_appears_whole_or_not_at_all)
{
    char directory[] = "/tmp/xulp-test-XXXXXX", path[64], partial[80];
    struct output output;
    struct error error;
    ck_assert_ptr_nonnull(mkdtemp(directory));
    snprintf(path, sizeof path, "%s/a", directory);
    snprintf(partial, sizeof partial, "%s.partial", path);
    ck_assert_int_eq(output_open(&output, directory, "a", &error), OK);
    fputs("text\n", output.stream);
    ck_assert_int_ne(access(path, F_OK), 0);
    output_abandon(&output);
    ck_assert_int_ne(access(path, F_OK), 0);
    ck_assert_int_ne(access(partial, F_OK), 0);
    ck_assert_int_eq(output_open(&output, directory, "a", &error), OK);
    fputs("text\n", output.stream);
    ck_assert_int_eq(output_commit(&output, &error), OK);
    ck_assert_int_ne(access(partial, F_OK), 0);
    char *text;
    ck_assert_int_eq(read_file(path, &text, &error), OK);
    ck_assert_str_eq(text, "text\n");
    free(text);
    unlink(path);
    rmdir(directory);
    ck_assert_int_eq(output_open(&output, directory, "a", &error), BAD_INPUT);
    ck_assert_ptr_nonnull(strstr(error.text, "cannot be written"));
}
END_TEST

START_TEST(a_full_disk_is_the_machines_failure)
{
    char directory[] = "/tmp/xulp-test-XXXXXX", link[64];
    struct output output;
    struct error error;
    ck_assert_ptr_nonnull(mkdtemp(directory));
    snprintf(link, sizeof link, "%s/a.partial", directory);
    ck_assert_int_eq(symlink("/dev/full", link), 0);
    ck_assert_int_eq(output_open(&output, directory, "a", &error), OK);
    fputs("text\n", output.stream);
    ck_assert_int_eq(output_commit(&output, &error), MACHINE_FAILED);
    ck_assert_ptr_nonnull(strstr(error.text, "No space left on device"));
    ck_assert_int_eq(rmdir(directory), 0); /* nothing is left in it */
}
END_TEST

int main(void)
{
    TCase *cases = tcase_create("number");
    tcase_add_loop_test(cases, a_number_is_rounded_once, 0, ROWS(numbers));
    tcase_add_test(cases, what_is_no_number_is_refused);
    tcase_add_test(cases, printing_and_parsing_are_inverse);
    tcase_add_test(cases, lists_are_read);
    tcase_add_loop_test(cases, a_bad_list_is_one_sentence, 0, ROWS(bad_lists));
    TCase *random = tcase_create("random");
    tcase_add_loop_test(random, philox_gives_its_known_answers, 0, ROWS(known_answers));
    tcase_add_test(random, a_stream_needs_no_stream_before_it);
    TCase *files = tcase_create("file");
    tcase_add_test(files, a_file_appears_whole_or_not_at_all);
    tcase_add_test(files, a_full_disk_is_the_machines_failure);
    Suite *suite = suite_create("number");
    suite_add_tcase(suite, cases);
    suite_add_tcase(suite, random);
    suite_add_tcase(suite, files);
    return suite_run(suite);
}
