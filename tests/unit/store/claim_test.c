/* The claim to do what a served city does by itself: one holder at a time, and nobody for ever. */
#include "../copy_folder.h"
#include "../database.h"
#include "../unit.h"

#include "store/city.h"
#include "store/claim.h"
#include "store/db.h"
#include "store/errand.h"
#include "store/migrate.h"

#include <pthread.h>
#include <stdlib.h>
#include <unistd.h>

static struct db *database_of(void **state)
{
    struct db *db = NULL;
    struct err e = {0};
    size_t applied = 0;

    assert_int_equal(db_open(scratch_database(*state, "claim"), DB_CREATE, &db, &e), OK);
    assert_int_equal(migrate(db, migrations, 0, &applied, &e), OK);
    return db;
}

static bool takes(struct db *db, const char *holder)
{
    struct err e = {0};
    bool is_ours = false;

    if (claim_take(db, holder, &is_ours, &e) != OK)
        fail_msg("%s", e.what);
    return is_ours;
}

/* Moves the end of the claim by so many seconds. */
static void move_end(struct db *db, int64_t seconds)
{
    static const char sql[] = "update work_claim set until_at = until_at + $1";
    struct query q = db_query(db, sql);
    struct err e = {0};

    bind_int(&q, 1, seconds);
    assert_int_equal(query_run(&q, &e), OK);
}

static void one_has_the_claim_and_the_other_waits(void **state)
{
    struct db *db = database_of(state);

    assert_true(takes(db, "one"));
    assert_false(takes(db, "other"));
    assert_true(takes(db, "one"));
    db_close(db);
}

static void a_claim_that_is_given_back_is_free_at_once(void **state)
{
    struct db *db = database_of(state);
    struct err e = {0};

    assert_true(takes(db, "one"));
    assert_int_equal(claim_give_back(db, "other", &e), OK);
    assert_false(takes(db, "other"));
    assert_int_equal(claim_give_back(db, "one", &e), OK);
    assert_true(takes(db, "other"));
    db_close(db);
}

static void a_claim_whose_time_is_over_is_the_next_ones(void **state)
{
    struct db *db = database_of(state);

    assert_true(takes(db, "one"));
    move_end(db, -CLAIM_SECONDS + 5);
    assert_false(takes(db, "other"));
    move_end(db, -6);
    assert_true(takes(db, "other"));
    assert_false(takes(db, "one"));
    db_close(db);
}

static void a_clock_that_is_set_back_keeps_nobody_waiting(void **state)
{
    struct db *db = database_of(state);

    assert_true(takes(db, "one"));
    move_end(db, 3600);
    assert_true(takes(db, "other"));
    db_close(db);
}

struct rival {
    const char *path;
    const char *holder;
    bool has_it;
};

static void *rush(void *context)
{
    struct rival *r = context;
    struct db *db = NULL;
    struct err e = {0};

    if (db_open(r->path, DB_WRITE, &db, &e) == OK && claim_take(db, r->holder, &r->has_it, &e) != OK)
        r->has_it = false;
    db_close(db);
    return NULL;
}

static void of_many_who_ask_at_once_one_has_it(void **state)
{
    struct db *db = database_of(state);
    struct rival rival[8];
    pthread_t thread[8];
    int have = 0;

    for (int i = 0; i < 8; i++) {
        rival[i] = (struct rival){db_path(db), claim_holder(((struct scratch *)*state)->arena), false};
        assert_int_equal(pthread_create(&thread[i], NULL, rush, &rival[i]), 0);
    }
    for (int i = 0; i < 8; i++) {
        pthread_join(thread[i], NULL);
        have += rival[i].has_it;
    }
    assert_int_equal(have, 1);
    db_close(db);
}

static enum status touch(struct db *db, struct err *e)
{
    static const char sql[] = "update mail_server set reason = reason where id = 1";
    struct query q = db_query(db, sql);

    return query_run(&q, e);
}

static void what_is_changed_without_the_claim_is_refused(void **state)
{
    struct db *late = NULL;
    struct err e = {0};

    struct db *db = database_of(state);
    assert_int_equal(db_open(db_path(db), DB_WRITE, &late, &e), OK);
    db_fence(late, "one");
    assert_true(takes(db, "one"));
    assert_int_equal(touch(late, &e), OK);
    move_end(db, -CLAIM_SECONDS - 1);
    assert_int_equal(touch(late, &e), OK); /* nobody has come instead */
    assert_true(takes(db, "other"));
    assert_int_equal(touch(late, &e), SYSTEM);
    assert_non_null(strstr(e.what, "another process has taken over"));
    assert_int_equal(db_begin(late, &e), SYSTEM);
    assert_int_equal(touch(db, &e), OK); /* and is in nobody's way */
    db_close(late);
    db_close(db);
}

