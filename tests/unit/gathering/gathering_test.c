/* Lists that agencies encode where they are, from keys to their end. */
#include "gathering/gathering.h"

#include "../scratch_city.h"
#include "../unit.h"
#include "handed_in.h"

#include "link/agreement.h"
#include "store/db.h"

#include <string.h>

static const char guessed[] =
    "{\"lykta_schema\": 1, \"project\": \"name the project\", \"round\": \"2026-1\", "
    "\"as_of\": \"2026-08-05\", \"profile\": \"grouped\", "
    "\"fields\": [{\"kind\": \"name\", \"columns\": [\"namn\"]}, "
    "{\"kind\": \"sex\", \"columns\": [\"kön\"]}]}";

static void a_schema_with_the_names_of_a_guess_opens_nothing(void **state)
{
    struct err e = {0};
    bool is_there = true;
    struct gathering g;

    assert_int_equal(
        gathering_open(db_of(state), 1, str_of(guessed), (struct date){2026, 9, 1}, 0, &tester, &e),
        BAD_INPUT);
    assert_int_equal(gathering_open(db_of(state), 1, S("{}"), (struct date){2026, 9, 1}, 0, &tester, &e),
                     BAD_INPUT);
    assert_int_equal(gathering_find(db_of(state), 1, arena_of(state), &g, &is_there, &e), OK);
    assert_false(is_there);
}

static void the_keys_of_a_round_belong_to_one_mapping(void **state)
{
    struct err e = {0};

    assert_int_equal(open_first(state, &e), OK);
    assert_int_equal(
        gathering_open(db_of(state), 2, str_of(gathering_schema), (struct date){2026, 9, 1}, 0, &tester, &e),
        REFUSED);
    assert_int_equal(open_first(state, &e), REFUSED);
}

static void who_links_keeps_no_list(void **state)
{
    struct arena *a = arena_of(state);
    struct db *db = db_of(state);
    struct err e = {0};

    assert_int_equal(open_first(state, &e), OK);
    assert_int_equal(gathering_take_reader(db, 1, open_half("Länkaren", 9, a), ANALYST, &tester, &e), OK);
    assert_int_equal(gathering_take_key(db, 1, open_half("Polisen", 1, a), ANALYST, &tester, &e), REFUSED);
    assert_int_equal(gathering_take_key(db, 1, open_half("Polisen", 9, a), KEEPER, &tester, &e), BAD_INPUT);
    assert_int_equal(gathering_take_key(db, 1, open_half("Polisen", 1, a), KEEPER, &tester, &e), OK);
    assert_int_equal(gathering_take_reader(db, 1, open_half("Länkaren", 8, a), KEEPER, &tester, &e), REFUSED);
}

static void two_lists_have_neither_one_name_nor_one_key(void **state)
{
    struct arena *a = arena_of(state);
    struct db *db = db_of(state);
    struct err e = {0};

    assert_int_equal(open_first(state, &e), OK);
    assert_int_equal(gathering_take_key(db, 1, open_half("Polisen", 1, a), KEEPER, &tester, &e), OK);
    assert_int_equal(gathering_take_key(db, 1, open_half("Polisen", 2, a), KEEPER + 1, &tester, &e),
                     BAD_INPUT);
    assert_int_equal(gathering_take_key(db, 1, open_half("Boendet", 1, a), KEEPER + 1, &tester, &e),
                     BAD_INPUT);
    assert_int_equal(gathering_take_key(db, 1, open_half("Polisen", 3, a), KEEPER, &tester, &e), OK);
    assert_int_equal(found(state).lists, 1);
}

static void the_secret_half_of_a_key_is_never_kept(void **state)
{
    struct text file = text_open(arena_of(state));
    struct key_pair pair;
    struct err e = {0};

    pair_of(&pair, "Polisen", 1);
    key_pair_write(&file, &pair);
    assert_int_equal(open_first(state, &e), OK);
    assert_int_equal(gathering_take_key(db_of(state), 1, text_str(&file), KEEPER, &tester, &e), BAD_INPUT);
    assert_int_equal(found(state).lists, 0);
}

static void one_list_is_not_enough(void **state)
{
    struct arena *a = arena_of(state);
    struct db *db = db_of(state);
    struct err e = {0};

    assert_int_equal(open_first(state, &e), OK);
    assert_int_equal(gathering_take_reader(db, 1, open_half("Länkaren", 9, a), ANALYST, &tester, &e), OK);
    assert_int_equal(gathering_take_key(db, 1, open_half("Polisen", 1, a), KEEPER, &tester, &e), OK);
    assert_int_equal(gathering_close_keys(db, 1, &tester, &e), REFUSED);
    assert_int_equal(gathering_take_key(db, 1, open_half("Boendet", 2, a), KEEPER + 1, &tester, &e), OK);
    assert_int_equal(gathering_leave(db, 1, KEEPER, &tester, &e), OK);
    assert_int_equal(gathering_close_keys(db, 1, &tester, &e), REFUSED);
}

