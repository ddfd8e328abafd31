/* Whatever statement fails in what the store itself does: it is told, and nothing half-done stands in the way
 * of doing it again. */
#include "../failing_store.h"
#include "../scratch.h"
#include "../unit.h"

#include "store/audit.h"
#include "store/city.h"
#include "store/db.h"
#include "store/retention.h"

#include <unistd.h>

#define IN_SCRATCH(test) cmocka_unit_test_setup_teardown(test, scratch_open, scratch_close)

enum { START = 1795500000 /* 2026-11-24 */ };

static const struct who who = {.name = "person 1", .now_at = START, .role = "administrator", .why = "a test"};

struct place {
    struct scratch *scratch;
    struct city *city;
    struct db *db;
    int64_t proposal;
};

static const char *path_of(const struct place *p)
{
    return scratch_path(p->scratch, "lund");
}

static enum status make_city(void *test, struct err *e)
{
    struct place *p = test;
    const struct city_make make = {.municipality = S("1281"), .who = who};
    enum status s = city_init(path_of(p), &make, e);

    if (s != OK)
        assert_int_equal(access(path_of(p), F_OK), -1);
    return s;
}

static enum status open_city(void *test, struct err *e)
{
    struct place *p = test;

    return city_open(path_of(p), DB_WRITE, &p->city, e);
}

static struct place *place_of(struct scratch *scratch)
{
    struct place *p = arena_new(scratch->arena, 1, struct place);
    struct err e = {0};

    failing_store_on();
    p->scratch = scratch;
    if (make_city(p, &e) != OK || open_city(p, &e) != OK)
        die("%s", e.what);
    p->db = p->city->db;
    return p;
}

static enum status bring_up(void *test, struct err *e)
{
    struct place *p = test;
    size_t applied = 0;

    return city_migrate(path_of(p), START, &applied, e);
}

/* Of a city that cannot be made no folder is left. */
static void a_city_is_made_and_opened(void **state)
{
    struct place *p = arena_new(((struct scratch *)*state)->arena, 1, struct place);

    failing_store_on();
    p->scratch = *state;
    assert_each_statement_may_fail_by(make_city, p, 23); /* three of each block of tables */
    assert_each_statement_may_fail(open_city, p);
    city_close(p->city);
    assert_each_statement_may_fail(bring_up, p);
}

static enum status note(void *test, struct err *e)
{
    struct place *p = test;

    return audit_note(
        p->db, &(struct audit_line){.who = who, .action = "test.change", .subject = 7, .detail = S("x")}, e);
}

static enum status count_entry(void *context, const struct audit_entry *entry, struct err *e)
{
    (void)e;
    *(int64_t *)context = entry->id;
    return OK;
}

static enum status read_log(void *test, struct err *e)
{
    const struct audit_search search = {
        .who = S("person 1"), .from_at = 0, .before_at = START + 1, .up_to = 999};
    struct place *p = test;
    struct audit_head head = {0};
    struct audit_head walked = {0};
    struct audit_entries found = {0};
    struct audit_names names = {0};
    struct audit_finding finding = {0};
    int64_t last = 0;
    int64_t n = 0;

    TRY(audit_verify(p->db, &head, e));
    TRY(audit_check(p->db, &finding, e));
    TRY(audit_walk(p->db, count_entry, &last, &walked, e));
    TRY(audit_find(p->db, &search, 1000, p->scratch->arena, &found, e));
    TRY(audit_count(p->db, &search, &n, e));
    TRY(audit_names_read(p->db, p->scratch->arena, &names, e));
    assert_true(finding.is_whole);
    assert_int_equal(walked.last, head.last);
    assert_int_equal(last, head.last);
    assert_int_equal(found.n, n);
    return OK;
}

static void the_log_is_written_and_read(void **state)
{
    struct place *p = place_of(*state);
    struct audit_head before = {0};
    struct audit_head after = {0};
    struct err e = {0};

    assert_int_equal(audit_head_read(p->db, &before, &e), OK);
    assert_each_statement_may_fail(note, p);
    assert_int_equal(audit_head_read(p->db, &after, &e), OK);
    assert_int_equal(after.last, before.last + 1); /* the failed ones have left no line */
    assert_each_statement_may_fail(read_log, p);
    city_close(p->city);
}

static const struct retention_rule rules[] = {
    {.class = "note.left",
     .what = "notes that were left",
     .ground = "the test",
     .kept = {.months = 3},
     .count = "select count(*) from note where left_at < $1",
     .erase = {"delete from note where left_at < $1"}},
    {.class = NULL},
};
static const struct retention_rule *const tables[] = {rules, NULL};

