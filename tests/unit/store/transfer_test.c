/* Everything a database holds, moved to the other engine and back. Run by tests/with_postgres.py. */
#include "store/db_transfer.h"

#include "../database.h"
#include "../unit.h"

#include "backup/backup.h"
#include "store/audit.h"
#include "store/city.h"
#include "store/city_copy.h"
#include "store/db.h"
#include "store/migrate.h"

#include <unistd.h>

static const struct who who = {.name = "test", .now_at = 1795521600};

static struct db *make(const char *path)
{
    struct db *db = NULL;
    struct err e = {0};
    size_t applied = 0;

    if (db_open(path, DB_CREATE, &db, &e) != OK || migrate(db, migrations, 7, &applied, &e) != OK)
        die("%s", e.what);
    return db;
}

/* Rows of all kinds: nulls beside numbers, letters of several bytes, bytes that are no text, references. */
static void fill(struct db *db)
{
    static const char sealed[] =
        "insert into sealed_text (seal, field, generation, box) values ($1, 'text', 9223372036854775807, $2)";
    struct err e;

    assert_int_equal(db_script(db,
                               "insert into plan_measure (template, goal, title, owner, done_when, deadline, "
                               "legal, evidence, note, state, reminded, version) values ('', 'detect', "
                               "'Åtgärd \xe2\x82\xac', null, '', '2026-12-01', '', '', '', 'waiting', 0, 1), "
                               "('', 'support', '', null, '', null, '', '', '', 'waiting', 0, 1);"
                               "insert into plan_step (measure, at, state, note) values (2, 1, 'done', '');",
                               &e),
                     OK);
    struct query q = db_query(db, sealed);
    bind_blob(&q, 1, (struct str){"\0\1\2\3\4\5\6\7\x80\xff\xfe\xfd\\x'\"", 16});
    bind_blob(&q, 2, S(""));
    assert_int_equal(query_run(&q, &e), OK);
    assert_int_equal(audit_note(db, &(struct audit_line){.who = who, .action = "test.change"}, &e), OK);
}

static struct db_content content_of(struct db *db)
{
    struct db_content content;
    struct err e;

    if (db_content_read(db, &content, &e) != OK)
        die("%s", e.what);
    return content;
}

static void assert_same(const struct db_content *a, const struct db_content *b)
{
    assert_int_equal(a->tables, b->tables);
    assert_int_equal(a->rows, b->rows);
    assert_memory_equal(a->hash, b->hash, sizeof a->hash);
}

static int64_t new_number(struct db *db)
{
    struct query q =
        db_query(db, "insert into plan_step (measure, at, state, note) values (2, 1, 'done', '') "
                     "returning id");
    struct err e;
    int64_t id = query_next(&q) ? query_int(&q, 0) : 0;

    assert_int_equal(query_end(&q, &e), OK);
    return id;
}

/* Each has a row that tells of it. */
static int64_t blocks(void)
{
    int64_t n = 0;

    while (migrations[n].sql)
        n++;
    return n;
}

static void what_goes_to_a_server_and_back_is_the_same(void **state)
{
    struct scratch *s = *state;
    struct db *file = make(scratch_path(s, "first.db"));
    struct db *server = make(scratch_database(s, "there"));
    struct db *back = make(scratch_path(s, "back.db"));
    struct db_content moved;
    struct audit_head head;
    struct err e;

    fill(file);
    const struct db_content before = content_of(file);
    assert_int_equal(before.rows, 6 + blocks());
    assert_int_equal(db_transfer(file, server, NULL, &moved, &e), OK);
    assert_same(&moved, &before);
    assert_int_equal(db_transfer(server, back, NULL, &moved, &e), OK);
    const struct db_content after = content_of(back);
    assert_same(&after, &before);
    assert_int_equal(audit_verify(server, &head, &e), OK);
    assert_int_equal(new_number(server), 2);
    db_close(file);
    db_close(server);
    db_close(back);
}

