/* Both engines have the same tables. Run by tests/with_postgres.py. */
#include "../database.h"
#include "../unit.h"

#include "base/text.h"
#include "store/db.h"
#include "store/migrate.h"

/* Each asks for the same lines: of one kind of thing, in order. */
struct listing {
    const char *what;
    const char *in_file, *in_server;
};

static const struct listing listings[] = {
    {"columns: table, name, kind, may it be null, has it a default",
     "select m.name, c.name, lower(c.type), c.\"notnull\" or c.pk > 0, c.dflt_value is not null from "
     "sqlite_schema m join pragma_table_info(m.name) c where m.type = 'table' and m.name not like 'sqlite%' "
     "order by 1, 2",
     "select table_name::text collate \"C\", column_name::text collate \"C\", case data_type when 'bigint' then "
     "'integer' when 'double precision' then 'real' when 'bytea' then 'blob' else data_type::text end, case "
     "is_nullable when 'NO' then 1 else 0 end, case when column_default is null then 0 else 1 end from "
     "information_schema.columns where table_schema = current_schema() order by 1, 2"},
    {"references: table, column, table, column",
     "select m.name, f.\"from\", f.\"table\", f.\"to\", '' from sqlite_schema m join "
     "pragma_foreign_key_list(m.name) f where m.type = 'table' order by 1, 2, 3",
     "select t.relname::text collate \"C\", a.attname::text collate \"C\", r.relname::text collate \"C\", "
     "b.attname::text, '' from pg_constraint k join pg_class t on t.oid = k.conrelid join pg_class r on r.oid "
     "= k.confrelid cross join lateral unnest(k.conkey, k.confkey) as pair (own, other) join pg_attribute a on "
     "a.attrelid = t.oid and a.attnum = pair.own join pg_attribute b on b.attrelid = r.oid and b.attnum = "
     "pair.other where k.contype = 'f' and t.relnamespace = current_schema()::regnamespace order by 1, 2, 3"},
    {"keys: table, column and place of the primary key",
     "select m.name, c.name, c.pk, '', '' from sqlite_schema m join pragma_table_info(m.name) c where m.type = "
     "'table' and c.pk > 0 order by 1, 3",
     "select t.relname::text collate \"C\", a.attname::text, pair.place, '', '' from pg_constraint k join "
     "pg_class t on t.oid = k.conrelid cross join lateral unnest(k.conkey) with ordinality as pair (own, place) "
     "join pg_attribute a on a.attrelid = t.oid and a.attnum = pair.own where k.contype = 'p' and "
     "t.relnamespace = current_schema()::regnamespace order by 1, 3"},
    {"triggers: table and name",
     "select tbl_name, name, '', '', '' from sqlite_schema where type = 'trigger' order by 1, 2",
     "select t.relname::text collate \"C\", g.tgname::text collate \"C\", '', '', '' from pg_trigger g join "
     "pg_class t on t.oid = g.tgrelid where not g.tgisinternal and t.relnamespace = "
     "current_schema()::regnamespace order by 1, 2"},
    {"indexes that have a name: table, name, is it unique",
     "select m.name, i.name, i.\"unique\", i.partial, '' from sqlite_schema m join pragma_index_list(m.name) i "
     "where m.type = 'table' and i.origin = 'c' order by 1, 2",
     "select t.relname::text collate \"C\", i.relname::text collate \"C\", case when x.indisunique then 1 else 0 "
     "end, case when x.indpred is null then 0 else 1 end, '' from pg_index x join pg_class t on t.oid = "
     "x.indrelid join pg_class i on i.oid = x.indexrelid where t.relnamespace = "
     "current_schema()::regnamespace and not exists (select 1 from pg_constraint k where k.conindid = "
     "x.indexrelid) order by 1, 2"},
};

static struct db *make(const char *path)
{
    struct db *db = NULL;
    struct err e = {0};
    size_t applied = 0;

    if (db_open(path, DB_CREATE, &db, &e) != OK || migrate(db, migrations, 0, &applied, &e) != OK)
        die("%s", e.what);
    return db;
}

static const char *lines(struct db *db, const char *sql, struct arena *a)
{
    struct query q = db_query(db, sql);
    struct text out = text_open(a);
    struct err e = {0};

    while (query_next(&q)) {
        for (int i = 0; i < 5; i++) {
            text_add(&out, query_str(&q, i, a));
            text_add(&out, S(" "));
        }
        text_add(&out, S("\n"));
    }
    if (query_end(&q, &e) != OK)
        die("%s", e.what);
    return text_str(&out).p;
}

static void both_engines_have_the_same_tables(void **state)
{
    struct scratch *scratch = *state;
    struct db *file = make(scratch_path(scratch, "lykta.db"));
    struct db *server = make(scratch_database(scratch, "lykta"));

    for (size_t i = 0; i < sizeof listings / sizeof *listings; i++) {
        const char *expected = lines(file, listings[i].in_file, scratch->arena);

        assert_true(strlen(expected) > 100);
        assert_string_equal(lines(server, listings[i].in_server, scratch->arena), expected);
    }
    db_close(file);
    db_close(server);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(both_engines_have_the_same_tables, scratch_open, scratch_close),
    };

    return cmocka_run_group_tests_name("schema", tests, NULL, NULL);
}
