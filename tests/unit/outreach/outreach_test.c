/* Outreach: the worker's own curve, and what she gives away. */
#include "../keyring/town.h"
#include "../unit.h"

#include "outreach/outreach.h"

static void add(struct town *t, int64_t organisation, int64_t contacts)
{
    const struct outreach o = {.organisation = organisation,
                               .held_on = {2026, 11, 20},
                               .form = S("sexual"),
                               .contacts = contacts,
                               .new_contacts = 1,
                               .offered = 2,
                               .accepted = 1};
    struct err e = {0};

    assert_int_equal(outreach_add(t->city->db, &o, &t->who, &e), OK);
}

static void an_organisation_sees_its_own_months_alone(void **state)
{
    struct town *t = *state;
    struct outreach_months own;
    struct err e = {0};

    add(t, 1, 7);
    add(t, 1, 6);
    add(t, 2, 9);
    assert_int_equal(outreach_own(t->city->db, 1, t->arena, &own, &e), OK);
    assert_int_equal(own.n, 1);
    assert_str(own.month[0].month, "2026-11");
    assert_int_equal(own.month[0].evenings, 2);
    assert_int_equal(own.month[0].contacts, 13);
    assert_int_equal(own.month[0].shared, 0);
}

static void nothing_is_given_until_it_is_and_small_numbers_never(void **state)
{
    struct town *t = *state;
    struct outreach_months shared;
    struct err e = {0};

    add(t, 1, 13);
    add(t, 2, 3);
    assert_int_equal(outreach_shared(t->city->db, t->arena, &shared, &e), OK);
    assert_int_equal(shared.n, 0);
    assert_int_equal(outreach_share(t->city->db, 2, S("2026-11"), 5, &t->who, &e), REFUSED);
    assert_int_equal(outreach_share(t->city->db, 1, S("2026-11"), 5, &t->who, &e), OK);
    assert_int_equal(outreach_shared(t->city->db, t->arena, &shared, &e), OK);
    assert_int_equal(shared.n, 1);
    assert_int_equal(shared.month[0].contacts, 13);
}

static void impossible_numbers_are_told(void **state)
{
    struct town *t = *state;
    struct outreach o = {.organisation = 1, .held_on = {2026, 11, 20}, .form = S("sexual"), .contacts = 3};
    struct err e = {0};

    o.new_contacts = 4;
    assert_int_equal(outreach_add(t->city->db, &o, &t->who, &e), BAD_INPUT);
    o.new_contacts = -1;
    assert_int_equal(outreach_add(t->city->db, &o, &t->who, &e), BAD_INPUT);
    o = (struct outreach){.organisation = 1, .held_on = {2026, 11, 20}, .form = S("sexual"), .accepted = 1};
    assert_int_equal(outreach_add(t->city->db, &o, &t->who, &e), BAD_INPUT);
}

static void an_evening_is_taken_away_by_its_own_organisation_until_it_is_given(void **state)
{
    struct town *t = *state;
    struct db *db = t->city->db;
    struct outreaches own;
    struct err e = {0};

    add(t, 1, 13);
    assert_int_equal(outreach_list(db, 1, t->arena, &own, &e), OK);
    assert_int_equal(own.n, 1);
    assert_int_equal(outreach_remove(db, 2, own.evening[0].id, &t->who, &e), REFUSED);
    assert_int_equal(outreach_share(db, 1, S("2026-11"), 5, &t->who, &e), OK);
    assert_int_equal(outreach_remove(db, 1, own.evening[0].id, &t->who, &e), REFUSED);
    assert_int_equal(outreach_list(db, 1, t->arena, &own, &e), OK);
    assert_int_equal(own.n, 0);
    add(t, 1, 8);
    assert_int_equal(outreach_list(db, 1, t->arena, &own, &e), OK);
    assert_int_equal(outreach_remove(db, 1, own.evening[0].id, &t->who, &e), OK);
    assert_int_equal(outreach_remove(db, 1, own.evening[0].id, &t->who, &e), REFUSED);
    assert_int_equal(outreach_list(db, 1, t->arena, &own, &e), OK);
    assert_int_equal(own.n, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_TOWN(an_organisation_sees_its_own_months_alone),
        IN_TOWN(nothing_is_given_until_it_is_and_small_numbers_never),
        IN_TOWN(an_evening_is_taken_away_by_its_own_organisation_until_it_is_given),
        IN_TOWN(impossible_numbers_are_told),
    };

    return cmocka_run_group_tests_name("outreach", tests, NULL, NULL);
}
