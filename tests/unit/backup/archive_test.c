/* Entries of a backup: what comes back is what went in, and no name leads out of a folder. */
#include "../unit.h"

#include "backup/archive.h"
#include "base/text.h"

#include <string.h>

static struct str with(struct arena *a, struct str name, struct str bytes)
{
    struct text *out = arena_new(a, 1, struct text);
    struct sink to = sink_to_text(out);
    struct err e = {0};

    *out = text_open(a);
    assert_int_equal(archive_put(&to, name, bytes.n, &e), OK);
    assert_int_equal(sink_put(&to, bytes, &e), OK);
    assert_int_equal(archive_put_end(&to, 1, &e), OK);
    return text_str(out);
}

static void names_stay_in_the_folder(void **state)
{
    static const char *const good[] = {
        "lykta.db", "keys/link.key",         "files/releases/1281-2013/a_b.json", "a", ".x",
        "a b",      "files/Möte på Ängö.pdf"};
    static const char *const bad[] = {"",       "/",     "/etc/passwd", "..",       "../x", "a/..",
                                      "a/../b", "a//b",  "a/",          ".",        "./a",  "a\\b",
                                      "a\nb",   "a\x7f", "\xff",        "a/\x1b[2J"};

    (void)state;
    for (size_t i = 0; i < sizeof good / sizeof good[0]; i++)
        assert_true(archive_name_is_valid(str_of(good[i])));
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        assert_false(archive_name_is_valid(str_of(bad[i])));
    assert_false(archive_name_is_valid((struct str){"a\0b", 3}));
}

static void what_goes_in_comes_out(void **state)
{
    struct str bytes = with(*state, S("keys/link.key"), S("abcde"));
    struct source from = source_of_str(&bytes, "x");
    struct archive_entry entry;
    struct text out = text_open(*state);
    struct sink to = sink_to_text(&out);
    struct err e = {0};

    assert_int_equal(archive_next(&from, &entry, &e), OK);
    assert_string_equal(entry.name, "keys/link.key");
    assert_int_equal(entry.size, 5);
    assert_int_equal(archive_move(&from, entry.size, &to, &e), OK);
    assert_str(text_str(&out), "abcde");
    assert_int_equal(archive_next(&from, &entry, &e), OK);
    assert_int_equal(entry.kind, ARCHIVE_END);
    assert_int_equal(entry.size, 1);
}

static void a_name_that_leads_out_is_neither_written_nor_read(void **state)
{
    struct text out = text_open(*state);
    struct sink to = sink_to_text(&out);
    struct err e = {0};

    assert_int_equal(archive_put(&to, S("../x"), 1, &e), BAD_INPUT);
    assert_int_equal(out.n, 0);
    struct str bytes = with(*state, S("aaaa"), S("z"));
    char *hostile = (char *)(uintptr_t)bytes.p;
    memcpy(hostile + 11, "../x", 4);
    struct source from = source_of_str(&bytes, "x");
    struct archive_entry entry;
    assert_int_equal(archive_next(&from, &entry, &e), BAD_INPUT);
    assert_says(e, "would lead out");
}

static void an_empty_folder_is_kept_and_has_no_bytes(void **state)
{
    struct text out = text_open(*state);
    struct sink to = sink_to_text(&out);
    struct archive_entry entry;
    struct err e = {0};

    assert_int_equal(archive_put_folder(&to, S("files/releases"), &e), OK);
    struct str bytes = text_str(&out);
    struct str rest = bytes;
    struct source from = source_of_str(&rest, "x");
    assert_int_equal(archive_next(&from, &entry, &e), OK);
    assert_int_equal(entry.kind, ARCHIVE_FOLDER);
    assert_string_equal(entry.name, "files/releases");
    ((char *)(uintptr_t)bytes.p)[10] = 1;
    rest = bytes;
    assert_int_equal(archive_next(&from, &entry, &e), BAD_INPUT);
    ((char *)(uintptr_t)bytes.p)[0] = 'x';
    rest = bytes;
    assert_int_equal(archive_next(&from, &entry, &e), BAD_INPUT);
}

static void every_cut_is_told(void **state)
{
    struct str whole = with(*state, S("keys/link.key"), S("abcde"));
    struct err e = {0};

    for (size_t n = 0; n < whole.n; n++) {
        struct str rest = str_part(whole, 0, n);
        struct source from = source_of_str(&rest, "x");
        struct archive_entry entry = {0};
        struct text out = text_open(*state);
        struct sink to = sink_to_text(&out);
        enum status s = archive_next(&from, &entry, &e);

        if (s == OK && entry.kind != ARCHIVE_END)
            s = archive_move(&from, entry.size, &to, &e);
        if (s == OK && entry.kind != ARCHIVE_END)
            s = archive_next(&from, &entry, &e);
        assert_int_equal(s, BAD_INPUT);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_stay_in_the_folder),
        WITH_ARENA(what_goes_in_comes_out),
        WITH_ARENA(a_name_that_leads_out_is_neither_written_nor_read),
        WITH_ARENA(an_empty_folder_is_kept_and_has_no_bytes),
        WITH_ARENA(every_cut_is_told),
    };

    return cmocka_run_group_tests_name("archive", tests, NULL, NULL);
}
