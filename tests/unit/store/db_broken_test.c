/* Whatever message to a server is lost, or refused by it: it is told, or asked for again where nothing is
 * lost with it, and nothing half-done is left. Run by tests/with_postgres.py. */
#include "../database.h"
#include "../unit.h"
#include "breaking_line.h"

#include "store/city.h"
#include "store/city_copy.h"
#include "store/claim.h"
#include "store/db.h"

#include <unistd.h>

enum { MANY = 450 /* more than are sent before the server is heard */ };

static const struct who who = {.name = "test", .now_at = 1795521600};

struct place {
    struct scratch *scratch;
    struct db *db, *other; /* connections to the same tables; nothing breaks while the other is asked */
    struct city *city;
    int64_t rows; /* that are to be there */
    int tries;
    bool is_done;
};

static int place_open(void **state)
{
    struct err e = {0};

    if (scratch_open(state) != 0)
        return -1;
    struct scratch *scratch = *state;
    struct place *p = arena_new(scratch->arena, 1, struct place);
    const char *path = scratch_database(scratch, "place");
    scratch->mine = p;
    p->scratch = scratch;
    if (db_open(path, DB_CREATE, &p->db, &e) != OK || db_open(path, DB_READ, &p->other, &e) != OK ||
        db_script(p->db, "create table t (a {int} not null, b {text}) {strict}", &e) != OK)
        return -1;
    return 0;
}

static struct place *place_of(void **state)
{
    return ((struct scratch *)*state)->mine;
}

static int place_close(void **state)
{
    struct place *p = place_of(state);

    city_close(p->city);
    db_close(p->other);
    db_close(p->db);
    return scratch_close(state);
}

#define IN_PLACE(test) cmocka_unit_test_setup_teardown(test, place_open, place_close)

static void both_ways(const struct breaking_act *a, struct place *p)
{
    assert_each_message_may_fail(LINE_BREAKS, a, p);
    assert_each_message_may_fail(SERVER_REFUSES, a, p);
}

static enum status count(struct db *db, int64_t *n, struct err *e)
{
    static const char sql[] = "select count(*) from t where b = $1 and a > $2";
    struct query q = db_query(db, sql);

    bind_str(&q, 1, S("x"));
    bind_int(&q, 2, 0);
    *n = query_next(&q) ? query_int(&q, 0) : -1;
    return query_end(&q, e);
}

static void look(void *test)
{
    struct place *p = test;
    struct err e = {0};
    int64_t n = 0;

    assert_int_equal(count(p->other, &n, &e), OK);
    assert_int_equal(n, p->rows);
}

static enum status counted(struct place *p, enum status s, int64_t rows)
{
    if (s == OK)
        p->rows += rows;
    return s;
}

static enum status insert(struct db *db, enum status (*run)(struct query *q, struct err *e), struct err *e)
{
    static const char sql[] = "insert into t (a, b) values ($1, $2)";
    struct query q = db_query(db, sql);

    bind_int(&q, 1, 7);
    bind_str(&q, 2, S("x"));
    return run(&q, e);
}

static enum status insert_alone(void *test, struct err *e)
{
    struct place *p = test;

    return counted(p, insert(p->db, query_run, e), 1);
}

static enum status send_alone(void *test, struct err *e)
{
    struct place *p = test;

    return counted(p, insert(p->db, query_send, e), 1);
}

static void a_row_is_written_whole_or_not_at_all(void **state)
{
    both_ways(&(struct breaking_act){insert_alone, look}, place_of(state));
    both_ways(&(struct breaking_act){send_alone, look}, place_of(state));
}

static enum status in_parts(struct db *db, struct err *e)
{
    TRY(insert(db, query_run, e));
    TRY(db_begin(db, e));
    TRY(db_end(db, insert(db, query_run, e), e));
    return db_tell(db, e);
}

static enum status change_in_parts(void *test, struct err *e)
{
    struct place *p = test;

    TRY(db_begin(p->db, e));
    return counted(p, db_end(p->db, in_parts(p->db, e), e), 2);
}

static void a_change_of_several_parts_is_kept_whole_or_not_at_all(void **state)
{
    both_ways(&(struct breaking_act){change_in_parts, look}, place_of(state));
}

static enum status send_many(struct db *db, struct err *e)
{
    for (int i = 0; i < MANY; i++)
        TRY(insert(db, query_send, e));
    return OK;
}

static enum status change_of_many(void *test, struct err *e)
{
    struct place *p = test;

    TRY(db_begin(p->db, e));
    return counted(p, db_end(p->db, send_many(p->db, e), e), MANY);
}

/* The first message makes the statement ready, and the last two end what was sent: they are tried, too. */
static void of_many_rows_that_are_sent_all_are_kept_or_none(void **state)
{
    static const struct breaking_act many = {change_of_many, look};
    struct place *p = place_of(state);

    assert_each_message_may_fail_by(LINE_BREAKS, &many, p, 50);
    assert_each_message_may_fail_by(SERVER_REFUSES, &many, p, 45);
}

