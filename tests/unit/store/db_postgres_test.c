/* A connection to a server: PostgreSQL. Run by tests/with_postgres.py. */
#include "../database.h"
#include "../unit.h"

#include "store/audit.h"
#include "store/db.h"
#include "store/migrate.h"

#include <pthread.h>

enum { WRITERS = 6, CHANGES = 20 };

static const struct audit_line line = {
    .who = {.name = "test", .now_at = 1000}, .action = "test.change", .subject = 1, .detail = {"", 0}};

static int place_open(void **state)
{
    struct err e = {0};
    struct db *db = NULL;
    size_t applied = 0;

    if (scratch_open(state) != 0 || db_open(scratch_database(*state, "lykta"), DB_CREATE, &db, &e) != OK ||
        migrate(db, migrations, 0, &applied, &e) != OK ||
        db_script(db, "create table t (a {int} not null, b {text}) {strict}", &e) != OK)
        return -1;
    ((struct scratch *)*state)->mine = db;
    return 0;
}

static struct db *db_of(void **state)
{
    return ((struct scratch *)*state)->mine;
}

static int place_close(void **state)
{
    db_close(db_of(state));
    return scratch_close(state);
}

static struct db *connect_again(const struct db *db, enum db_mode mode)
{
    struct db *another = NULL;
    struct err e = {0};

    if (db_open(db_path(db), mode, &another, &e) != OK)
        die("%s", e.what);
    return another;
}

static enum status insert(struct db *db, struct err *e)
{
    static const char sql[] = "insert into t (a, b) values ($1, 'x')";
    struct query q = db_query(db, sql);

    bind_int(&q, 1, 7);
    return query_run(&q, e);
}

static int64_t number(struct db *db, const char *sql)
{
    struct query q = db_query(db, sql);
    struct err e = {0};
    int64_t n = query_next(&q) ? query_int(&q, 0) : -1;

    assert_int_equal(query_end(&q, &e), OK);
    return n;
}

static int64_t rows(struct db *db)
{
    return number(db, "select count(*) from t");
}

/* As when the server is started anew: every other connection of ours ends. */
static void end_connections_beside(struct db *db)
{
    number(db, "select count(pg_terminate_backend(pid)) from pg_stat_activity where usename = current_user "
               "and pid <> pg_backend_pid()");
}

static void a_lost_connection_is_made_anew_for_the_next_question(void **state)
{
    struct db *db = db_of(state);
    struct db *other = connect_again(db, DB_READ);
    struct err e;

    assert_int_equal(insert(db, &e), OK);
    end_connections_beside(other);
    assert_int_equal(rows(db), 1);
    end_connections_beside(other);
    assert_int_equal(insert(db, &e), OK);
    end_connections_beside(other);
    assert_int_equal(db_change(db, &e), OK);
    assert_int_equal(db_change_end(db, insert(db, &e), &line, &e), OK);
    assert_int_equal(rows(other), 3);
    db_close(other);
}

static void a_change_whose_connection_is_lost_leaves_nothing(void **state)
{
    struct db *db = db_of(state);
    struct db *other = connect_again(db, DB_READ);
    struct err e;

    assert_int_equal(db_change(db, &e), OK);
    assert_int_equal(insert(db, &e), OK);
    end_connections_beside(other);
    assert_int_equal(insert(db, &e), SYSTEM);
    assert_says(e, "try again in a moment");
    assert_int_equal(db_change_end(db, OK, &line, &e), SYSTEM);
    assert_int_equal(rows(db), 0);
    assert_int_equal(number(db, "select count(*) from audit"), 0);
    db_close(other);
}

/* A failed statement that nobody heeded does not let the rest be kept. */
static void a_change_with_a_fault_inside_is_not_kept(void **state)
{
    struct db *db = db_of(state);
    struct err e;

    assert_int_equal(db_begin(db, &e), OK);
    assert_int_equal(insert(db, &e), OK);
    assert_int_equal(db_script(db, "insert into t (a) values (null)", &e), SYSTEM);
    assert_int_equal(db_end(db, OK, &e), SYSTEM);
    assert_says(e, "a part of the change failed; nothing was changed");
    assert_int_equal(rows(db), 0);
}

static void a_part_is_undone_alone(void **state)
{
    struct db *db = db_of(state);
    struct err e;

    assert_int_equal(db_begin(db, &e), OK);
    assert_int_equal(insert(db, &e), OK);
    assert_int_equal(db_begin(db, &e), OK);
    assert_int_equal(db_script(db, "insert into t (a) values (null)", &e), SYSTEM);
    assert_int_equal(db_end(db, SYSTEM, &e), SYSTEM);
    assert_int_equal(db_end(db, OK, &e), OK);
    assert_int_equal(rows(db), 1);
}

static void *write_many(void *context)
{
    struct db *db = connect_again(context, DB_WRITE);
    struct err e;

    for (int i = 0; i < CHANGES; i++)
        if (db_change(db, &e) != OK || db_change_end(db, insert(db, &e), &line, &e) != OK)
            die("%s", e.what);
    db_close(db);
    return NULL;
}

static void writers_on_connections_of_their_own_keep_one_chain(void **state)
{
    struct db *db = db_of(state);
    pthread_t writer[WRITERS];
    struct audit_head head;
    struct err e;

    for (int i = 0; i < WRITERS; i++)
        assert_int_equal(pthread_create(&writer[i], NULL, write_many, db), 0);
    for (int i = 0; i < WRITERS; i++)
        pthread_join(writer[i], NULL);
    assert_int_equal(audit_verify(db, &head, &e), OK);
    assert_int_equal(head.last, WRITERS * CHANGES);
    assert_int_equal(rows(db), WRITERS * CHANGES);
}

