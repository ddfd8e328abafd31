/* Every fault that an uploaded file can have is told in plain words. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/arena.h"
#include "estimate/counts.h"
#include "mapping/mapping.h"
#include "publishing/upload_fault.h"

#include <string.h>

static int open_arena(void **state)
{
    *state = arena_open();
    return 0;
}

static int close_arena(void **state)
{
    arena_close(*state);
    return 0;
}

/* The sentence of the fault in the two files; the test fails when there is none. */
static const char *fault_of(void **state, const char *histories, const char *names)
{
    struct counts_linkages linkages;
    struct mapping *m = arena_new(*state, 1, struct mapping);
    struct err e = {0};
    enum status s = counts_read_linkages(&linkages, "histories.csv", str_of(histories), *state, &e);

    if (s == OK)
        s = mapping_name(m, &linkages.linkage[0], "names.csv", str_of(names), *state, &e);
    assert_int_equal(s, BAD_INPUT);
    return arena_cstr(*state, e.what, strlen(e.what));
}

static void every_fault_of_the_counts_has_its_words(void **state)
{
    static const char *const files[] = {"",
                                        "A,B\n1,0\n",
                                        "A,count,B\n1,3,0\n",
                                        "A,,count\n1,0,3\n",
                                        "A,A,count\n1,0,3\n",
                                        "A,B,count\n",
                                        "A,B,count\n1,0,3\n1,2,3\n",
                                        "A,B,count\n0,0,3\n",
                                        "A,B,count\n1,0,-3\n",
                                        "A,B,count\n1,0,3.5\n",
                                        "A,B,count\n1,0,x\n",
                                        "A,B,count\n1,0\n",
                                        "A,B,count\n1,0,3,4\n",
                                        "A,B,count\n1,0,2000000000\n",
                                        "A,B,gender,count\n1,0,,3\n",
                                        "gender,count\nwoman,3\n",
                                        "imputation,A,B,count\n1,1,0,3\n3,1,0,3\n",
                                        "imputation,A,B,count\nx,1,0,3\n",
                                        "A,B,count\n\"1,0,3\n",
                                        "A,B,count\n\"1\"x,0,3\n",
                                        "A,B,count\n1,0,\xff\n",
                                        "A b,list1,count\n1,0,3\n"};

    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        const char *sentence = fault_of(state, files[i], "");

        if (!upload_fault_is_known(sentence))
            fail_msg("no words for: %s", sentence);
        assert_int_equal(upload_fault_file(sentence), 0);
    }
}

static void every_fault_of_the_names_has_its_words(void **state)
{
    static const char histories[] = "A,B,gender,count\n1,0,woman,3\n0,1,man,4\n";
    static const char *const files[] = {"a,b,c\n",
                                        "code,sv,en\nX,x,x\n",
                                        "code,sv,en\nA,,x\n",
                                        "code,sv,en\ngender=woman,kvinna,woman\n",
                                        "code,sv,en\nA,x\n",
                                        "code,sv,en,residents\ngender=woman,x,x,17\n",
                                        "code,sv,en,residents\ngender=woman,x,x,many\n",
                                        "code,sv,en,residents\nA,x,x,17000\n"};

    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        const char *sentence = fault_of(state, histories, files[i]);

        if (!upload_fault_is_known(sentence))
            fail_msg("no words for: %s", sentence);
        assert_int_equal(upload_fault_file(sentence), 1);
    }
}

static void the_place_and_the_list_are_told(void **state)
{
    struct str sv = upload_fault_words(fault_of(state, "A,B,count\n1,0,3\n1,2,3\n", ""), LANGUAGE_SV, *state);

    assert_string_equal(sv.p, "Rad 3, kolumn 2: I en lista står något annat än 0 eller 1. Det gäller ”B”.");
}

static void a_sentence_without_words_is_passed_on(void **state)
{
    assert_true(str_is(upload_fault_words("something else", LANGUAGE_SV, *state), "something else"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(every_fault_of_the_counts_has_its_words, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(every_fault_of_the_names_has_its_words, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(the_place_and_the_list_are_told, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(a_sentence_without_words_is_passed_on, open_arena, close_arena),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
