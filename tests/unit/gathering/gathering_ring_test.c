/* Lists that go round: who joins, whose turn it is, what is refused, an agency that is taken out. */
#include "gathering/gathering_ring.h"

#include "../tables.h"
#include "../unit.h"
#include "handed_in.h"
#include "round.h"

#include "link/ring_count.h"
#include "store/db.h"

static const struct who because = {.name = "test", .now_at = NOON, .why = "Verket har lämnat"};

static int come(void **state)
{
    struct db *db = NULL;
    struct err e = {0};

    if (scratch_open(state) != 0)
        return -1;
    struct scratch *s = *state;
    struct agencies *x = arena_new(s->arena, 1, struct agencies);
    if (scratch_tables(s, "lykta", NOON, &db, &e) != OK || db_script(db, gathering_persons, &e) != OK)
        return -1;
    agencies_come(x, db, s->arena);
    s->mine = x;
    return 0;
}

static int go(void **state)
{
    struct agencies *x = ((struct scratch *)*state)->mine;

    db_close(x->db);
    return scratch_close(state);
}

static const struct agencies *of(void **state)
{
    return ((struct scratch *)*state)->mine;
}

static void a_ring_has_no_keys_and_takes_nothing_sealed(void **state)
{
    const struct agencies *x = of(state);
    const struct gathering_told told = {0};
    struct err e = {0};

    go_all_the_way(x);
    assert_int_equal(gathering_take_key(x->db, 1, open_half("Polisen", 1, x->arena), KEEPER, &tester, &e),
                     REFUSED);
    assert_int_equal(gathering_take_list(x->db, 1, sealed_list(x->arena), &told, KEEPER, &tester, &e),
                     REFUSED);
}

static void kinds_of_match_keys_that_there_are_not_open_nothing(void **state)
{
    const struct agencies *x = of(state);
    struct err e = {0};

    assert_int_equal(gathering_open(x->db, 1, str_of(gathering_schema), (struct date){2026, 9, 1},
                                    1U << RING_KEYS, &tester, &e),
                     BAD_INPUT);
}

static void only_a_list_that_its_own_agency_has_raised_joins(void **state)
{
    const struct agencies *x = of(state);
    struct str good;

    open_ring(x);
    good = started_list(x, 0, ROUND_PEOPLE);
    assert_int_equal(join(x, 0, S("namn\nKim Exempel\n")), RING_FAULT_FORMAT);
    assert_int_equal(join(x, 0, str_part(good, 0, good.n - 1)), RING_FAULT_FORMAT);
    assert_int_equal(join(x, 0, started_list(x, 0, 0)), RING_FAULT_STARTED);
    assert_int_equal(found_ring(x).lists, 0);
    assert_int_equal(join(x, 0, good), RING_FAULT_NONE);
    assert_int_equal(join(x, 1, good), RING_FAULT_NAME);
    assert_int_equal(join(x, 0, raised_list(x, 0, 1)), RING_FAULT_STARTED);
    assert_int_equal(found_ring(x).lists, 1);
    assert_int_equal(found_ring(x).list[0].people, ROUND_PEOPLE);
}

static void a_list_of_another_round_does_not_join(void **state)
{
    const struct agencies *x = of(state);
    struct err e = {0};

    open_ring(x);
    struct str file = started_list(x, 0, ROUND_PEOPLE);
    assert_int_equal(db_script(x->db, "update gathering set name = '2026-2'", &e), OK);
    assert_int_equal(join(x, 0, file), RING_FAULT_ROUND);
    assert_int_equal(db_script(x->db, "update gathering set name = '2026-1', match_keys = 1", &e), OK);
    assert_int_equal(join(x, 0, file), RING_FAULT_ROUND);
}

static void one_list_does_not_go_round(void **state)
{
    const struct agencies *x = of(state);
    struct err e = {0};

    open_ring(x);
    assert_int_equal(join(x, 0, started_list(x, 0, ROUND_PEOPLE)), RING_FAULT_NONE);
    assert_int_equal(gathering_ring_close(x->db, 1, &tester, &e), REFUSED);
    assert_int_equal(join(x, 1, started_list(x, 1, ROUND_PEOPLE)), RING_FAULT_NONE);
    assert_int_equal(gathering_ring_leave(x->db, 1, KEEPER, &tester, &e), OK);
    assert_int_equal(gathering_ring_close(x->db, 1, &tester, &e), REFUSED);
}