static void one_changed_letter_is_another_content(void **state)
{
    struct db *db = make(scratch_path(*state, "first.db"));
    struct err e;

    fill(db);
    const struct db_content before = content_of(db);
    assert_int_equal(db_script(db, "update plan_measure set title = 'x' where title = ''", &e), OK);
    const struct db_content after = content_of(db);
    assert_int_equal(after.rows, before.rows);
    assert_memory_not_equal(after.hash, before.hash, sizeof after.hash);
    db_close(db);
}

static void what_does_not_fit_leaves_the_other_empty(void **state)
{
    struct scratch *s = *state;
    struct db *file = make(scratch_path(s, "first.db"));
    struct db *server = make(scratch_database(s, "there"));
    const struct db_content before = content_of(server);
    struct db_content moved;
    struct err e;

    fill(file);
    assert_int_equal(db_script(server, "alter table plan_step add check (at > 1)", &e), OK);
    assert_int_not_equal(db_transfer(file, server, NULL, &moved, &e), OK);
    const struct db_content after = content_of(server);
    assert_same(&after, &before);
    db_close(file);
    db_close(server);
}

static struct city *open_city(const char *path)
{
    struct city *city = NULL;
    struct err e;

    if (city_open(path, DB_WRITE, &city, &e) != OK)
        die("%s", e.what);
    return city;
}

static void a_city_moves_to_a_server_and_back(void **state)
{
    struct scratch *s = *state;
    const char *path = scratch_path(s, "lund");
    const struct city_make lund = {.municipality = S("1281"), .who = who};
    struct db_content there, back;
    struct audit_head head;
    struct err e;

    assert_int_equal(city_init(path, &lund, &e), OK);
    struct city *city = open_city(path);
    assert_int_equal(city_copy(city, str_of(scratch_database(s, "lund")), &who, NULL, &there, &e), OK);
    city_close(city);
    assert_int_equal(unlink(scratch_path(s, "lund/lykta.db")), 0);
    city = open_city(path);
    assert_true(city_is_in_server(city));
    assert_int_equal(audit_note(city->db, &(struct audit_line){.who = who, .action = "test.change"}, &e), OK);
    assert_int_equal(city_copy(city, S(""), &who, NULL, &back, &e), OK);
    city_close(city);
    city = open_city(path);
    assert_false(city_is_in_server(city));
    assert_int_equal(back.rows, there.rows + 2);
    assert_int_equal(audit_verify(city->db, &head, &e), OK);
    assert_int_equal(head.last, 4);
    city_close(city);
}

static void a_city_is_copied_only_where_nothing_is(void **state)
{
    struct scratch *s = *state;
    const char *path = scratch_path(s, "lund");
    const struct city_make lund = {.municipality = S("1281"), .who = who};
    struct db_content content;
    struct err e;

    assert_int_equal(city_init(path, &lund, &e), OK);
    db_close(make(scratch_database(s, "taken")));
    struct city *city = open_city(path);
    assert_int_equal(city_copy(city, str_of(scratch_database(s, "taken")), &who, NULL, &content, &e),
                     BAD_INPUT);
    assert_says(e, "already");
    assert_int_not_equal(city_copy(city, S(""), &who, NULL, &content, &e), OK);
    city_close(city);
    city_close(open_city(path));
}

static void a_city_that_begins_in_a_server_keeps_its_keys_in_its_folder(void **state)
{
    struct scratch *s = *state;
    const char *path = scratch_path(s, "lund");
    const struct city_make lund = {
        .municipality = S("1281"), .database = str_of(scratch_database(s, "begun")), .who = who};
    struct err e;

    assert_int_equal(city_init(path, &lund, &e), OK);
    assert_int_not_equal(access(scratch_path(s, "lund/lykta.db"), F_OK), 0);
    assert_int_equal(access(scratch_path(s, "lund/keys"), F_OK), 0);
    city_close(open_city(path));
    city_remove(path);
    struct db *gone = NULL;
    assert_int_equal(db_open(scratch_database(s, "begun"), DB_READ, &gone, &e), BAD_INPUT);
}

