/* Links to a draft for named readers, and letters to those whom a step waits for. */
#include "publishing/draft_reader.h"

#include "../scratch_city.h"
#include "../unit.h"

#include "portal/outside.h"
#include "portal/permission.h"
#include "portal/person.h"
#include "publishing/round.h"
#include "publishing/round_letter.h"
#include "store/db.h"

#include <string.h>

enum { NOON = 1785924000, DAY = 86400 };

static const struct who who = {.name = "test", .now_at = NOON};

/* Persons of the city, in the order they are added. */
enum { COORDINATOR = 1, ANALYST, APPROVER, BOTH };

static struct db *db_of(void **state)
{
    return ((struct city *)((struct scratch *)*state)->mine)->db;
}

static void run_sql(void **state, const char *sql)
{
    struct err e = {0};

    if (db_script(db_of(state), sql, &e) != OK)
        fail_msg("%s", e.what);
}

static int add_person(struct city *city, const char *email, uint32_t roles)
{
    struct person p = {.email = str_of(email), .name = S("Exempel"), .roles = roles};
    struct err e = {0};

    return person_add(city->db, &who, &p, &e) == OK ? 0 : -1;
}

/* A city with four persons and mapping 1, worked out from the analyst's file. */
static int begin(void **state)
{
    static const char round[] =
        "insert into mapping_round (id, state, first_year, last_year, title_sv, title_en, people_sv, people_en, "
        "source_sv, source_en, is_example, specification, corrects, reason, uploaded_by) values (1, 'made', 2025, "
        "2025, 'Läget', 'The picture', 'x', 'x', 'x', 'x', 1, 'x', '', '', 2)";
    struct err e = {0};

    if (scratch_city_open(state, &who) != 0)
        return -1;
    struct city *city = scratch_city(state);
    if (add_person(city, "a@lund.example", ROLE_BIT(ROLE_COORDINATOR)) != 0 ||
        add_person(city, "b@lund.example", ROLE_BIT(ROLE_ANALYST)) != 0 ||
        add_person(city, "c@lund.example", ROLE_BIT(ROLE_APPROVER)) != 0 ||
        add_person(city, "d@lund.example", ROLE_BIT(ROLE_ANALYST) | ROLE_BIT(ROLE_APPROVER)) != 0)
        return -1;
    return db_script(city->db, round, &e) == OK ? 0 : -1;
}

static struct str text_of(void **state, const char *sql)
{
    struct arena *a = ((struct scratch *)*state)->arena;
    struct query q = db_query(db_of(state), sql);
    struct err e = {0};
    struct str found = query_next(&q) ? query_str(&q, 0, a) : S("");

    assert_int_equal(query_end(&q, &e), OK);
    return found;
}

static int64_t count_of(void **state, const char *sql)
{
    struct query q = db_query(db_of(state), sql);
    struct err e = {0};
    int64_t n = query_next(&q) ? query_int(&q, 0) : -1;

    assert_int_equal(query_end(&q, &e), OK);
    return n;
}

static enum status share(void **state, struct err *e)
{
    struct scratch *s = *state;
    struct draft_reader reader = {
        .round = 1, .name = S("Läsare Exempel"), .email = S("lasare@exempel.se"), .ends_at = NOON + 14 * DAY};

    return draft_reader_add(s->mine, db_of(state), &outside_machine, &reader, COORDINATOR, &who, e);
}

/* The token in the letter: the only place it stands in. */
static struct str shared(void **state)
{
    struct err e = {0};

    if (share(state, &e) != OK)
        fail_msg("%s", e.what);
    struct str letter = text_of(state, "select plain from mail_letter order by id desc limit 1");
    const char *at = memmem(letter.p, letter.n, "/utkast/", 8);
    assert_non_null(at);
    return (struct str){at + 8, strcspn(at + 8, "\n ")};
}

static int64_t reader_at(void **state, struct str token, int64_t now_at)
{
    struct draft_reader found;
    struct err e = {0};

    assert_int_equal(
        draft_reader_find(db_of(state), token, now_at, ((struct scratch *)*state)->arena, &found, &e), OK);
    return found.id;
}

static void the_link_of_the_letter_opens_the_draft(void **state)
{
    struct str token = shared(state);

    assert_int_equal(token.n, 43);
    assert_int_equal(reader_at(state, token, NOON), 1);
}

static void the_token_is_kept_as_a_hash_alone(void **state)
{
    static const char rows[] = "select count(*) from mapping_draft_reader where length(hash) = 32";
    static const char log[] = "select group_concat(detail) from audit";
    struct str token = shared(state);
    struct str lines = text_of(state, log);

    assert_int_equal(count_of(state, rows), 1);
    assert_null(memmem(lines.p, lines.n, token.p, token.n));
}

static void a_link_ends_with_its_time(void **state)
{
    struct str token = shared(state);

    assert_int_equal(reader_at(state, token, NOON + 14 * DAY - 1), 1);
    assert_int_equal(reader_at(state, token, NOON + 14 * DAY), 0);
}

static void an_ended_link_is_as_unknown_as_one_that_never_was(void **state)
{
    struct str token = shared(state);
    struct err e = {0};

    assert_int_equal(draft_reader_end(db_of(state), 1, 1, &who, &e), OK);
    assert_int_equal(reader_at(state, token, NOON), 0);
    assert_int_equal(reader_at(state, S("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"), NOON), 0);
    assert_int_equal(draft_reader_end(db_of(state), 1, 1, &who, &e), REFUSED);
}

static void a_link_of_another_mapping_is_not_ended(void **state)
{
    struct err e = {0};

    shared(state);
    assert_int_equal(draft_reader_end(db_of(state), 2, 1, &who, &e), REFUSED);
}

