/* What is shown beside the password, as it is kept. */
#include "account/second_factor.h"

#include "../scratch.h"
#include "../unit.h"
#include "portal/outside.h"
#include "portal/permission.h"
#include "portal/person.h"
#include "store/city.h"
#include "store/db.h"

#include <string.h>

static const struct who who = {.name = "test", .now_at = 1000};

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
    struct person p = {.email = str_of(email), .name = S("Exempel"), .roles = ROLE_BIT(ROLE_ADMINISTRATOR)};
    struct err e = {0};

    assert_int_equal(person_add(city->db, &who, &p, &e), OK);
    return p.id;
}

static struct second_factor example(void)
{
    struct second_factor x = {.set_at = 1000, .last_step = 33};

    memcpy(x.secret.bytes, "a secret of 20 bytes", sizeof x.secret.bytes);
    return x;
}

static void set(const struct city *city, int64_t person, const struct second_factor *x)
{
    struct err e = {0};

    assert_int_equal(db_begin(city->db, &e), OK);
    assert_int_equal(db_end(city->db, second_factor_set(city, city->db, &outside_machine, person, x, &e), &e),
                     OK);
}

static struct second_factor read(const struct city *city, int64_t person)
{
    struct second_factor x;
    struct err e = {0};

    assert_int_equal(second_factor_read(city, city->db, person, &x, &e), OK);
    return x;
}

static void nothing_is_set_for_a_new_person(void **state)
{
    struct city *city = open_city(*state);

    assert_false(read(city, add_person(city, "a@lund.example")).is_set);
    city_close(city);
}

static void a_secret_reads_back_and_stands_in_no_file_in_the_clear(void **state)
{
    struct scratch *s = *state;
    struct city *city = open_city(s);
    int64_t person = add_person(city, "a@lund.example");
    const struct second_factor x = example();
    static const char *const files[] = {"city/lykta.db", "city/lykta.db-wal"};

    set(city, person, &x);
    struct second_factor found = read(city, person);
    assert_true(found.is_set);
    assert_memory_equal(found.secret.bytes, x.secret.bytes, sizeof x.secret.bytes);
    assert_int_equal(found.last_step, 33);
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
        struct str bytes;
        struct err e = {0};

        assert_int_equal(file_read(scratch_path(s, files[i]), 100 << 20, s->arena, &bytes, &e), OK);
        assert_null(memmem(bytes.p, bytes.n, x.secret.bytes, sizeof x.secret.bytes));
    }
    city_close(city);
}

static void a_sealed_secret_moved_to_another_person_does_not_open(void **state)
{
    struct city *city = open_city(*state);
    int64_t person = add_person(city, "a@lund.example");
    int64_t other = add_person(city, "b@lund.example");
    static const char move[] = "update second_factor set person = $1";
    const struct second_factor x = example();
    struct second_factor found;
    struct err e = {0};

    set(city, person, &x);
    assert_int_equal(db_begin(city->db, &e), OK);
    struct query q = db_query(city->db, move);
    bind_int(&q, 1, other);
    assert_int_equal(db_end(city->db, query_run(&q, &e), &e), OK);
    assert_int_equal(second_factor_read(city, city->db, other, &found, &e), BAD_INPUT);
    assert_non_null(strstr(e.what, "keys/account.key"));
    city_close(city);
}

static bool use(const struct city *city, int64_t person, int64_t step)
{
    struct err e = {0};
    bool is_fresh = false;

    assert_int_equal(db_begin(city->db, &e), OK);
    assert_int_equal(db_end(city->db, second_factor_use(city->db, person, step, &is_fresh, &e), &e), OK);
    return is_fresh;
}

static void a_step_is_used_once_and_none_before_it(void **state)
{
    struct city *city = open_city(*state);
    int64_t person = add_person(city, "a@lund.example");
    const struct second_factor x = example();

    set(city, person, &x);
    assert_true(use(city, person, 40));
    assert_false(use(city, person, 40));
    assert_false(use(city, person, 39));
    assert_true(use(city, person, 41));
    city_close(city);
}

static bool use_code(const struct city *city, int64_t person, struct str code)
{
    struct err e = {0};
    bool is_right = false;

    assert_int_equal(db_begin(city->db, &e), OK);
    assert_int_equal(db_end(city->db, recovery_code_use(city->db, person, code, &is_right, &e), &e), OK);
    return is_right;
}

static void make_codes(struct scratch *s, const struct city *city, int64_t person,
                       struct str codes[RECOVERY_CODES])
{
    struct err e = {0};

    assert_int_equal(db_begin(city->db, &e), OK);
    assert_int_equal(
        db_end(city->db, recovery_codes_make(city->db, &outside_machine, person, s->arena, codes, &e), &e),
        OK);
}

static void a_recovery_code_works_once_for_its_person_alone(void **state)
{
    struct scratch *s = *state;
    struct city *city = open_city(s);
    int64_t person = add_person(city, "a@lund.example");
    int64_t other = add_person(city, "b@lund.example");
    const struct second_factor x = example();
    struct str codes[RECOVERY_CODES];

    set(city, person, &x);
    make_codes(s, city, person, codes);
    assert_int_equal(read(city, person).recovery_left, RECOVERY_CODES);
    assert_false(use_code(city, other, codes[0]));
    assert_false(use_code(city, person, S("")));
    for (size_t i = 0; i < RECOVERY_CODES; i++) {
        assert_true(use_code(city, person, codes[i]));
        assert_false(use_code(city, person, codes[i]));
    }
    assert_int_equal(read(city, person).recovery_left, 0);
    city_close(city);
}

static void new_recovery_codes_end_the_old_ones(void **state)
{
    struct scratch *s = *state;
    struct city *city = open_city(s);
    int64_t person = add_person(city, "a@lund.example");
    struct str old[RECOVERY_CODES];
    struct str codes[RECOVERY_CODES];

    make_codes(s, city, person, old);
    make_codes(s, city, person, codes);
    assert_false(use_code(city, person, old[0]));
    assert_true(use_code(city, person, codes[0]));
    city_close(city);
}

static void what_is_forgotten_opens_nothing(void **state)
{
    struct scratch *s = *state;
    struct city *city = open_city(s);
    int64_t person = add_person(city, "a@lund.example");
    const struct second_factor x = example();
    struct str codes[RECOVERY_CODES];
    struct err e = {0};

    set(city, person, &x);
    make_codes(s, city, person, codes);
    assert_int_equal(db_begin(city->db, &e), OK);
    assert_int_equal(db_end(city->db, second_factor_forget(city->db, person, &e), &e), OK);
    assert_false(read(city, person).is_set);
    assert_false(use_code(city, person, codes[0]));
    city_close(city);
}

#define IN_SCRATCH(f) cmocka_unit_test_setup_teardown(f, scratch_open, scratch_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_SCRATCH(nothing_is_set_for_a_new_person),
        IN_SCRATCH(a_secret_reads_back_and_stands_in_no_file_in_the_clear),
        IN_SCRATCH(a_sealed_secret_moved_to_another_person_does_not_open),
        IN_SCRATCH(a_step_is_used_once_and_none_before_it),
        IN_SCRATCH(a_recovery_code_works_once_for_its_person_alone),
        IN_SCRATCH(new_recovery_codes_end_the_old_ones),
        IN_SCRATCH(what_is_forgotten_opens_nothing),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