static void a_city_that_could_not_be_made_leaves_the_schema_of_another(void **state)
{
    struct scratch *s = *state;
    const struct city_make lund = {
        .municipality = S("1281"), .database = str_of(scratch_database(s, "mine")), .who = who};
    struct err e;

    assert_int_equal(city_init(scratch_path(s, "lund"), &lund, &e), OK);
    assert_int_equal(city_init(scratch_path(s, "second"), &lund, &e), BAD_INPUT);
    assert_int_not_equal(access(scratch_path(s, "second"), F_OK), 0);
    city_close(open_city(scratch_path(s, "lund")));
}

/* A trial must never open the database of the city that is served. */
static void a_backup_of_a_city_in_a_server_comes_back_as_a_file(void **state)
{
    struct scratch *s = *state;
    const char *path = scratch_path(s, "lund");
    const struct city_make lund = {
        .municipality = S("1281"), .database = str_of(scratch_database(s, "saved")), .who = who};
    struct backup_size size;
    struct backup_key key;
    struct audit_head head;
    struct err e;

    assert_int_equal(city_init(path, &lund, &e), OK);
    struct city *city = open_city(path);
    assert_int_equal(backup_key_make(city, scratch_path(s, "lund.key"), &who, &e), OK);
    assert_int_equal(backup_write(city, city->db, scratch_path(s, "lund.backup"), &who, NULL, &size, &e), OK);
    city_close(city);
    assert_int_equal(backup_key_read(scratch_path(s, "lund.key"), &key, &e), OK);
    assert_int_equal(backup_unpack(scratch_path(s, "lund.backup"), &key, scratch_path(s, "back"), &size, &e),
                     OK);
    city = open_city(scratch_path(s, "back"));
    assert_false(city_is_in_server(city));
    assert_int_equal(audit_verify(city->db, &head, &e), OK);
    city_close(city);
}

static void a_copy_of_a_server_is_a_file(void **state)
{
    struct scratch *s = *state;
    struct db *server = make(scratch_database(s, "there"));
    struct db *reader = NULL, *copy = NULL;
    struct err e;

    fill(server);
    assert_int_equal(db_open(scratch_database(s, "there"), DB_READ, &reader, &e), OK);
    assert_int_equal(db_hold(reader, &e), OK);
    const struct db_content before = content_of(reader);
    assert_int_equal(new_number(server), 2);
    assert_int_equal(db_copy(reader, scratch_path(s, "copy.db"), NULL, &e), OK);
    assert_int_equal(db_open(scratch_path(s, "copy.db"), DB_READ, &copy, &e), OK);
    const struct db_content after = content_of(copy);
    assert_same(&after, &before);
    db_close(copy);
    db_close(reader);
    db_close(server);
}

#define IN_SCRATCH(test) cmocka_unit_test_setup_teardown(test, scratch_open, scratch_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_SCRATCH(what_goes_to_a_server_and_back_is_the_same),
        IN_SCRATCH(one_changed_letter_is_another_content),
        IN_SCRATCH(what_does_not_fit_leaves_the_other_empty),
        IN_SCRATCH(a_city_moves_to_a_server_and_back),
        IN_SCRATCH(a_city_is_copied_only_where_nothing_is),
        IN_SCRATCH(a_city_that_begins_in_a_server_keeps_its_keys_in_its_folder),
        IN_SCRATCH(a_city_that_could_not_be_made_leaves_the_schema_of_another),
        IN_SCRATCH(a_backup_of_a_city_in_a_server_comes_back_as_a_file),
        IN_SCRATCH(a_copy_of_a_server_is_a_file),
    };

    return cmocka_run_group_tests_name("transfer", tests, NULL, NULL);
}