static void a_link_ends_when_the_mapping_is_published(void **state)
{
    struct str token = shared(state);

    run_sql(state, "update mapping_round set state = 'published'");
    assert_int_equal(reader_at(state, token, NOON), 0);
}

static void without_a_draft_there_is_no_link_and_no_letter(void **state)
{
    struct err e = {0};

    run_sql(state, "update mapping_round set state = 'open'");
    assert_int_equal(share(state, &e), REFUSED);
    assert_int_equal(count_of(state, "select count(*) from mail_letter"), 0);
    assert_int_equal(count_of(state, "select count(*) from mapping_draft_reader"), 0);
}

static void each_reading_is_counted_and_stands_in_the_log(void **state)
{
    static const char log[] =
        "select count(*) from audit where action = 'release.draft_read' and subject = 1 "
        "and detail = 'reader 1'";
    const struct draft_reader reader = {.id = 1, .round = 1};
    struct err e = {0};

    shared(state);
    assert_int_equal(draft_reader_note(db_of(state), &reader, &who, &e), OK);
    assert_int_equal(draft_reader_note(db_of(state), &reader, &who, &e), OK);
    assert_int_equal(count_of(state, log), 2);
    assert_int_equal(count_of(state, "select readings from mapping_draft_reader"), 2);
}

/* Writes all letters that are due; how many there are then. */
static int64_t tell_all(void **state)
{
    struct scratch *s = *state;
    bool has_told = true;
    struct err e = {0};

    while (has_told)
        if (round_letter_next(s->mine, db_of(state), NOON, &has_told, &e) != OK)
            fail_msg("%s", e.what);
    return count_of(state, "select count(*) from mail_letter");
}

static void step(void **state, enum round_state to, const char *what, int64_t person)
{
    struct err e = {0};
    bool is_moved = false;

    assert_int_equal(db_begin(db_of(state), &e), OK);
    assert_int_equal(round_set_state(db_of(state), 1, UINT32_MAX, to, &is_moved, &e), OK);
    assert_int_equal(db_end(db_of(state), round_step_add(db_of(state), 1, person, NOON, what, S(""), &e), &e),
                     OK);
}

#define ADDRESSES "select group_concat(address) from (select address from mail_letter order by address)"

static void a_new_mapping_is_told_to_the_analysts_but_not_to_who_opened_it(void **state)
{
    run_sql(state, "update mapping_round set uploaded_by = null");
    step(state, ROUND_OPEN, "opened", COORDINATOR);
    assert_int_equal(tell_all(state), 2);
    assert_str(text_of(state, ADDRESSES), "b@lund.example,d@lund.example");
}

static void what_is_worked_out_is_told_to_its_analyst(void **state)
{
    step(state, ROUND_MADE, "made", 0);
    assert_int_equal(tell_all(state), 1);
    assert_str(text_of(state, ADDRESSES), "b@lund.example");
}

static void what_is_proposed_is_told_to_those_who_may_approve_it(void **state)
{
    run_sql(state, "update mapping_round set proposed_by = 4");
    step(state, ROUND_PROPOSED, "proposed", BOTH);
    assert_int_equal(tell_all(state), 1);
    assert_str(text_of(state, ADDRESSES), "c@lund.example");
}

static void a_step_is_told_once(void **state)
{
    step(state, ROUND_MADE, "made", 0);
    tell_all(state);
    assert_int_equal(tell_all(state), 1);
}

static void a_step_that_waits_for_nobody_has_no_letter(void **state)
{
    step(state, ROUND_APPROVED, "approved", APPROVER);
    assert_int_equal(tell_all(state), 0);
}

static void closed_accounts_get_no_letters(void **state)
{
    run_sql(state, "update person set state = 'closed' where id = 2");
    step(state, ROUND_MADE, "made", 0);
    assert_int_equal(tell_all(state), 0);
}

/* Up to the link, which has the mapping's number in its address. */
static void no_letter_holds_a_figure(void **state)
{
    step(state, ROUND_PROPOSED, "proposed", ANALYST);
    tell_all(state);
    struct str letter = text_of(state, "select subject || plain from mail_letter limit 1");
    const char *link = memmem(letter.p, letter.n, "http", 4);
    assert_non_null(link);
    for (const char *p = letter.p; p < link; p++)
        assert_false(*p >= '0' && *p <= '9');
}

#define IN_A_CITY(test) cmocka_unit_test_setup_teardown(test, begin, scratch_city_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_A_CITY(the_link_of_the_letter_opens_the_draft),
        IN_A_CITY(the_token_is_kept_as_a_hash_alone),
        IN_A_CITY(a_link_ends_with_its_time),
        IN_A_CITY(an_ended_link_is_as_unknown_as_one_that_never_was),
        IN_A_CITY(a_link_of_another_mapping_is_not_ended),
        IN_A_CITY(a_link_ends_when_the_mapping_is_published),
        IN_A_CITY(without_a_draft_there_is_no_link_and_no_letter),
        IN_A_CITY(each_reading_is_counted_and_stands_in_the_log),
        IN_A_CITY(a_new_mapping_is_told_to_the_analysts_but_not_to_who_opened_it),
        IN_A_CITY(what_is_worked_out_is_told_to_its_analyst),
        IN_A_CITY(what_is_proposed_is_told_to_those_who_may_approve_it),
        IN_A_CITY(a_step_is_told_once),
        IN_A_CITY(a_step_that_waits_for_nobody_has_no_letter),
        IN_A_CITY(closed_accounts_get_no_letters),
        IN_A_CITY(no_letter_holds_a_figure),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
