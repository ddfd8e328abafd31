/* Forms with files. */
#include "../unit.h"

#include "base/text.h"
#include "web/form.h"

#include <string.h>

#define TYPE S("multipart/form-data; boundary=----x7")
#define FIELD(name, value)                                                                                   \
    "------x7\r\nContent-Disposition: form-data; name=\"" name "\"\r\n\r\n" value "\r\n"
#define FILE_PART(name, file, bytes)                                                                         \
    "------x7\r\nContent-Disposition: form-data; name=\"" name "\"; filename=\"" file                        \
    "\"\r\nContent-Type: text/csv\r\n\r\n" bytes "\r\n"
#define END "------x7--\r\n"

enum { FILES = 3 };

static enum status parse(void **state, struct str bytes, struct form *out)
{
    struct err e;

    return form_parse_multipart(TYPE, bytes, FILES, *state, out, &e);
}

static void fields_and_files_are_told_apart(void **state)
{
    struct form form;

    assert_int_equal(
        parse(state, S(FIELD("actor", "hotel") FILE_PART("list", "lista åäö.csv", "a;b\r\n1;2\r\n") END),
              &form),
        OK);
    assert_str(form_value(&form, "actor"), "hotel");
    assert_int_equal(form.files, 1);
    assert_str(form_file(&form, "list")->filename, "lista åäö.csv");
    assert_str(form_file(&form, "list")->bytes, "a;b\r\n1;2\r\n");
    assert_null(form_file(&form, "other"));
}

static void any_bytes_are_a_file_and_none_of_them_are_lost(void **state)
{
    struct form form;
    struct str body = S(FILE_PART("f", "x.bin", "\0\xff\r\n--x\r\n\r\n-") END);

    assert_int_equal(parse(state, body, &form), OK);
    assert_int_equal(form.file[0].bytes.n, 12);
    assert_memory_equal(form.file[0].bytes.p, "\0\xff\r\n--x\r\n\r\n-", 12);
}

static void a_field_in_which_no_file_was_chosen_gives_none(void **state)
{
    struct form form;

    assert_int_equal(parse(state, S(FILE_PART("list", "", "") END), &form), OK);
    assert_int_equal(form.files, 0);
}

static void folders_are_not_part_of_a_files_name(void **state)
{
    struct form form;

    assert_int_equal(parse(state, S(FILE_PART("list", "C:\\\\hem\\../../etc/passwd", "x") END), &form), OK);
    assert_str(form.file[0].filename, "passwd");
}

static void typed_lines_end_as_in_every_other_form(void **state)
{
    struct form form;

    assert_int_equal(parse(state, S(FIELD("t", "a\r\nb") END), &form), OK);
    assert_str(form_value(&form, "t"), "a\nb");
}

static void what_does_not_follow_its_own_division_is_refused(void **state)
{
    static const struct str wrong[] = {{"", 0},
                                       {"x", 1},
                                       {"------x7", 8},
                                       {"------x7\r\n\r\nv\r\n------x7--", 25},
                                       {FIELD("a", "b"), sizeof FIELD("a", "b") - 1},
                                       {FIELD("a", "\xff") END, sizeof(FIELD("a", "\xff") END) - 1}};
    struct form form;
    struct err e;

    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        assert_int_equal(parse(state, wrong[i], &form), BAD_INPUT);
    assert_int_equal(form_parse_multipart(S("multipart/form-data"), S(END), FILES, *state, &form, &e),
                     BAD_INPUT);
}

static void an_empty_form_has_nothing(void **state)
{
    struct form form;

    assert_int_equal(parse(state, S(END), &form), OK);
    assert_int_equal(form.n + form.files, 0);
}

static void too_many_files_are_refused(void **state)
{
    struct form form;
    struct text body = text_open(*state);

    for (int i = 0; i < FILES; i++)
        text_add(&body, S(FILE_PART("f", "a", "x")));
    struct str all = str_of(arena_printf(*state, "%.*s" END, STR(text_str(&body))));
    assert_int_equal(parse(state, all, &form), OK);
    text_add(&body, S(FILE_PART("f", "a", "x") END));
    assert_int_equal(parse(state, text_str(&body), &form), REFUSED);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_ARENA(fields_and_files_are_told_apart),
        WITH_ARENA(any_bytes_are_a_file_and_none_of_them_are_lost),
        WITH_ARENA(a_field_in_which_no_file_was_chosen_gives_none),
        WITH_ARENA(folders_are_not_part_of_a_files_name),
        WITH_ARENA(typed_lines_end_as_in_every_other_form),
        WITH_ARENA(what_does_not_follow_its_own_division_is_refused),
        WITH_ARENA(an_empty_form_has_nothing),
        WITH_ARENA(too_many_files_are_refused),
    };

    return cmocka_run_group_tests_name("form_multipart", tests, NULL, NULL);
}
