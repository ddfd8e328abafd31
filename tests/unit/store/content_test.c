/* Everything that one file holds, in another: whole, or not at all. */
#include "store/db_transfer.h"

#include "../scratch.h"
#include "../unit.h"

#include "base/progress.h"
#include "store/db.h"
#include "store/migrate.h"

static const struct migration none[] = {{.number = 0, .title = NULL, .sql = NULL}};

static const char tables[] =
    "create table kind (id {id}, share {real}, told {text}, bytes {blob}, of {int} references kind (id)) {strict};"
    "create table part (kind {int} references kind (id)) {strict};"
    "create table about (part {int}) {strict}";

static struct db *database(void **state, const char *name, const char *also)
{
    struct db *db = NULL;
    struct err e = {0};
    size_t applied = 0;

    if (db_open(scratch_path(*state, name), DB_CREATE, &db, &e) != OK ||
        migrate(db, none, 0, &applied, &e) != OK || db_script(db, tables, &e) != OK ||
        db_script(db, also, &e) != OK)
        die("%s", e.what);
    return db;
}

static const char rows[] =
    "insert into kind (id, share, told, bytes, of) values (1, 0.1, 'å', x'00ff', null), "
    "(2, null, null, null, 1), (3, -1e300, '', x'', 3);"
    "insert into part (kind) values (3), (1)";

static struct db_content content_of(struct db *db)
{
    struct db_content content = {0};
    struct err e = {0};

    assert_int_equal(db_content_read(db, &content, &e), OK);
    return content;
}

static void fractions_texts_bytes_and_nulls_arrive_as_they_were(void **state)
{
    struct db *from = database(state, "from.db", rows);
    struct db *to = database(state, "to.db", "");
    struct db_content moved = {0};
    struct err e = {0};

    assert_int_equal(db_transfer(from, to, NULL, &moved, &e), OK);
    const struct db_content before = content_of(from);
    const struct db_content after = content_of(to);
    assert_int_equal(moved.rows, 5);
    assert_memory_equal(after.hash, before.hash, sizeof after.hash);
    assert_int_equal(db_script(to, "update kind set share = 0.10000000000000002 where id = 1", &e), OK);
    const struct db_content changed = content_of(to);
    assert_memory_not_equal(changed.hash, before.hash, sizeof changed.hash);
    db_close(from);
    db_close(to);
}

/* Into what has `also`, where it does not fit: it is told, and what was there before is there still. */
static void assert_nothing_moves(void **state, const char *also, const struct progress *progress,
                                 enum status expected, const char *said)
{
    struct db *from = database(state, "from.db", rows);
    struct db *to = database(state, "to.db", also);
    const struct db_content before = content_of(to);
    struct db_content moved = {.rows = -1};
    struct err e = {0};

    assert_int_equal(db_transfer(from, to, progress, &moved, &e), expected);
    assert_says(e, said);
    assert_int_equal(moved.rows, -1);
    const struct db_content after = content_of(to);
    assert_int_equal(after.rows, before.rows);
    assert_memory_equal(after.hash, before.hash, sizeof after.hash);
    db_close(from);
    db_close(to);
}

static void what_arrives_as_something_else_is_not_kept(void **state)
{
    assert_nothing_moves(state,
                         "create trigger other after insert on part begin update kind set told = 'x'; end",
                         NULL, BAD_INPUT, "or another hash; nothing was kept");
}

static void what_arrives_with_more_is_not_kept(void **state)
{
    assert_nothing_moves(state,
                         "create trigger more after insert on part begin insert into about values (1); end",
                         NULL, BAD_INPUT, "7 rows instead of 5");
}

static void what_has_other_tables_is_not_filled(void **state)
{
    assert_nothing_moves(state, "create table more (x {int}) {strict}", NULL, BAD_INPUT, "another hash");
}

static void what_is_told_to_stop_leaves_nothing(void **state)
{
    static atomic_bool stop = true;

    assert_nothing_moves(state, "", &(struct progress){.stop = &stop}, SYSTEM,
                         "stopped; nothing was written");
}

static void tables_that_refer_in_a_circle_have_no_order(void **state)
{
    static const char circle[] = "create table hen (egg {int} references egg (id)) {strict};"
                                 "create table egg (id {id}, hen {int} references hen (egg)) {strict}";
    struct db *db = database(state, "circle.db", circle);
    struct db_content content = {0};
    struct err e = {0};

    assert_int_equal(db_content_read(db, &content, &e), SYSTEM);
    assert_says(e, "refer to each other in a circle");
    db_close(db);
}

#define IN_SCRATCH(test) cmocka_unit_test_setup_teardown(test, scratch_open, scratch_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_SCRATCH(fractions_texts_bytes_and_nulls_arrive_as_they_were),
        IN_SCRATCH(what_arrives_as_something_else_is_not_kept),
        IN_SCRATCH(what_arrives_with_more_is_not_kept),
        IN_SCRATCH(what_has_other_tables_is_not_filled),
        IN_SCRATCH(what_is_told_to_stop_leaves_nothing),
        IN_SCRATCH(tables_that_refer_in_a_circle_have_no_order),
    };

    return cmocka_run_group_tests_name("content", tests, NULL, NULL);
}