/* Two folders on one database, as on two machines. */
static struct city *host_of(struct scratch *scratch, const char *name, const char *of)
{
    const struct city_make make = {.municipality = S("1281"),
                                   .database = str_of(scratch_database(scratch, "hosts")),
                                   .who = {.name = "test", .now_at = 1795500000}};
    const char *path = scratch_path(scratch, name);
    struct city *city = NULL;
    struct err e = {0};

    if (of)
        copy_folder(scratch_path(scratch, of), path);
    else
        assert_int_equal(city_init(path, &make, &e), OK);
    assert_int_equal(city_open(path, DB_WRITE, &city, &e), OK);
    assert_int_equal(city_work(city, arena_printf(scratch->arena, "host-%s", name), &e), OK);
    return city;
}

static atomic_int runs[2], closes[2];

static enum status open_counted(const struct city *city, struct db *db, const atomic_bool *stop, void **kept,
                                struct err *e)
{
    static const int hosts[2] = {0, 1};

    (void)db;
    (void)stop;
    (void)e;
    *kept = (void *)(uintptr_t)&hosts[strcmp(city->holder, "host-second") == 0];
    return OK;
}

static enum status run_counted(const struct errand_round *r, struct err *e)
{
    atomic_fetch_add(&runs[*(const int *)r->kept], 1);
    return touch(r->db, e);
}

static void close_counted(void *kept)
{
    atomic_fetch_add(&closes[*(const int *)kept], 1);
}

static void wait_for_runs(atomic_int *of)
{
    const int before = atomic_load(of);

    while (atomic_load(of) < before + 5)
        usleep(1000);
}

static void an_errand_of_two_machines_is_done_by_the_one_that_has_the_claim(void **state)
{
    static const struct errand counted[] = {{"counted", 1, run_counted, open_counted, close_counted, false}};
    struct errands *on[2] = {NULL, NULL};
    struct err e = {0};

    struct city *first = host_of(*state, "first", NULL);
    struct city *second = host_of(*state, "second", "first");
    assert_int_equal(errands_open(first, counted, 1, NULL, &on[0], &e), OK);
    assert_int_equal(errands_open(second, counted, 1, NULL, &on[1], &e), OK);
    wait_for_runs(&runs[0]);
    assert_int_equal(atomic_load(&runs[1]), 0);
    move_end(first->db, -CLAIM_SECONDS - 1); /* the first is cut off for too long */
    assert_int_equal(city_claim(second, second->db, &e), OK);
    wait_for_runs(&runs[1]);
    assert_int_equal(city_claim(first, first->db, &e), OK); /* it is back, and learns of it */
    while (atomic_load(&closes[0]) == 0)
        usleep(1000);
    const int done = atomic_load(&runs[0]);
    wait_for_runs(&runs[1]);
    assert_int_equal(atomic_load(&runs[0]), done);
    errands_close(on[1]);
    city_close(second); /* in order: the first need not wait */
    assert_int_equal(city_claim(first, first->db, &e), OK);
    wait_for_runs(&runs[0]);
    errands_close(on[0]);
    city_close(first);
}

#define IN_SCRATCH(test) cmocka_unit_test_setup_teardown(test, scratch_open, scratch_close)
#define ANYWHERE                                                                                             \
    IN_SCRATCH(one_has_the_claim_and_the_other_waits),                                                       \
        IN_SCRATCH(a_claim_that_is_given_back_is_free_at_once),                                              \
        IN_SCRATCH(a_claim_whose_time_is_over_is_the_next_ones),                                             \
        IN_SCRATCH(a_clock_that_is_set_back_keeps_nobody_waiting),                                           \
        IN_SCRATCH(of_many_who_ask_at_once_one_has_it)

/* A file's processes see each other's locks: there are no other machines, and no fence. */
int main(void)
{
    const struct CMUnitTest in_a_file[] = {ANYWHERE};
    const struct CMUnitTest in_a_server[] = {
        ANYWHERE,
        IN_SCRATCH(what_is_changed_without_the_claim_is_refused),
        IN_SCRATCH(an_errand_of_two_machines_is_done_by_the_one_that_has_the_claim),
    };

    if (database_server())
        return cmocka_run_group_tests_name("claim", in_a_server, NULL, NULL);
    return cmocka_run_group_tests_name("claim", in_a_file, NULL, NULL);
}