static enum status delete_due(void *test, struct err *e)
{
    static const char left[] = "select count(*) from note";
    const struct retention_rules all = {.tables = tables};
    struct place *p = test;
    struct retention_classes done = {0};
    struct err other = {0};
    enum status s = retention_run(p->db, &all, &who, p->scratch->arena, &done, e);

    if (s != OK) {
        struct query q = db_query(p->db, left);
        int64_t n = query_next(&q) ? query_int(&q, 0) : -1;

        assert_int_equal(query_end(&q, &other), OK);
        assert_true(n == 2 || n == 0);
    }
    return s;
}

static enum status read_retention(void *test, struct err *e)
{
    struct place *p = test;
    struct arena *a = p->scratch->arena;
    struct retention_classes due = {0};
    struct retention_deleted *deleted = NULL;
    struct retention_proposal *proposal = NULL;
    struct str reason = {0};
    size_t n = 0;
    int64_t at = 0;

    TRY(retention_due(p->db, tables, START, a, &due, e));
    TRY(retention_history(p->db, 10, a, &deleted, &n, e));
    assert_int_equal(n, 1);
    TRY(retention_last_run(p->db, &at, e));
    assert_int_equal(at, START);
    TRY(retention_proposals(p->db, a, &proposal, &n, e));
    return retention_frozen(p->db, a, &reason, &at, e);
}

static enum status propose(void *test, struct err *e)
{
    struct place *p = test;
    const struct retention_proposal proposal = {.class = S("note.left"),
                                                .kept = {.months = 5},
                                                .decided_on = {2026, 11, 1},
                                                .decision = S("KS 2026/12")};

    return retention_propose(p->db, &proposal, &who, &p->proposal, e);
}

static enum status confirm(void *test, struct err *e)
{
    const struct who second = {.name = "person 2", .now_at = START};
    struct place *p = test;

    return retention_confirm(p->db, p->proposal, &second, e);
}

static enum status freeze(void *test, struct err *e)
{
    struct place *p = test;

    return retention_freeze(p->db, S("a request"), &who, e);
}

static enum status thaw(void *test, struct err *e)
{
    struct place *p = test;

    return retention_thaw(p->db, &who, e);
}

static void what_is_due_is_deleted_as_it_was_decided(void **state)
{
    static const char notes[] = "create table note (id {id}, left_at {int}) {strict};"
                                "insert into note (id, left_at) values (1, 1), (2, 2)";
    struct place *p = place_of(*state);
    struct err e = {0};

    assert_int_equal(db_script(p->db, notes, &e), OK);
    assert_each_statement_may_fail(delete_due, p);
    assert_each_statement_may_fail(propose, p);
    assert_each_statement_may_fail(read_retention, p);
    assert_each_statement_may_fail(confirm, p);
    assert_each_statement_may_fail(freeze, p);
    assert_each_statement_may_fail(read_retention, p);
    assert_each_statement_may_fail(thaw, p);
    city_close(p->city);
}

static enum status choose(void *test, struct err *e)
{
    struct place *p = test;
    struct settings wanted = *city_settings(p->city);

    wanted.name = S("Exempelstad");
    wanted.config.email = S("ex@exempel.example");
    return settings_save(p->db, &who, &p->city->file, &wanted, e);
}

static enum status read_choice(void *test, struct err *e)
{
    struct place *p = test;
    struct settings read = {0};
    struct str names = {0};

    TRY(settings_read(p->db, &p->city->file, p->scratch->arena, &read, e));
    assert_str(read.name, "Exempelstad");
    TRY(settings_changed(p->db, p->scratch->arena, &names, e));
    TRY(settings_note(p->db, &who, "settings.change", e));
    return city_refresh(p->city, p->db, e);
}

static void what_the_city_has_chosen_is_kept(void **state)
{
    struct place *p = place_of(*state);

    assert_each_statement_may_fail(choose, p);
    assert_each_statement_may_fail(read_choice, p);
    city_close(p->city);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_SCRATCH(a_city_is_made_and_opened),

        IN_SCRATCH(the_log_is_written_and_read),
        IN_SCRATCH(what_is_due_is_deleted_as_it_was_decided),
        IN_SCRATCH(what_the_city_has_chosen_is_kept),

    };

    return cmocka_run_group_tests_name("failing", tests, NULL, NULL);
}
