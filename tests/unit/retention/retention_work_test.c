/* All rules in a whole city: each class on its day, and not a byte of it after. */
#include "house.h"

#include "keyring/regain.h"
#include "retention/retention_rules.h"
#include "retention/retention_words.h"
#include "retention/retention_work.h"
#include "store/db.h"

enum { NIGHT = 2 * 3600, MOST_CLASSES = 40, YEARS = 6 };

static void run_at(struct town *t, int64_t at, struct arena *a, struct retention_classes *done)
{
    const struct who who = {.name = "klockan", .now_at = at};
    struct err e = {0};

    if (retention_clear(t->city, t->city->db, &who, a, done, &e) != OK)
        fail_msg("%s", e.what);
}

struct expected {
    const char *class;
    struct date day; /* of the night when it goes; no date: never */
};

/* From noon on 24 November 2026. What is kept from a moment goes the night after it has run out, what is kept
 * from a day goes that day. 2028 has a 29 February. */
static const struct expected expected[] = {
    {"seminar.needs", {2026, 12, 1}},
    {"seminar.unanswered", {2027, 2, 24}},
    {"seminar.list", {2027, 11, 24}},
    {"seminar.words", {2027, 11, 24}},
    {"network.contact", {2027, 2, 25}},
    {"network.signature", {2028, 11, 25}},
    {"network.listed", {2028, 11, 25}},
    {"network.application.unconfirmed", {2026, 12, 2}},
    {"network.application", {2027, 2, 25}},
    {"network.participation", {2027, 11, 25}},
    {"network.import", {2026, 11, 27}},
    {"plan.import", {2026, 11, 27}},
    {"mail.letter", {2026, 12, 2}},
    {"mail.address", {2027, 11, 25}},
    {"portal.session", {2026, 11, 26}},
    {"portal.form", {2026, 11, 27}},
    {"people.welcome", {2027, 2, 25}},
    {"log.line", {0}},
    {"observation.closed", {2027, 5, 24}},
    {"observation.acted", {2028, 11, 24}},
    {"observation.disclosure", {2031, 11, 24}},
    {"circular.reader", {2027, 11, 25}},
    {"publishing.draft_reader", {2027, 2, 25}},
    {"gathering.list", {2028, 11, 25}},
    {"keyring.holder", {2027, 2, 25}},
    {"sum.letter", {2027, 2, 25}},
    {"research.unconfirmed", {2026, 12, 2}},
    {"research.application", {2027, 11, 25}},
    {"research.person", {2028, 11, 25}},
    {"results.unpublished", {2028, 11, 25}},
    {"results.withdrawn", {2027, 2, 25}},
    {"programme.look", {2028, 5, 25}},
    {"incident.closed", {2031, 11, 25}},
};
enum { EXPECTED = sizeof expected / sizeof *expected };

static void each_class_goes_on_its_day_and_once(void **state)
{
    struct town *t = *state;
    struct date gone[MOST_CLASSES] = {{0}};
    int times[MOST_CLASSES] = {0};
    int64_t midnight = date_days(date_of(HOUSE_NOON)) * HOUSE_DAY;

    house_fill(t, 3);
    for (int64_t day = 0; day <= YEARS * 366; day++) {
        struct arena *a = arena_open();
        struct retention_classes done = {0};

        run_at(t, midnight + day * HOUSE_DAY + NIGHT, a, &done);
        assert_int_equal(done.n, EXPECTED);
        for (size_t i = 0; i < done.n; i++) {
            assert_string_equal(done.class[i].rule->class, expected[i].class);
            if (done.class[i].n > 0) {
                gone[i] = date_of(midnight + day * HOUSE_DAY);
                times[i]++;
            }
        }
        arena_close(a);
    }
    for (size_t i = 0; i < EXPECTED; i++) {
        bool goes = expected[i].day.year > 0;

        if (times[i] != goes || !date_equal(gone[i], expected[i].day))
            fail_msg("%s: went %d times, last on %d-%02d-%02d", expected[i].class, times[i], gone[i].year,
                     gone[i].month, gone[i].day);
    }
    assert_int_equal(house_count(t, "select count(*) from observation where id in (3, 4)"), 2);
    assert_int_equal(house_count(t, "select count(*) from register_entry where disposed_on is not null"), 2);
}

static bool folder_holds(struct town *t, struct str needle)
{
    return town_holds(t, arena_cstr(t->arena, needle.p, needle.n));
}