static enum status read_rows(void *test, struct err *e)
{
    struct place *p = test;
    int64_t n = 0, now_at = 0;

    TRY(count(p->db, &n, e));
    assert_int_equal(n, p->rows);
    TRY(db_clock(p->db, &now_at, e));
    assert_true(now_at > 0);
    return OK;
}

static void what_is_read_is_asked_for_again(void **state)
{
    both_ways(&(struct breaking_act){read_rows, NULL}, place_of(state));
}

static enum status look_after(void *test, struct err *e)
{
    struct place *p = test;

    TRY(db_scrub(p->db, e));
    TRY(db_check(p->db, e));
    return db_analyze(p->db, "t", e);
}

static void looking_after_the_tables_is_told_when_it_fails(void **state)
{
    struct place *p = place_of(state);

    p->rows = 1;
    assert_int_equal(insert(p->db, query_run, &(struct err){0}), OK);
    both_ways(&(struct breaking_act){look_after, look}, p);
}

static enum status open_again(void *test, struct err *e)
{
    struct place *p = test;
    struct db *db = NULL;
    int64_t n = 0;

    TRY(db_open(db_path(p->db), DB_WRITE, &db, e));
    enum status s = count(db, &n, e);
    db_close(db);
    return s;
}

static void a_connection_is_made_or_its_failure_told(void **state)
{
    both_ways(&(struct breaking_act){open_again, NULL}, place_of(state));
}

static const char *new_schema(const struct place *p)
{
    return scratch_database(p->scratch, "made");
}

static enum status make_schema(void *test, struct err *e)
{
    struct place *p = test;
    struct db *db = NULL;
    enum status s = db_open(new_schema(p), DB_CREATE, &db, e);

    p->is_done = s == OK;
    db_close(db);
    return s;
}

static void assert_no_schema(const struct place *p)
{
    struct db *db = NULL;
    struct err e = {0};

    assert_int_equal(db_open(new_schema(p), DB_READ, &db, &e), BAD_INPUT);
}

static void no_schema_is_left(void *test)
{
    struct place *p = test;

    if (p->is_done)
        db_discard(new_schema(p));
    assert_no_schema(p);
}

static void a_schema_that_could_not_be_made_whole_is_not_left(void **state)
{
    both_ways(&(struct breaking_act){make_schema, no_schema_is_left}, place_of(state));
}

static struct city *city_at(const struct place *p, struct str database)
{
    const struct city_make make = {.municipality = S("1281"), .database = database, .who = who};
    const char *path = scratch_path(p->scratch, "lund");
    struct city *city = NULL;
    struct err e = {0};

    if (city_init(path, &make, &e) != OK || city_open(path, DB_WRITE, &city, &e) != OK)
        die("%s", e.what);
    return city;
}

static enum status hold_the_claim(void *test, struct err *e)
{
    struct place *p = test;

    p->is_done = false;
    TRY(city_work(p->city, "one", e));
    p->is_done = true;
    return OK;
}

static void who_holds_it_is_the_first(void *test)
{
    struct place *p = test;

    assert_int_equal(city_is_first(p->city), p->is_done);
    city_unlock(p->city);
    p->city->holder = NULL;
    atomic_store(p->city->claimed_until_ms, 0);
}

static void who_cannot_reach_the_server_is_not_the_first(void **state)
{
    struct place *p = place_of(state);

    p->city = city_at(p, str_of(scratch_database(p->scratch, "city")));
    both_ways(&(struct breaking_act){hold_the_claim, who_holds_it_is_the_first}, p);
}

static enum status touch(struct db *db, struct err *e)
{
    static const char sql[] = "update mail_server set reason = reason where id = 1";
    struct query q = db_query(db, sql);

    return query_run(&q, e);
}

static enum status write_as_the_first(void *test, struct err *e)
{
    struct place *p = test;

    TRY(db_begin(p->city->db, e));
    return db_end(p->city->db, touch(p->city->db, e), e);
}

static void a_change_of_who_has_the_claim_is_told_when_it_fails(void **state)
{
    struct place *p = place_of(state);
    struct err e = {0};

    p->city = city_at(p, str_of(scratch_database(p->scratch, "city")));
    assert_int_equal(city_work(p->city, "one", &e), OK);
    city_fence(p->city, p->city->db, CITY_FIRST);
    both_ways(&(struct breaking_act){write_as_the_first, NULL}, p);
    city_fence(p->city, p->city->db, CITY_ANYBODY);
}

/* A copy that is begun is not gone on with through another connection, which reads another moment. */
static enum status copy_held(void *test, struct err *e)
{
    struct place *p = test;
    const char *path = scratch_path(p->scratch, arena_printf(p->scratch->arena, "copy%d.db", p->tries++));
    struct db *reader = NULL;

    TRY(city_connect(p->city, DB_READ, &reader, e));
    enum status s = db_hold(reader, e);
    if (s == OK)
        s = db_copy(reader, path, NULL, e);
    db_close(reader);
    return s;
}

