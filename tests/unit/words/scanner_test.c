/* The scanner: places and kinds, and how well it does on 200 sentences of our own. */
#include "words/scanner.h"

#include "../unit.h"

#include "base/csv.h"
#include "base/file.h"

#include <stdio.h>
#include <string.h>

static void assert_span(struct str text, struct str part, enum scan_kind kind, struct arena *a)
{
    struct scan scan = scan_text(text, a);

    assert_int_equal(scan.n, 1);
    assert_int_equal(scan.span[0].kind, kind);
    assert_true(str_equal(str_part(text, scan.span[0].from, scan.span[0].n), part));
}

static void each_kind_is_found_in_its_place(void **state)
{
    assert_span(S("nummer 19900602-2397, ja"), S("19900602-2397"), SCAN_IDENTITY_NUMBER, *state);
    assert_span(S("ring 070-174 06 05 i kväll"), S("070-174 06 05"), SCAN_PHONE, *state);
    assert_span(S("bilen ABC 123."), S("ABC 123"), SCAN_PLATE, *state);
    assert_span(S("från a.b@example.org!"), S("a.b@example.org"), SCAN_EMAIL, *state);
    assert_span(S("kontot @exempel."), S("@exempel."), SCAN_HANDLE, *state);
    assert_span(S("på rum 214 igen"), S("214"), SCAN_ROOM, *state);
    assert_span(S("hon heter Åsa nu"), S("Åsa"), SCAN_NAME, *state);
    assert_span(S("de är Rumänska"), S("Rumänska"), SCAN_ORIGIN, *state);
    assert_span(S("hon är gravid"), S("gravid"), SCAN_HEALTH, *state);
}

static void an_empty_or_broken_text_holds_nothing(void **state)
{
    assert_int_equal(scan_text(S(""), *state).n, 0);
    assert_int_equal(scan_text(S("\xff\xfe \xe2\x80"), *state).n, 0);
    assert_int_equal(scan_text(S("@"), *state).n, 0);
}

static void words_of_origin_are_asked_about_and_numbers_are_refused(void **state)
{
    struct scan scan = scan_text(S("rumänska, gravid, 070-174 06 05"), *state);

    assert_int_equal(scan.n, 3);
    assert_int_equal(scan_refused(&scan), 1);
}

/* Kinds as bits; *n sentences are right, wrongly pointed at, or missed. */
struct tally {
    int found; /* kinds that a reader finds too */
    int extra; /* kinds that are not there */
    int missed;
};

static unsigned bits_of(struct str kinds)
{
    unsigned bits = 0;

    while (kinds.n > 0) {
        struct str kind;

        if (!str_cut(kinds, ';', &kind, &kinds))
            kinds = S("");
        for (enum scan_kind k = SCAN_IDENTITY_NUMBER; k < SCAN_KINDS; k++)
            if (str_is(kind, scan_kind_name(k)))
                bits |= 1u << k;
    }
    return bits;
}

static void count(struct csv *in, struct tally tally[2], struct arena *a)
{
    struct scan scan = scan_text(in->fields[2], a);
    struct tally *t = &tally[str_is(in->fields[0], "en")];
    unsigned expected = bits_of(in->fields[1]);
    unsigned found = 0;

    for (size_t i = 0; i < scan.n; i++)
        found |= 1u << scan.span[i].kind;
    for (enum scan_kind k = SCAN_IDENTITY_NUMBER; k < SCAN_KINDS; k++) {
        bool is_there = expected >> k & 1u;
        bool is_found = found >> k & 1u;

        t->found += is_there && is_found;
        t->extra += !is_there && is_found;
        t->missed += is_there && !is_found;
        if (is_there != is_found)
            printf("# %s %s: %.*s\n", is_there ? "missed" : "extra", scan_kind_name(k), STR(in->fields[2]));
    }
}

/* docs/methods/scanner.md holds these figures: change both. */
static void precision_and_recall_are_what_the_documentation_says(void **state)
{
    struct tally tally[2] = {{0}};
    struct csv in;
    struct str bytes;
    bool has_row = false;
    struct err e = {0};

    assert_int_equal(file_read(TEST_DATA "/scanner/sentences.csv", 100000, *state, &bytes, &e), OK);
    assert_int_equal(csv_open(&in, "sentences.csv", bytes, *state, &e), OK);
    for (int i = 0; i < 200; i++) {
        assert_int_equal(csv_next(&in, &has_row, &e), OK);
        assert_true(has_row);
        count(&in, tally, *state);
    }
    assert_int_equal(csv_next(&in, &has_row, &e), OK);
    assert_false(has_row);
    for (int i = 0; i < 2; i++)
        printf("# %s: found %d, extra %d, missed %d\n", i == 0 ? "Swedish" : "English", tally[i].found,
               tally[i].extra, tally[i].missed);
    const struct tally expected[2] = {{51, 1, 9}, {52, 0, 4}};
    assert_memory_equal(tally, expected, sizeof expected);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_ARENA(each_kind_is_found_in_its_place),
        WITH_ARENA(an_empty_or_broken_text_holds_nothing),
        WITH_ARENA(words_of_origin_are_asked_about_and_numbers_are_refused),
        WITH_ARENA(precision_and_recall_are_what_the_documentation_says),
    };

    return cmocka_run_group_tests_name("scanner", tests, NULL, NULL);
}