static void nothing_goes_on_while_digits_differ(void **state)
{
    struct err e = {0};

    hand_in_keys(state);
    assert_int_equal(gathering_compare(db_of(state), 1, KEEPER, true, &tester, &e), OK);
    assert_int_equal(gathering_compare(db_of(state), 1, KEEPER + 1, false, &tester, &e), OK);
    assert_int_equal(gathering_compare(db_of(state), 1, COORDINATOR, true, &tester, &e), REFUSED);
    assert_int_equal(found(state).state, GATHERING_DIGITS);
    assert_int_equal(
        gathering_take_secret(db_of(state), 1, secret_of(1, arena_of(state)), KEEPER, &tester, &e), REFUSED);
}

static void a_secret_shared_with_another_key_is_refused(void **state)
{
    struct err e = {0};

    hand_in_keys(state);
    compare_digits(state);
    assert_int_equal(
        gathering_take_secret(db_of(state), 1, secret_of(3, arena_of(state)), KEEPER, &tester, &e),
        BAD_INPUT);
    assert_int_equal(found(state).state, GATHERING_SECRET);
}

static void a_list_that_is_not_sealed_is_not_kept(void **state)
{
    const struct gathering_told told = {0};
    struct err e = {0};

    share_secret(state);
    assert_int_equal(
        gathering_take_list(db_of(state), 1, S("namn\nKim Exempel\n"), &told, KEEPER, &tester, &e),
        BAD_INPUT);
    struct str cut = sealed_list(arena_of(state));
    cut.n -= 1;
    assert_int_equal(gathering_take_list(db_of(state), 1, cut, &told, KEEPER, &tester, &e), BAD_INPUT);
    assert_int_equal(found(state).list[0].bytes, 0);
}

static void a_list_of_a_few_waits_for_the_coordinator(void **state)
{
    const struct gathering_told few = {.people = 3};
    struct str bytes;
    struct err e = {0};

    hand_in_lists(state);
    assert_int_equal(gathering_agree_short(db_of(state), 1, &tester, &e), REFUSED);
    assert_int_equal(
        gathering_take_list(db_of(state), 1, sealed_list(arena_of(state)), &few, KEEPER, &tester, &e), OK);
    struct gathering g = found(state);
    assert_true(gathering_waits(&g));
    assert_int_equal(gathering_sealed(db_of(state), 1, g.list[0].id, arena_of(state), &bytes, &e), REFUSED);
    assert_int_equal(gathering_sealed(db_of(state), 1, g.list[1].id, arena_of(state), &bytes, &e), OK);
    assert_int_equal(gathering_agree_short(db_of(state), 1, &tester, &e), OK);
    assert_int_equal(gathering_sealed(db_of(state), 1, g.list[0].id, arena_of(state), &bytes, &e), OK);
    g = found(state);
    assert_false(gathering_waits(&g));
}

/* What was agreed to was another list. */
static void another_short_list_asks_the_coordinator_anew(void **state)
{
    const struct gathering_told few = {.people = 19};
    struct err e = {0};

    hand_in_lists(state);
    for (int times = 0; times < 2; times++) {
        assert_int_equal(
            gathering_take_list(db_of(state), 1, sealed_list(arena_of(state)), &few, KEEPER, &tester, &e),
            OK);
        struct gathering g = found(state);
        assert_true(gathering_waits(&g));
        assert_int_equal(gathering_agree_short(db_of(state), 1, &tester, &e), OK);
    }
}

static void what_is_told_of_a_list_is_counts_alone(void **state)
{
    static const char json[] =
        "{\"people\": 40, \"nameless\": 1, \"fields\": ["
        "{\"column\": \"namn\", \"is_in_file\": true, \"missing\": 3, \"lines\": [2, 7, 9]},"
        "{\"column\": \"född\", \"is_in_file\": false, \"missing\": 0}]}";
    struct gathering_told told;
    struct err e = {0};

    assert_int_equal(gathering_told_read(&told, str_of(json), arena_of(state), &e), OK);
    assert_int_equal(told.people, 40);
    assert_int_equal(told.fields, 2);
    assert_int_equal(told.field[0].missing, 3);
    assert_int_equal(told.field[1].missing, 40);
}

static void what_cannot_be_true_of_a_list_is_refused(void **state)
{
    static const char *const wrong[] = {
        "",
        "[]",
        "{}",
        "{\"people\": 0, \"fields\": []}",
        "{\"people\": -1, \"fields\": []}",
        "{\"people\": 1e3, \"fields\": []}",
        "{\"people\": 5, \"fields\": {}}",
        "{\"people\": 5, \"fields\": [{\"column\": \"a\", \"is_in_file\": true, \"missing\": 6}]}",
        "{\"people\": 5, \"fields\": [{\"column\": \"\", \"is_in_file\": true, \"missing\": 1}]}",
        ("{\"people\": 5, \"fields\": [{\"column\": \"a\", \"is_in_file\": true, \"missing\": 1},"
         "{\"column\": \"a\", \"is_in_file\": true, \"missing\": 1}]}")};
    struct gathering_told told;
    struct err e = {0};

    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        assert_int_equal(gathering_told_read(&told, str_of(wrong[i]), arena_of(state), &e), BAD_INPUT);
}