static void a_copy_of_a_moment_is_whole_or_told(void **state)
{
    static const struct breaking_act copying = {copy_held, NULL};
    struct place *p = place_of(state);

    p->city = city_at(p, str_of(scratch_database(p->scratch, "city")));
    assert_each_message_may_fail_by(LINE_BREAKS, &copying, p, 283);
    assert_each_message_may_fail_by(SERVER_REFUSES, &copying, p, 307);
}

static struct str conf_of(const struct place *p)
{
    struct str text = {0};
    struct err e = {0};

    assert_int_equal(
        file_read(scratch_path(p->scratch, "lund/lykta.conf"), 1 << 16, p->scratch->arena, &text, &e), OK);
    return text;
}

static enum status move_there(void *test, struct err *e)
{
    struct place *p = test;
    struct db_content content;
    enum status s = city_copy(p->city, str_of(new_schema(p)), &who, NULL, &content, e);

    p->is_done = s == OK;
    return s;
}

static void it_is_there_or_here(void *test)
{
    struct place *p = test;
    const char *named = strstr(arena_cstr(p->scratch->arena, conf_of(p).p, conf_of(p).n), "#made_");

    assert_int_equal(named != NULL, p->is_done);
    if (!p->is_done)
        assert_no_schema(p);
}

static enum status move_back(void *test, struct err *e)
{
    struct place *p = test;
    const char *file = scratch_path(p->scratch, "lund/lykta.db");
    struct db_content content;
    enum status s = city_copy(p->city, S(""), &who, NULL, &content, e);

    assert_int_equal(unlink(file) == 0, s == OK);
    return s;
}

/* What is left behind is put out of the way, and the city opened where it is now. */
static void open_where_it_is(struct place *p)
{
    struct err e = {0};

    city_close(p->city);
    (void)unlink(scratch_path(p->scratch, "lund/lykta.db"));
    assert_int_equal(city_open(scratch_path(p->scratch, "lund"), DB_WRITE, &p->city, &e), OK);
}

/* Few of the very many messages are tried: each is of the same kinds. */
static void a_city_moves_whole_or_stays_where_it_was(void **state)
{
    struct place *p = place_of(state);

    p->city = city_at(p, S(""));
    assert_each_message_may_fail_by(SERVER_REFUSES, &(struct breaking_act){move_there, it_is_there_or_here},
                                    p, 401);
    open_where_it_is(p);
    assert_true(city_is_in_server(p->city));
    assert_each_message_may_fail_by(LINE_BREAKS, &(struct breaking_act){move_back, NULL}, p, 211);
}

/* News are asked for without a way to the server: a line that has broken is heard of, and counts as news. */
static void who_listens_on_a_broken_line_hears_of_it(void **state)
{
    struct place *p = place_of(state);

    assert_true(db_has_news(p->other));
    assert_false(db_has_news(p->other));
    breaking_line_now(LINE_BREAKS);
    assert_true(db_has_news(p->other));
    look(p);
    breaking_line_now(SERVER_REFUSES);
    assert_true(db_has_news(p->other)); /* it could not be listened anew */
    assert_true(db_has_news(p->other));
    assert_false(db_has_news(p->other));
}

static void what_the_server_refuses_is_told_and_undone(void **state)
{
    struct place *p = place_of(state);
    struct err e = {0};

    breaking_line_now(SERVER_REFUSES);
    assert_int_equal(insert_alone(p, &e), SYSTEM);
    assert_says(e, "division by zero");
    look(p);
}

static void an_address_that_cannot_be_opened_is_told(void **state)
{
    struct db *db = NULL;
    struct err e = {0};

    (void)state;
    assert_int_equal(db_open("postgresql://lykta:secret@/lykta#lund", DB_WRITE, &db, &e), BAD_INPUT);
    assert_says(e, "password");
    assert_int_equal(db_open("postgresql://lykta@/lykta", DB_WRITE, &db, &e), BAD_INPUT);
    assert_says(e, "names no schema");
    assert_null(db);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_PLACE(a_row_is_written_whole_or_not_at_all),
        IN_PLACE(a_change_of_several_parts_is_kept_whole_or_not_at_all),
        IN_PLACE(of_many_rows_that_are_sent_all_are_kept_or_none),
        IN_PLACE(what_is_read_is_asked_for_again),
        IN_PLACE(looking_after_the_tables_is_told_when_it_fails),
        IN_PLACE(a_connection_is_made_or_its_failure_told),
        IN_PLACE(a_schema_that_could_not_be_made_whole_is_not_left),
        IN_PLACE(who_cannot_reach_the_server_is_not_the_first),
        IN_PLACE(a_change_of_who_has_the_claim_is_told_when_it_fails),
        IN_PLACE(a_copy_of_a_moment_is_whole_or_told),
        IN_PLACE(a_city_moves_whole_or_stays_where_it_was),
        IN_PLACE(who_listens_on_a_broken_line_hears_of_it),
        IN_PLACE(what_the_server_refuses_is_told_and_undone),
        cmocka_unit_test(an_address_that_cannot_be_opened_is_told),
    };

    return cmocka_run_group_tests_name("db on a broken line", tests, NULL, NULL);
}