static void each_list_waits_for_the_next_agency_alone(void **state)
{
    const struct agencies *x = of(state);

    let_go_round(x);
    struct gathering g = found_ring(x);
    assert_ptr_equal(gathering_turn(&g, &g.list[0]), &g.list[1]);
    assert_ptr_equal(gathering_turn(&g, &g.list[2]), &g.list[0]);
    assert_int_equal(pass_on(x, 2, raised_list(x, 0, 2)), RING_FAULT_TURN);
    assert_int_equal(pass_on(x, 1, raised_list(x, 0, 1)), RING_FAULT_NONE);
    g = found_ring(x);
    assert_ptr_equal(gathering_turn(&g, &g.list[0]), &g.list[2]);
    assert_ptr_equal(gathering_last(&g, &g.list[0]), &g.list[1]);
    assert_false(gathering_is_waited_for(&g, NULL));
}

static void what_was_handed_in_before_is_refused(void **state)
{
    const struct agencies *x = of(state);

    let_go_round(x);
    struct str raised = raised_list(x, 0, 1);
    assert_int_equal(pass_on(x, 1, waiting_list(x, 0)), RING_FAULT_OLD);
    assert_int_equal(pass_on(x, 1, raised), RING_FAULT_NONE);
    assert_int_equal(pass_on(x, 1, raised), RING_FAULT_OLD);
}

static void a_list_that_is_not_the_one_that_was_fetched_is_refused(void **state)
{
    const struct agencies *x = of(state);
    struct agencies other = *x;

    let_go_round(x);
    ring_secret_new(&other.secret[1]);
    assert_int_equal(pass_on(x, 1, raised_list(&other, 0, 1)), RING_FAULT_OTHER);
    other.secret[1] = x->secret[1];
    ring_secret_new(&other.secret[0]);
    struct str stranger = started_list(&other, 0, ROUND_PEOPLE);
    assert_int_equal(pass_on(x, 1, stranger), RING_FAULT_OLD);
    assert_int_equal(found_ring(x).list[0].passed, 1);
}

/* Does not follow from the numbers of what it was: raised twice, or with people added. */
static void a_list_that_has_skipped_an_agency_or_changed_its_size_is_refused(void **state)
{
    const struct agencies *x = of(state);
    struct err e = {0};

    let_go_round(x);
    struct str raised = raised_list(x, 0, 1);
    assert_int_equal(db_script(x->db, "update gathering_list set people = 24", &e), OK);
    assert_int_equal(pass_on(x, 1, raised), RING_FAULT_OTHER);
    assert_int_equal(db_script(x->db, "update gathering_list set people = 25, name = name || 'x'", &e), OK);
    assert_int_equal(pass_on(x, 1, raised), RING_FAULT_LIST);
}

static void who_keeps_no_list_passes_none_on(void **state)
{
    const struct agencies *x = of(state);
    enum gathering_ring_fault fault = RING_FAULT_NONE;
    struct err e = {0};

    let_go_round(x);
    assert_int_equal(gathering_ring_pass(x->db, 1, raised_list(x, 0, 1), COORDINATOR, &tester, &fault, &e),
                     REFUSED);
    assert_int_equal(fault, RING_FAULT_NONE);
}

/* The lists as they are at last, counted. */
static struct ring_counts counted(const struct agencies *x)
{
    struct gathering g = found_ring(x);
    struct ring_list list[ROUND_AGENCIES];
    struct ring_counts counts;
    struct str bytes;
    struct err e = {0};

    for (size_t i = 0; i < g.lists; i++) {
        assert_int_equal(gathering_ring_file(x->db, 1, g.list[i].id, x->arena, &bytes, &e), OK);
        assert_int_equal(ring_read(&list[i], "list", bytes, x->arena, &e), OK);
    }
    assert_int_equal(ring_count(&counts, list, g.lists, x->arena, &e), OK);
    return counts;
}

static void when_all_have_raised_all_the_ten_are_found(void **state)
{
    const struct agencies *x = of(state);

    go_all_the_way(x);
    assert_int_equal(counted(x).count[7 - 1], 10);
    assert_int_equal(counted(x).count[1 - 1], ROUND_PEOPLE - 10);
}

static void lists_that_a_dropped_agency_has_raised_begin_again(void **state)
{
    const struct agencies *x = of(state);
    struct err e = {0};

    let_go_round(x);
    assert_int_equal(pass_on(x, 1, raised_list(x, 0, 1)), RING_FAULT_NONE);
    assert_int_equal(pass_on(x, 0, raised_list(x, 2, 0)), RING_FAULT_NONE);
    assert_int_equal(gathering_ring_take_out(x->db, 1, found_ring(x).list[1].id, &because, &e), OK);
    struct gathering g = found_ring(x);
    assert_int_equal(g.lists, 2);
    assert_int_equal(g.list[0].passed, 1); /* the second had raised it */
    assert_int_equal(g.list[1].passed, 2);
    assert_int_equal(g.state, GATHERING_GOING_ROUND);
    assert_int_equal(pass_on(x, 2, raised_list(x, 0, 2)), RING_FAULT_NONE);
    assert_int_equal(found_ring(x).state, GATHERING_WHOLE);
    assert_int_equal(counted(x).count[3 - 1], 10);
}

