/* Whatever statement fails in what a database itself does: it is told, and nothing half-done stands in the
 * way of doing it again. */
#include "../failing_store.h"
#include "../scratch_city.h"
#include "../unit.h"

#include "store/claim.h"
#include "store/db.h"
#include "store/db_transfer.h"
#include "store/migrate.h"

#include <unistd.h>

enum { START = 1795500000 /* 2026-11-24 */ };

static const struct who who = {.name = "person 1", .now_at = START, .role = "administrator", .why = "a test"};

struct place {
    struct scratch *scratch;
    struct city *city;
    struct db *db;
    const char *folder; /* empty */
    int tries;
};

static int failing_city_open(void **state)
{
    failing_store_on();
    return scratch_city_open(state, &who);
}

#define IN_CITY(test) cmocka_unit_test_setup_teardown(test, failing_city_open, scratch_city_close)

static struct place *place_of(void **state)
{
    struct scratch *scratch = *state;
    struct place *p = arena_new(scratch->arena, 1, struct place);
    struct err e = {0};

    *p = (struct place){.scratch = scratch, .city = scratch->mine, .folder = scratch_path(scratch, "empty")};
    p->db = p->city->db;
    if (folder_make(p->folder, 0700, &e) != OK)
        die("%s", e.what);
    return p;
}

static enum status make_file(void *test, struct err *e)
{
    struct place *p = test;
    struct db *db = NULL;
    enum status s = db_open(arena_printf(p->scratch->arena, "%s/new.db", p->folder), DB_CREATE, &db, e);

    assert_int_equal(db != NULL, s == OK);
    assert_int_equal(scratch_entries(p->folder) > 0, s == OK);
    db_close(db);
    return s;
}

static void of_a_file_that_could_not_be_made_whole_nothing_is_left(void **state)
{
    assert_each_statement_may_fail(make_file, place_of(state));
}

static enum status look_after(void *test, struct err *e)
{
    struct place *p = test;
    int64_t now_at = 0;

    TRY(db_scrub(p->db, e));
    TRY(db_check(p->db, e));
    TRY(db_await_disk(p->db, e));
    TRY(db_clock(p->db, &now_at, e));
    assert_true(now_at > START);
    return OK;
}

static enum status copied_anew(const char *from, const char *to, struct err *e)
{
    struct db *db = NULL;

    TRY(db_open(from, DB_WRITE, &db, e));
    enum status s = db_write_anew(db, to, e);
    db_close(db);
    if (s == OK)
        s = db_open(to, DB_READ, &db, e);
    if (s != OK)
        return s;
    s = db_check(db, e);
    db_close(db);
    return s;
}

/* Who asked for a copy removes what is left of it. */
static enum status copy(void *test, struct err *e)
{
    struct place *p = test;
    const char *raw = scratch_path(p->scratch, "raw.db");
    const char *anew = scratch_path(p->scratch, "anew.db");
    struct db *reader = NULL;

    TRY(city_connect(p->city, DB_READ, &reader, e));
    enum status s = db_hold(reader, e);
    if (s == OK)
        s = db_copy(reader, raw, NULL, e);
    db_close(reader);
    if (s == OK)
        s = copied_anew(raw, anew, e);
    (void)unlink(raw);
    (void)unlink(anew);
    return s;
}

static void a_database_is_looked_after_and_copied(void **state)
{
    struct place *p = place_of(state);
    struct err e = {0};

    assert_each_statement_may_fail(look_after, p);
    assert_each_statement_may_fail(copy, p);
    failing_store_checkpoints(true);
    assert_int_equal(db_checkpoint(p->db, &e), SYSTEM);
    assert_int_equal(db_scrub(p->db, &e), SYSTEM);
    failing_store_checkpoints(false);
    assert_int_equal(db_scrub(p->db, &e), OK);
}

static enum status claim(void *test, struct err *e)
{
    struct place *p = test;
    bool is_ours = false;
    enum status s = claim_take(p->db, "one", &is_ours, e);

    assert_int_equal(is_ours, s == OK);
    TRY(s);
    return claim_give_back(p->db, "one", e);
}

static void the_claim_is_taken_and_given_back(void **state)
{
    struct place *p = place_of(state);

    assert_each_statement_may_fail(claim, p);
}

static const struct migration few[] = {
    {1, "one", "create table one (id {id}) {strict}; insert into one (id) values (1)"},
    {2, "two", "create table two (id {id}) {strict}; insert into two (id) select id from one"},
    {0, NULL, NULL},
};

static enum status make_tables(void *test, struct err *e)
{
    struct place *p = test;
    size_t applied = 0;
    struct db *db = NULL;
    const char *path = scratch_path(p->scratch, arena_printf(p->scratch->arena, "tables%d", p->tries++));

    TRY(db_open(path, DB_CREATE, &db, e));
    enum status s = migrate(db, few, START, &applied, e);
    if (s != OK) {
        struct err again = {0};

        assert_int_equal(migrate(db, few, START, &applied, &again), OK);
    }
    db_close(db);
    return s;
}

/* Each in one piece: what failed half-way is done again from where it began. */
static void tables_are_made(void **state)
{
    struct place *p = place_of(state);

    assert_each_statement_may_fail(make_tables, p);
}

static enum status moved_to(struct db *from, struct db *to, struct err *e)
{
    struct db_content content = {0};
    struct db_content moved = {0};
    size_t applied = 0;

    TRY(migrate(to, migrations, START, &applied, e));
    TRY(db_content_read(from, &content, e));
    TRY(db_transfer(from, to, NULL, &moved, e));
    assert_memory_equal(moved.hash, content.hash, sizeof content.hash);
    return OK;
}

static enum status move(void *test, struct err *e)
{
    struct place *p = test;
    struct db *from = NULL;
    struct db *to = NULL;
    const char *path = scratch_path(p->scratch, arena_printf(p->scratch->arena, "moved%d", p->tries++));
    enum status s = city_connect(p->city, DB_WRITE, &from, e);

    if (s == OK)
        s = db_open(path, DB_CREATE, &to, e);
    if (s == OK)
        s = moved_to(from, to, e);
    db_close(to);
    db_close(from);
    return s;
}

/* A few of the many statements is enough: some are of each table. */
static void everything_is_moved(void **state)
{
    struct place *p = place_of(state);

    assert_each_statement_may_fail_by(move, p, 97);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_CITY(of_a_file_that_could_not_be_made_whole_nothing_is_left),
        IN_CITY(a_database_is_looked_after_and_copied),
        IN_CITY(the_claim_is_taken_and_given_back),
        IN_CITY(tables_are_made),
        IN_CITY(everything_is_moved),
    };

    return cmocka_run_group_tests_name("failing database", tests, NULL, NULL);
}