static void what_is_held_is_read_as_it_was(void **state)
{
    struct db *db = db_of(state);
    struct db *reader = connect_again(db, DB_READ);
    struct err e;

    assert_int_equal(db_hold(reader, &e), OK);
    assert_int_equal(insert(db, &e), OK);
    assert_int_equal(rows(reader), 0);
    db_close(reader);
}

static void text_is_ordered_by_its_bytes(void **state)
{
    struct db *db = db_of(state);
    struct arena *a = ((struct scratch *)*state)->arena;
    struct err e;

    assert_int_equal(db_script(db, "insert into t (a, b) values (1, 'b'), (1, 'B'), (1, 'ä'), (1, 'a')", &e),
                     OK);
    struct query q = db_query(db, "select b from t order by b");
    const struct str expected[] = {S("B"), S("a"), S("b"), S("ä")};
    for (size_t i = 0; i < 4; i++) {
        assert_true(query_next(&q));
        assert_true(str_equal(query_str(&q, 0, a), expected[i]));
    }
    assert_int_equal(query_end(&q, &e), OK);
}

static void a_database_is_emptied_and_read_through(void **state)
{
    struct db *db = db_of(state);
    struct err e;

    assert_int_equal(insert(db, &e), OK);
    assert_int_equal(db_scrub(db, &e), OK);
    assert_int_equal(db_check(db, &e), OK);
    assert_int_equal(rows(db), 1);
}

static void a_server_that_is_not_there_is_told(void **state)
{
    struct db *db = NULL;
    struct err e;

    (void)state;
    assert_int_equal(db_open("postgresql://lykta@/lykta?host=/nowhere#lund", DB_READ, &db, &e), SYSTEM);
    assert_says(e, "cannot be reached");
    assert_null(db);
}

/* The same schema, as the role of another city on the server would ask for it. */
static struct db *open_as_neighbour(const struct db *db, struct arena *a)
{
    static const char own[] = "postgresql://lykta@";
    struct db *out = NULL;
    struct err e = {0};

    assert_memory_equal(db_path(db), own, strlen(own));
    assert_int_equal(
        db_open(arena_printf(a, "postgresql://neighbour@%s", db_path(db) + strlen(own)), DB_WRITE, &out, &e),
        OK);
    return out;
}

static void the_role_of_another_city_reads_and_writes_nothing(void **state)
{
    static const char *const asked[] = {"select * from", "delete from", "truncate", "drop table"};
    struct arena *a = ((struct scratch *)*state)->arena;
    struct db *neighbour = open_as_neighbour(db_of(state), a);
    const char *schema = strchr(db_path(neighbour), '#') + 1;
    struct err e = {0};

    assert_int_equal(insert(db_of(state), &e), OK);
    assert_int_not_equal(insert(neighbour, &e), OK);
    for (size_t i = 0; i < sizeof asked / sizeof *asked; i++) {
        assert_int_equal(db_script(neighbour, arena_printf(a, "%s \"%s\".t", asked[i], schema), &e), SYSTEM);
        assert_non_null(strstr(e.what, "the server does not allow this user that"));
    }
    db_close(neighbour);
    assert_int_equal(rows(db_of(state)), 1);
}

static void the_log_refuses_changes_to_its_own_role(void **state)
{
    struct err e = {0};

    assert_int_equal(audit_note(db_of(state), &line, &e), OK);
    assert_int_not_equal(db_script(db_of(state), "update audit set detail = 'x'", &e), OK);
    assert_int_not_equal(db_script(db_of(state), "delete from audit", &e), OK);
    assert_int_equal(number(db_of(state), "select count(*) from audit"), 1);
}

#define IN_PLACE(test) cmocka_unit_test_setup_teardown(test, place_open, place_close)

static enum status tell_and_end(struct db *db, enum status s, struct err *e)
{
    TRY(db_begin(db, e));
    TRY(db_tell(db, e));
    return db_end(db, s, e);
}

static void news_come_by_themselves_when_a_change_is_kept(void **state)
{
    struct db *reader = connect_again(db_of(state), DB_READ);
    struct err e = {0};

    assert_true(db_has_news(reader)); /* it has not listened before */
    assert_false(db_has_news(reader));
    assert_int_equal(tell_and_end(db_of(state), REFUSED, &e), REFUSED);
    assert_int_equal(number(reader, "select count(*) from t"), 0);
    assert_false(db_has_news(reader));
    assert_int_equal(tell_and_end(db_of(state), OK, &e), OK);
    while (!db_has_news(reader))
        continue;
    assert_false(db_has_news(reader));
    db_close(reader);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_PLACE(a_lost_connection_is_made_anew_for_the_next_question),
        IN_PLACE(a_change_whose_connection_is_lost_leaves_nothing),
        IN_PLACE(a_change_with_a_fault_inside_is_not_kept),
        IN_PLACE(a_part_is_undone_alone),
        IN_PLACE(writers_on_connections_of_their_own_keep_one_chain),
        IN_PLACE(what_is_held_is_read_as_it_was),
        IN_PLACE(text_is_ordered_by_its_bytes),
        IN_PLACE(the_role_of_another_city_reads_and_writes_nothing),
        IN_PLACE(the_log_refuses_changes_to_its_own_role),
        IN_PLACE(a_database_is_emptied_and_read_through),
        IN_PLACE(news_come_by_themselves_when_a_change_is_kept),
        cmocka_unit_test(a_server_that_is_not_there_is_told),
    };

    return cmocka_run_group_tests_name("db in a server", tests, NULL, NULL);
}
