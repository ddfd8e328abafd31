/* An incident from its first minute to its end: the 72 hours, what must be there before it is closed, and
 * that nothing is deleted meanwhile. */
#include "../portal/house.h"

#include "incident/incident.h"
#include "store/retention.h"

enum { HOUR = 3600 };

static struct incident opened(struct house *h)
{
    const struct who who = house_who(h);
    struct incident x = {.noticed_at = h->now_at - HOUR,
                         .what = S("Ett konto har använts av någon annan"),
                         .natures = INCIDENT_SEEN,
                         .kinds = S("konton nätverk"),
                         .is_going_on = true,
                         .persons = 34,
                         .records = INCIDENT_NOT_KNOWN};
    struct err e = {0};

    assert_int_equal(incident_open(h->db, &who, &x, &e), OK);
    return x;
}

static enum status save(struct house *h, const struct incident *x)
{
    const struct who who = house_who(h);
    struct err e = {0};

    return incident_save(h->db, &who, x, "incident.judge",
                         &(struct incident_step){.kind = INCIDENT_STEP_JUDGED, .words = S("ord")}, &e);
}

static enum status close_it(struct house *h, const struct incident *x)
{
    const struct who who = house_who(h);
    struct err e = {0};

    return incident_close(h->db, &who, x, S("Två steg för alla"), &e);
}

static void the_report_is_due_72_hours_after_it_was_noticed(void **state)
{
    const struct incident x = {.noticed_at = HOUSE_NOON};

    (void)state;
    assert_int_equal(incident_report_until(&x), HOUSE_NOON + 72 * HOUR);
}

static void what_is_saved_is_found_again(void **state)
{
    struct house *h = house_of(state);
    struct incident x = opened(h);
    struct incident found;
    struct err e = {0};

    x.risk = INCIDENT_HIGH_RISK;
    x.risk_why = S("Känsliga uppgifter");
    x.consequences = S("Hot");
    x.measures = S("Bytte lösenord");
    x.reported_at = h->now_at;
    x.reported_number = S("IMY-2026-1");
    x.late_why = S("Sent upptäckt");
    x.telling = INCIDENT_TOLD;
    x.told_at = h->now_at;
    x.told_note = S("Brev");
    assert_int_equal(save(h, &x), OK);
    assert_int_equal(incident_find(h->db, x.id, h->arena, &found, &e), OK);
    assert_int_equal(found.noticed_at, x.noticed_at);
    assert_int_equal(found.opened_at, h->now_at);
    assert_true(str_equal(found.what, x.what) && str_equal(found.kinds, x.kinds));
    assert_int_equal(found.persons, 34);
    assert_int_equal(found.records, INCIDENT_NOT_KNOWN);
    assert_int_equal(found.risk, INCIDENT_HIGH_RISK);
    assert_true(str_equal(found.risk_why, x.risk_why) && str_equal(found.consequences, x.consequences));
    assert_true(str_equal(found.measures, x.measures) && str_equal(found.late_why, x.late_why));
    assert_int_equal(found.reported_at, h->now_at);
    assert_true(str_equal(found.reported_number, x.reported_number));
    assert_int_equal(found.telling, INCIDENT_TOLD);
    assert_true(found.told_at == h->now_at && str_equal(found.told_note, x.told_note));
}

static void each_step_is_kept_in_order_and_stands_in_the_log(void **state)
{
    struct house *h = house_of(state);
    struct incident x = opened(h);
    struct incident_steps steps;
    struct err e = {0};

    assert_int_equal(save(h, &x), OK);
    assert_int_equal(incident_steps_read(h->db, x.id, h->arena, &steps, &e), OK);
    assert_int_equal(steps.n, 2);
    assert_int_equal(steps.step[0].kind, INCIDENT_STEP_OPENED);
    assert_int_equal(steps.step[1].kind, INCIDENT_STEP_JUDGED);
    assert_true(str_is(steps.step[1].words, "ord") && str_is(steps.step[1].who, "test"));
    assert_int_equal(house_count(h, "select count(*) from audit where action like 'incident.%'"), 2);
}

static const struct {
    enum incident_risk risk;
    int64_t reported_at;
    enum incident_telling telling;
    int missing;
} cases[] = {
    {INCIDENT_NOT_JUDGED, 0, INCIDENT_TELLING_NOT_DECIDED, INCIDENT_MISSING_RISK},
    {INCIDENT_NO_RISK, 0, INCIDENT_TELLING_NOT_DECIDED, 0},
    {INCIDENT_RISK, 0, INCIDENT_TELLING_NOT_DECIDED, INCIDENT_MISSING_REPORT},
    {INCIDENT_RISK, 1, INCIDENT_TELLING_NOT_DECIDED, 0},
    {INCIDENT_HIGH_RISK, 0, INCIDENT_TELLING_NOT_DECIDED, INCIDENT_MISSING_REPORT | INCIDENT_MISSING_TELLING},
    {INCIDENT_HIGH_RISK, 1, INCIDENT_TELLING_NOT_NEEDED, INCIDENT_MISSING_TELLING},
    {INCIDENT_HIGH_RISK, 1, INCIDENT_TOLD, 0},
    {INCIDENT_HIGH_RISK, 1, INCIDENT_TOLD_PUBLICLY, 0},
    {INCIDENT_HIGH_RISK, 1, INCIDENT_UNREADABLE, 0},
    {INCIDENT_HIGH_RISK, 1, INCIDENT_PREVENTED, 0},
};