static void beginning_anew_needs_a_reason_and_forgets_lists_and_secret(void **state)
{
    const struct who with_reason = {.name = "test", .now_at = NOON, .why = "Ett verk har lämnat"};
    struct err e = {0};

    hand_in_lists(state);
    assert_int_equal(gathering_begin_anew(db_of(state), 1, &tester, &e), BAD_INPUT);
    assert_int_equal(gathering_begin_anew(db_of(state), 1, &with_reason, &e), OK);
    struct gathering g = found(state);
    assert_int_equal(g.state, GATHERING_KEYS);
    assert_int_equal(g.lists, 2);
    assert_int_equal(g.secret.n, 0);
    assert_false(g.list[0].is_compared);
    assert_int_equal(g.list[0].bytes, 0);
    assert_int_equal(g.list[0].fields, 0);
}

static void the_last_day_ends_it_and_leaves_neither_key_nor_list(void **state)
{
    struct who later = {.name = "test", .now_at = NOON + 27 * DAY};
    struct str sealed;
    struct err e = {0};
    bool has_ended = true;

    hand_in_lists(state);
    assert_int_equal(gathering_end_next(db_of(state), &later, &has_ended, &e), OK);
    assert_false(has_ended); /* the first of September has not been yet */
    later.now_at += DAY;
    assert_int_equal(gathering_end_next(db_of(state), &later, &has_ended, &e), OK);
    assert_true(has_ended);
    struct gathering g = found(state);
    assert_int_equal(g.state, GATHERING_ENDED);
    assert_int_equal(g.reader.n + g.secret.n + g.list[0].open_key.n, 0);
    assert_int_equal(gathering_sealed(db_of(state), 1, g.list[0].id, arena_of(state), &sealed, &e), REFUSED);
    assert_int_equal(g.list[0].people, 40);
}

static void it_ends_when_the_mapping_is_out(void **state)
{
    struct err e = {0};
    bool has_ended = false;

    hand_in_lists(state);
    assert_int_equal(db_script(db_of(state), "update mapping_round set state = 'published' where id = 1", &e),
                     OK);
    assert_int_equal(gathering_end_next(db_of(state), &tester, &has_ended, &e), OK);
    assert_true(has_ended);
    assert_int_equal(gathering_end_next(db_of(state), &tester, &has_ended, &e), OK);
    assert_false(has_ended);
    assert_int_equal(gathering_end(db_of(state), 1, &tester, &e), REFUSED);
}

static void a_receipt_of_another_round_is_none(void **state)
{
    struct err e = {0};

    hand_in_lists(state);
    assert_int_equal(gathering_end(db_of(state), 1, &tester, &e), OK);
    assert_int_equal(gathering_take_receipt(db_of(state), 1,
                                            S("lykta-receipt 1\nremoved x\nproject Exempel\nround 2025-1\n"),
                                            KEEPER, &tester, &e),
                     BAD_INPUT);
    assert_int_equal(gathering_take_receipt(db_of(state), 1,
                                            S("lykta-receipt 1\nremoved x\nproject Exempel\nround 2026-1\n"),
                                            KEEPER, &tester, &e),
                     OK);
    assert_int_equal(found(state).list[0].receipt_at, NOON);
}

#define IN_CITY(test) cmocka_unit_test_setup_teardown(test, begin, scratch_city_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_CITY(a_schema_with_the_names_of_a_guess_opens_nothing),
        IN_CITY(the_keys_of_a_round_belong_to_one_mapping),
        IN_CITY(who_links_keeps_no_list),
        IN_CITY(two_lists_have_neither_one_name_nor_one_key),
        IN_CITY(the_secret_half_of_a_key_is_never_kept),
        IN_CITY(one_list_is_not_enough),
        IN_CITY(nothing_goes_on_while_digits_differ),
        IN_CITY(a_secret_shared_with_another_key_is_refused),
        IN_CITY(a_list_that_is_not_sealed_is_not_kept),
        IN_CITY(a_list_of_a_few_waits_for_the_coordinator),
        IN_CITY(another_short_list_asks_the_coordinator_anew),
        IN_CITY(what_is_told_of_a_list_is_counts_alone),
        IN_CITY(what_cannot_be_true_of_a_list_is_refused),
        IN_CITY(beginning_anew_needs_a_reason_and_forgets_lists_and_secret),
        IN_CITY(the_last_day_ends_it_and_leaves_neither_key_nor_list),
        IN_CITY(it_ends_when_the_mapping_is_out),
        IN_CITY(a_receipt_of_another_round_is_none),
    };

    return cmocka_run_group_tests_name("gathering", tests, NULL, NULL);
}
