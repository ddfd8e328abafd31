/* The key file: made by an older program, not there, or not whole. */
#include "../unit.h"
#include "town.h"

#include "base/file.h"
#include "store/db.h"

#include <stdio.h>
#include <string.h>

/* The key file as it was before recoveries in the portal, and nothing of it open. */
static void make_older(struct town *t)
{
    struct err e = {0};

    assert_int_equal(db_script(keyring_file(t->keyring),
                               "drop table regain; drop table given_share; drop table passkey_wrap; "
                               "delete from migration where number > 1",
                               &e),
                     OK);
    keyring_close(t->keyring);
    t->keyring = NULL;
}

static void a_key_file_of_an_older_program_is_not_opened(void **state)
{
    struct town *t = *state;
    struct err e = {0};

    make_older(t);
    assert_int_equal(keyring_open(t->city, t->city->db, &t->keyring, &e), BAD_INPUT);
    assert_says(e, "lykta migrate");
}

static void it_is_brought_forward_once_with_all_that_it_holds(void **state)
{
    struct town *t = *state;
    struct opener opener = town_recipient(t);
    struct seal_id id = town_seal(t, S("x"));
    size_t applied = 0;
    struct err e = {0};

    make_older(t);
    city_close(t->city);
    assert_int_equal(keyring_migrate(t->path, 1, &applied, &e), OK);
    assert_int_equal(applied, 2);
    assert_int_equal(keyring_migrate(t->path, 1, &applied, &e), OK);
    assert_int_equal(applied, 0);
    assert_int_equal(city_open(t->path, DB_WRITE, &t->city, &e), OK);
    assert_int_equal(keyring_open(t->city, t->city->db, &t->keyring, &e), OK);
    assert_true(town_reads(t, &opener, &id, S("x")));
}

/* Puts it aside. */
static void lose_key_file(struct town *t)
{
    keyring_close(t->keyring);
    t->keyring = NULL;
    assert_int_equal(rename(arena_printf(t->arena, "%s/sealed.db", t->path),
                            arena_printf(t->arena, "%s/aside.db", t->path)),
                     0);
}

static void a_city_without_a_key_file_is_told_how_it_is_made(void **state)
{
    struct town *t = *state;
    struct err e = {0};

    lose_key_file(t);
    assert_false(keyring_exists(t->city));
    assert_int_equal(keyring_open(t->city, t->city->db, &t->keyring, &e), BAD_INPUT);
    assert_says(e, "lykta recovery makes it");
    assert_null(t->keyring);
}

static void a_city_without_a_key_file_is_brought_forward(void **state)
{
    struct town *t = *state;
    size_t applied = 7;
    struct err e = {0};

    lose_key_file(t);
    assert_int_equal(keyring_migrate(t->path, 1, &applied, &e), OK);
    assert_int_equal(applied, 0);
    assert_false(keyring_exists(t->city));
}

static void what_is_no_city_or_no_key_file_is_not_brought_forward(void **state)
{
    struct town *t = *state;
    size_t applied = 7;
    struct err e = {0};

    assert_int_equal(keyring_migrate(t->folder, 1, &applied, &e), BAD_INPUT);
    assert_says(e, "is not a city");
    lose_key_file(t);
    assert_int_equal(file_write(arena_printf(t->arena, "%s/sealed.db", t->path),
                                S("a letter, and rather longer than a header of a database"), 0600, &e),
                     OK);
    assert_int_equal(keyring_migrate(t->path, 1, &applied, &e), BAD_INPUT);
    assert_says(e, "not a database that Lykta made");
    assert_int_equal(applied, 7);
    assert_int_equal(keyring_open(t->city, t->city->db, &t->keyring, &e), BAD_INPUT);
}

static int64_t copies(struct town *t)
{
    struct query q = db_query(keyring_file(t->keyring), "select count(*) from key_copy");
    struct err e = {0};
    int64_t n = query_next(&q) ? query_int(&q, 0) : -1;

    assert_int_equal(query_end(&q, &e), OK);
    return n;
}

/* What is sealed then could not be opened when all recipients have gone. */
static void nothing_is_sealed_without_the_recovery_key(void **state)
{
    static const char *const damage[] = {
        "pragma ignore_check_constraints = on; update recovery set public_key = x'00'",
        "delete from recovery"};
    struct town *t = *state;
    struct sealing *s = sealing_begin();
    struct err e = {0};

    town_recipient(t);
    for (size_t i = 0; i < 2; i++) {
        assert_int_equal(db_script(keyring_file(t->keyring), damage[i], &e), OK);
        assert_int_equal(sealing_keep(t->keyring, s, &e), BAD_INPUT);
        assert_says(e, "holds no recovery key; restore it from its backup");
        assert_int_equal(copies(t), 0);
    }
    sealing_close(s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_TOWN(a_key_file_of_an_older_program_is_not_opened),
        IN_TOWN(it_is_brought_forward_once_with_all_that_it_holds),
        IN_TOWN(a_city_without_a_key_file_is_told_how_it_is_made),
        IN_TOWN(a_city_without_a_key_file_is_brought_forward),
        IN_TOWN(what_is_no_city_or_no_key_file_is_not_brought_forward),
        IN_TOWN(nothing_is_sealed_without_the_recovery_key),
    };

    return cmocka_run_group_tests_name("keyring", tests, NULL, NULL);
}