static void it_is_closed_when_what_the_law_asks_for_is_there_and_not_before(void **state)
{
    struct house *h = house_of(state);

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct incident x = opened(h);

        x.risk = cases[i].risk;
        x.reported_at = cases[i].reported_at;
        x.telling = cases[i].telling;
        assert_int_equal(save(h, &x), OK);
        x.version++;
        assert_int_equal(incident_missing(&x), cases[i].missing);
        assert_int_equal(close_it(h, &x), cases[i].missing == 0 ? OK : REFUSED);
    }
}

static void what_is_closed_is_changed_no_more(void **state)
{
    struct house *h = house_of(state);
    struct incident x = opened(h);

    x.risk = INCIDENT_NO_RISK;
    assert_int_equal(close_it(h, &x), OK);
    assert_int_equal(save(h, &x), REFUSED);
    assert_int_equal(close_it(h, &x), REFUSED);
    assert_int_equal(house_count(h, "select count(*) from incident_step"), 2);
}

static void of_two_who_change_the_same_the_second_is_refused_and_changes_nothing(void **state)
{
    struct house *h = house_of(state);
    struct incident mine = opened(h);
    struct incident theirs = mine;
    struct incident found;
    struct err e = {0};

    mine.consequences = S("Hot");
    theirs.consequences = S("Inga");
    theirs.risk = INCIDENT_NO_RISK;
    assert_int_equal(save(h, &mine), OK);
    assert_int_equal(save(h, &theirs), REFUSED);
    assert_int_equal(close_it(h, &theirs), REFUSED);
    assert_int_equal(incident_find(h->db, mine.id, h->arena, &found, &e), OK);
    assert_true(str_is(found.consequences, "Hot") && found.closed_at == 0);
    assert_int_equal(found.version, mine.version + 1);
    assert_int_equal(house_count(h, "select count(*) from incident_step"), 2);
}

static void a_note_is_added_beside_other_changes_until_it_is_closed(void **state)
{
    struct house *h = house_of(state);
    const struct who who = house_who(h);
    struct incident x = opened(h);
    struct incident_steps steps;
    struct err e = {0};

    assert_int_equal(incident_note(h->db, &who, x.id, S("Ringde polisen"), &e), OK);
    x.risk = INCIDENT_NO_RISK;
    assert_int_equal(save(h, &x), OK);
    x.version++;
    assert_int_equal(close_it(h, &x), OK);
    assert_int_equal(incident_note(h->db, &who, x.id, S("För sent"), &e), REFUSED);
    assert_int_equal(incident_steps_read(h->db, x.id, h->arena, &steps, &e), OK);
    assert_int_equal(steps.n, 4);
    assert_true(steps.step[1].kind == INCIDENT_STEP_NOTED && str_is(steps.step[1].words, "Ringde polisen"));
    assert_int_equal(house_count(h, "select count(*) from audit where action = 'incident.note'"), 1);
}

static int64_t frozen_since(struct house *h)
{
    struct str reason;
    int64_t since_at = 0;
    struct err e = {0};

    assert_int_equal(retention_frozen(h->db, h->arena, &reason, &since_at, &e), OK);
    return since_at;
}

static void nothing_is_deleted_until_the_last_open_incident_is_closed(void **state)
{
    struct house *h = house_of(state);
    struct incident one = opened(h);
    struct incident two = opened(h);

    one.risk = two.risk = INCIDENT_NO_RISK;
    assert_int_equal(frozen_since(h), h->now_at);
    assert_int_equal(close_it(h, &one), OK);
    assert_int_equal(frozen_since(h), h->now_at);
    assert_int_equal(close_it(h, &two), OK);
    assert_int_equal(frozen_since(h), 0);
}

static void what_somebody_else_has_frozen_stays_frozen(void **state)
{
    struct house *h = house_of(state);
    const struct who who = house_who(h);
    struct err e = {0};

    assert_int_equal(retention_freeze(h->db, S("en domstol har bett om det"), &who, &e), OK);
    struct incident x = opened(h);
    x.risk = INCIDENT_NO_RISK;
    assert_int_equal(close_it(h, &x), OK);
    assert_int_equal(frozen_since(h), h->now_at);
}

static void open_ones_come_first(void **state)
{
    struct house *h = house_of(state);
    struct incident one = opened(h);
    struct incident two = opened(h);
    struct incidents all;
    struct err e = {0};

    two.risk = INCIDENT_NO_RISK;
    assert_int_equal(close_it(h, &two), OK);
    assert_int_equal(incidents_list(h->db, h->arena, &all, &e), OK);
    assert_int_equal(all.n, 2);
    assert_int_equal(all.incident[0].id, one.id);
    assert_true(str_is(all.incident[1].learned, "Två steg för alla"));
    assert_int_equal(incident_find(h->db, 99, h->arena, &one, &e), REFUSED);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_report_is_due_72_hours_after_it_was_noticed),
        IN_HOUSE(what_is_saved_is_found_again),
        IN_HOUSE(each_step_is_kept_in_order_and_stands_in_the_log),
        IN_HOUSE(it_is_closed_when_what_the_law_asks_for_is_there_and_not_before),
        IN_HOUSE(what_is_closed_is_changed_no_more),
        IN_HOUSE(of_two_who_change_the_same_the_second_is_refused_and_changes_nothing),
        IN_HOUSE(a_note_is_added_beside_other_changes_until_it_is_closed),
        IN_HOUSE(nothing_is_deleted_until_the_last_open_incident_is_closed),
        IN_HOUSE(what_somebody_else_has_frozen_stays_frozen),
        IN_HOUSE(open_ones_come_first),
    };

    return cmocka_run_group_tests_name("incidents", tests, NULL, NULL);
}
