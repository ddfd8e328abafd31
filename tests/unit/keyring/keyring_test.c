/* The key file, made by an older program. */
#include "../unit.h"
#include "town.h"

#include "store/db.h"

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

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_TOWN(a_key_file_of_an_older_program_is_not_opened),
        IN_TOWN(it_is_brought_forward_once_with_all_that_it_holds),
    };

    return cmocka_run_group_tests_name("keyring", tests, NULL, NULL);
}