static void two_lists_are_left_and_a_reason_is_given(void **state)
{
    const struct agencies *x = of(state);
    struct err e = {0};

    go_all_the_way(x);
    struct gathering g = found_ring(x);
    assert_int_equal(gathering_ring_take_out(x->db, 1, g.list[0].id, &tester, &e), BAD_INPUT);
    assert_int_equal(gathering_ring_take_out(x->db, 1, 999, &because, &e), REFUSED);
    assert_int_equal(gathering_ring_take_out(x->db, 1, g.list[0].id, &because, &e), OK);
    g = found_ring(x);
    assert_int_equal(g.state, GATHERING_GOING_ROUND);
    assert_int_equal(gathering_ring_take_out(x->db, 1, g.list[0].id, &because, &e), REFUSED);
}

static void beginning_anew_leaves_no_list(void **state)
{
    const struct agencies *x = of(state);
    struct err e = {0};

    let_go_round(x);
    assert_int_equal(gathering_begin_anew(x->db, 1, &because, &e), OK);
    assert_int_equal(found_ring(x).state, GATHERING_JOINING);
    assert_int_equal(found_ring(x).lists, 0);
}

static void a_short_list_waits_for_the_coordinator_before_it_is_counted(void **state)
{
    const struct agencies *x = of(state);
    struct str bytes;
    struct err e = {0};

    open_ring(x);
    for (size_t i = 0; i < 2; i++)
        assert_int_equal(join(x, i, started_list(x, i, 12)), RING_FAULT_NONE);
    assert_int_equal(gathering_ring_close(x->db, 1, &tester, &e), OK);
    for (size_t i = 0; i < 2; i++)
        assert_int_equal(pass_on(x, 1 - i, raised_list(x, i, 1 - i)), RING_FAULT_NONE);
    struct gathering g = found_ring(x);
    assert_true(gathering_waits(&g));
    assert_int_equal(gathering_sealed(x->db, 1, g.list[0].id, x->arena, &bytes, &e), REFUSED);
    assert_int_equal(gathering_agree_short(x->db, 1, &tester, &e), OK);
    assert_int_equal(gathering_sealed(x->db, 1, g.list[0].id, x->arena, &bytes, &e), OK);
}

static void the_end_leaves_no_list_and_takes_receipts(void **state)
{
    static const char left[] =
        "select count(*) from gathering_list where started is not null or encodings is "
        "not null or length(open_key) > 0";
    const struct agencies *x = of(state);
    struct err e = {0};

    go_all_the_way(x);
    assert_int_equal(gathering_end(x->db, 1, &tester, &e), OK);
    struct query q = db_query(x->db, left);
    assert_true(query_next(&q));
    assert_int_equal(query_int(&q, 0), 0);
    assert_int_equal(query_end(&q, &e), OK);
    assert_int_equal(found_ring(x).state, GATHERING_ENDED);
    assert_int_equal(gathering_take_receipt(x->db, 1,
                                            S("lykta-receipt 1\nremoved x\nproject Exempel\nround 2026-1\n"),
                                            KEEPER, &tester, &e),
                     OK);
}

#define IN_RING(test) cmocka_unit_test_setup_teardown(test, come, go)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_RING(a_ring_has_no_keys_and_takes_nothing_sealed),
        IN_RING(kinds_of_match_keys_that_there_are_not_open_nothing),
        IN_RING(only_a_list_that_its_own_agency_has_raised_joins),
        IN_RING(a_list_of_another_round_does_not_join),
        IN_RING(one_list_does_not_go_round),
        IN_RING(each_list_waits_for_the_next_agency_alone),
        IN_RING(what_was_handed_in_before_is_refused),
        IN_RING(a_list_that_is_not_the_one_that_was_fetched_is_refused),
        IN_RING(a_list_that_has_skipped_an_agency_or_changed_its_size_is_refused),
        IN_RING(who_keeps_no_list_passes_none_on),
        IN_RING(when_all_have_raised_all_the_ten_are_found),
        IN_RING(lists_that_a_dropped_agency_has_raised_begin_again),
        IN_RING(two_lists_are_left_and_a_reason_is_given),
        IN_RING(beginning_anew_leaves_no_list),
        IN_RING(a_short_list_waits_for_the_coordinator_before_it_is_counted),
        IN_RING(the_end_leaves_no_list_and_takes_receipts),
    };

    return cmocka_run_group_tests_name("gathering ring", tests, NULL, NULL);
}