/* What is sealed is looked for as it stands on the disk: 16 bytes from the middle without a NUL, so that it
 * can be looked for as text. */
static struct str piece(struct town *t, struct db *db, const char *sql)
{
    struct query q = db_query(db, sql);
    struct str bytes = query_next(&q) ? query_blob(&q, 0, t->arena) : S("");
    struct err e = {0};

    assert_int_equal(query_end(&q, &e), OK);
    for (size_t i = 8; i + 24 <= bytes.n; i++)
        if (!memchr(bytes.p + i, 0, 12))
            return (struct str){bytes.p + i, 12};
    fail_msg("no piece to look for");
    return S("");
}

static void no_byte_of_what_was_deleted_is_left_in_the_folder(void **state)
{
    static const char box[] =
        "select box from sealed_text s join observation o on o.seal = s.seal where o.id = 1";
    static const char copy[] = "select bytes from key_copy where seal in (select seal from reporter) limit 1";
    static const char wrap[] = "select wrap from reporter";
    struct town *t = *state;
    struct retention_classes done = {0};
    struct err e = {0};

    house_fill(t, 400);
    assert_int_equal(db_script(t->city->db,
                               "delete from observation_message; update observation set "
                               "held_reason = null, closed_on = '2026-11-24'",
                               &e),
                     OK);
    const struct str sealed[] = {piece(t, t->city->db, box), piece(t, keyring_file(t->keyring), copy),
                                 piece(t, keyring_file(t->keyring), wrap)};
    assert_true(town_holds(t, HOUSE_MARKER));
    for (size_t i = 0; i < 3; i++)
        assert_true(folder_holds(t, sealed[i]));
    for (int year = 1; year <= YEARS; year++)
        run_at(t, HOUSE_NOON + year * (int64_t)366 * HOUSE_DAY, t->arena, &done);
    if (retention_scrub(t->city, t->city->db, &e) != OK)
        fail_msg("%s", e.what);
    assert_false(town_holds(t, HOUSE_MARKER));
    for (size_t i = 0; i < 3; i++)
        assert_false(folder_holds(t, sealed[i]));
    assert_int_equal(house_count(t, "select sum(signed_up) from seminar_count"), 400);
    assert_int_equal(house_count(t, "select sum(invited) from seminar_count"), 400);
    assert_int_equal(db_check(t->city->db, &e), OK);
}

static int64_t recoveries(struct town *t)
{
    static const char sql[] = "select count(*) from regain";
    struct query q = db_query(keyring_file(t->keyring), sql);
    struct err e = {0};
    int64_t n = query_next(&q) ? query_int(&q, 0) : -1;

    assert_int_equal(query_end(&q, &e), OK);
    return n;
}

static void a_recovery_that_was_not_finished_goes_the_night_after_its_last_day(void **state)
{
    struct town *t = *state;
    struct retention_classes done = {0};
    struct err e = {0};

    t->who.now_at = HOUSE_NOON;
    assert_int_equal(regain_begin(t->keyring, 1, TOWN_PASSPHRASE, &t->who, &e), OK);
    run_at(t, HOUSE_NOON + REGAIN_DAYS * HOUSE_DAY, t->arena, &done);
    assert_int_equal(recoveries(t), 1);
    run_at(t, HOUSE_NOON + (REGAIN_DAYS + 1) * HOUSE_DAY, t->arena, &done);
    assert_int_equal(recoveries(t), 0);
}

static void every_rule_says_why_and_for_how_long(void **state)
{
    (void)state;
    for (const struct retention_rule *const *table = retention_tables; *table; table++)
        for (const struct retention_rule *rule = *table; rule->class; rule++) {
            assert_true(strlen(rule->what) > 0 && strlen(rule->ground) > 0 && strlen(rule->count) > 0);
            assert_true(rule->kept.months + rule->kept.days > 0);
            assert_true(retention_deletes(rule) || rule->stays != NULL);
            assert_non_null(retention_words_of(str_of(rule->class)));
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_TOWN(each_class_goes_on_its_day_and_once),
        IN_TOWN(no_byte_of_what_was_deleted_is_left_in_the_folder),
        IN_TOWN(a_recovery_that_was_not_finished_goes_the_night_after_its_last_day),
        cmocka_unit_test(every_rule_says_why_and_for_how_long),
    };

    return cmocka_run_group_tests_name("retention_work", tests, NULL, NULL);
}
