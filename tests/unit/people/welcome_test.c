/* Links that let a person choose a password. */
#include "people/welcome.h"

#include "../network/city.h"
#include "portal/outside.h"
#include "portal/permission.h"
#include "portal/person.h"

#include <string.h>

static int64_t now;

static int64_t now_at(const struct outside *self)
{
    (void)self;
    return now;
}

static void random_bytes(const struct outside *self, void *bytes, size_t n)
{
    outside_machine.random(self, bytes, n);
}

static const struct outside outside = {.now_at = now_at, .random = random_bytes};

static int64_t add_person(struct db *db, const char *email)
{
    struct person p = {.email = str_of(email), .name = S("Exempel"), .roles = ROLE_BIT(ROLE_MEMBER)};
    struct err e = {0};

    assert_int_equal(person_add(db, &coordinator, &p, &e), OK);
    return p.id;
}

static struct str make(struct scratch *s, struct db *db, int64_t person, enum welcome_reason reason)
{
    struct str token;
    struct err e = {0};

    assert_int_equal(db_begin(db, &e), OK);
    assert_int_equal(db_end(db, welcome_make(db, &outside, person, reason, s->arena, &token, &e), &e), OK);
    return token;
}

static int64_t found(struct db *db, struct str token, int64_t at)
{
    struct welcome w;
    struct err e = {0};

    assert_int_equal(welcome_find(db, token, at, &w, &e), OK);
    return w.person;
}

static void an_invitation_is_good_for_a_week_and_a_reset_for_a_day_to_the_second(void **state)
{
    struct scratch *s = *state;
    struct db *db = city_db(s);
    int64_t person = add_person(db, "a@lund.example");

    now = NOON;
    struct str token = make(s, db, person, WELCOME_INVITATION);
    assert_int_equal(token.n, 43);
    assert_int_equal(found(db, token, NOON + 7 * DAY - 1), person);
    assert_int_equal(found(db, token, NOON + 7 * DAY), 0);
    token = make(s, db, person, WELCOME_RESET);
    assert_int_equal(found(db, token, NOON + DAY - 1), person);
    assert_int_equal(found(db, token, NOON + DAY), 0);
    db_close(db);
}

static void a_new_link_ends_the_one_before_and_each_is_its_persons_alone(void **state)
{
    struct scratch *s = *state;
    struct db *db = city_db(s);
    int64_t person = add_person(db, "a@lund.example");
    int64_t other = add_person(db, "b@lund.example");

    now = NOON;
    struct str former = make(s, db, person, WELCOME_INVITATION);
    struct str token = make(s, db, person, WELCOME_INVITATION);
    struct str others = make(s, db, other, WELCOME_INVITATION);
    assert_int_equal(found(db, former, NOON), 0);
    assert_int_equal(found(db, token, NOON), person);
    assert_int_equal(found(db, others, NOON), other);
    assert_int_equal(found(db, S(""), NOON), 0);
    assert_int_equal(found(db, str_part(token, 0, 42), NOON), 0);
    db_close(db);
}

static void a_link_that_was_used_is_good_for_nothing(void **state)
{
    struct scratch *s = *state;
    struct db *db = city_db(s);
    int64_t person = add_person(db, "a@lund.example");
    struct err e = {0};

    now = NOON;
    struct str token = make(s, db, person, WELCOME_INVITATION);
    assert_int_equal(db_begin(db, &e), OK);
    assert_int_equal(db_end(db, welcome_end(db, person, &e), &e), OK);
    assert_int_equal(found(db, token, NOON), 0);
    db_close(db);
}

static void the_database_does_not_hold_the_link(void **state)
{
    ONLY_IN_A_FILE();
    struct scratch *s = *state;
    struct db *db = city_db(s);
    struct str bytes;
    struct err e = {0};

    now = NOON;
    struct str token = make(s, db, add_person(db, "a@lund.example"), WELCOME_INVITATION);
    db_close(db);
    assert_int_equal(file_read(scratch_path(s, "lykta.db"), 100 << 20, s->arena, &bytes, &e), OK);
    assert_null(memmem(bytes.p, bytes.n, token.p, token.n));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_SCRATCH(an_invitation_is_good_for_a_week_and_a_reset_for_a_day_to_the_second),
        IN_SCRATCH(a_new_link_ends_the_one_before_and_each_is_its_persons_alone),
        IN_SCRATCH(a_link_that_was_used_is_good_for_nothing),
        IN_SCRATCH(the_database_does_not_hold_the_link),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
