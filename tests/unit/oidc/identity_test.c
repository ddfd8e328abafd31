/* Who people are at the provider. */
#include "oidc/identity.h"

#include "../scratch.h"
#include "../unit.h"
#include "portal/permission.h"
#include "store/city.h"
#include "store/db.h"

static const struct who who = {.name = "test", .now_at = 1000};
static const struct identity anna = {{"https://idp.example", 19}, {"p-17", 4}};

static struct city *open_city(const struct scratch *s)
{
    const struct city_make make = {.municipality = S("1281"), .who = who};
    const char *path = scratch_path(s, "city");
    struct city *city = NULL;
    struct err e = {0};

    assert_int_equal(city_init(path, &make, &e), OK);
    assert_int_equal(city_open(path, DB_WRITE, &city, &e), OK);
    return city;
}

static int64_t add_person(const struct city *city, const char *email)
{
    struct person p = {.email = str_of(email), .name = S("Exempel"), .roles = ROLE_BIT(ROLE_MEMBER)};
    struct err e = {0};

    assert_int_equal(person_add(city->db, &who, &p, &e), OK);
    return p.id;
}

static enum status link(const struct city *city, int64_t person, const struct identity *x)
{
    struct err e = {0};

    assert_int_equal(db_begin(city->db, &e), OK);
    return db_end(city->db, identity_link(city->db, person, x, 2000, &e), &e);
}

static int64_t owner(const struct city *city, const struct identity *x)
{
    struct err e = {0};
    int64_t person = -1;

    assert_int_equal(identity_owner(city->db, x, &person, &e), OK);
    return person;
}

static void an_identity_is_found_by_issuer_and_subject_together(void **state)
{
    const struct identity elsewhere = {S("https://other.example"), anna.subject};
    const struct identity other = {anna.issuer, S("p-18")};
    struct city *city = open_city(*state);
    int64_t person = add_person(city, "a@lund.example");

    assert_int_equal(link(city, person, &anna), OK);
    assert_int_equal(owner(city, &anna), person);
    assert_int_equal(owner(city, &elsewhere), 0);
    assert_int_equal(owner(city, &other), 0);
    city_close(city);
}

static void nobody_gets_the_identity_of_another(void **state)
{
    struct city *city = open_city(*state);
    int64_t person = add_person(city, "a@lund.example");

    assert_int_equal(link(city, person, &anna), OK);
    assert_int_equal(link(city, add_person(city, "b@lund.example"), &anna), REFUSED);
    assert_int_equal(owner(city, &anna), person);
    assert_int_equal(link(city, person, &anna), OK);
    city_close(city);
}

static void a_new_identity_takes_the_place_of_the_former(void **state)
{
    const struct identity later = {anna.issuer, S("p-18")};
    struct city *city = open_city(*state);
    int64_t person = add_person(city, "a@lund.example");

    assert_int_equal(link(city, person, &anna), OK);
    assert_int_equal(link(city, person, &later), OK);
    assert_int_equal(owner(city, &anna), 0);
    assert_int_equal(owner(city, &later), person);
    city_close(city);
}

static void a_link_that_is_removed_is_gone(void **state)
{
    struct city *city = open_city(*state);
    int64_t person = add_person(city, "a@lund.example");
    int64_t linked_at = 0;
    bool was_linked = false;
    struct err e = {0};

    assert_int_equal(link(city, person, &anna), OK);
    assert_int_equal(identity_linked_at(city->db, person, anna.issuer, &linked_at, &e), OK);
    assert_int_equal(linked_at, 2000);
    assert_int_equal(db_begin(city->db, &e), OK);
    assert_int_equal(db_end(city->db, identity_unlink(city->db, person, &was_linked, &e), &e), OK);
    assert_true(was_linked);
    assert_int_equal(identity_linked_at(city->db, person, anna.issuer, &linked_at, &e), OK);
    assert_int_equal(linked_at, 0);
    assert_int_equal(owner(city, &anna), 0);
    assert_int_equal(db_begin(city->db, &e), OK);
    assert_int_equal(db_end(city->db, identity_unlink(city->db, person, &was_linked, &e), &e), OK);
    assert_false(was_linked);
    city_close(city);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(an_identity_is_found_by_issuer_and_subject_together, scratch_open,
                                        scratch_close),
        cmocka_unit_test_setup_teardown(nobody_gets_the_identity_of_another, scratch_open, scratch_close),
        cmocka_unit_test_setup_teardown(a_new_identity_takes_the_place_of_the_former, scratch_open,
                                        scratch_close),
        cmocka_unit_test_setup_teardown(a_link_that_is_removed_is_gone, scratch_open, scratch_close),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
