/* What is deleted when: not a day before, and not a byte after. */
#include "office.h"

#include "seminar/attendance.h"
#include "seminar/invitation.h"
#include "seminar/seminar_retention.h"
#include "seminar/seminar_statistics.h"
#include "store/db.h"

#include <string.h>

enum { HELD = OFFICE_NOON + 14 * OFFICE_DAY };

/* How many of `class` go at `at`. */
static int64_t run(void **state, const char *class, int64_t at)
{
    static const struct retention_rule *const tables[] = {seminar_retention, NULL};
    const struct retention_rules rules = {.tables = tables};
    struct retention_classes done = {0};
    const struct who who = {.name = "test", .now_at = at};
    struct err e = {0};

    if (retention_run(office_of(state)->o.db, &rules, &who, office_arena(state), &done, &e) != OK)
        fail_msg("%s", e.what);
    for (size_t i = 0; i < done.n; i++)
        if (strcmp(done.class[i].rule->class, class) == 0)
            return done.class[i].n;
    return -1;
}

static void food_is_forgotten_seven_days_after(void **state)
{
    int64_t guest = office_comes(state, office_seminar(state, 5), "a@example.org");

    assert_int_equal(run(state, "seminar.needs", HELD + 6 * OFFICE_DAY), 0);
    assert_str(office_guest(state, guest).needs, "vegetariskt");
    assert_int_equal(run(state, "seminar.needs", HELD + 7 * OFFICE_DAY), 1);
    assert_str(office_guest(state, guest).needs, "");
}

static void the_list_goes_after_a_year_and_counts_stay(void **state)
{
    int64_t seminar = office_seminar(state, 10);
    struct seminar_share *shares = NULL;
    struct seminar_share all;
    size_t n = 0;
    struct err e = {0};

    for (int i = 0; i < 7; i++) {
        int64_t guest = office_comes(state, seminar, arena_printf(office_arena(state), "g%d@example.org", i));

        assert_int_equal(
            attendance_set(office_of(state)->o.db, guest, ATTENDANCE_CAME, &office_of(state)->who, &e), OK);
    }
    assert_int_equal(run(state, "seminar.list", HELD + 364 * OFFICE_DAY), 0);
    assert_int_equal(run(state, "seminar.list", HELD + 365 * OFFICE_DAY), 7);
    assert_int_equal(seminar_statistics(office_of(state)->o.db, office_arena(state), &shares, &n, &all, &e),
                     OK);
    assert_int_equal(n, 1);
    assert_str(shares[0].actor, "hotel");
    assert_int_equal(all.came.about, 5);
}

static void unanswered_invitations_go_after_three_months_and_are_still_counted(void **state)
{
    struct office *w = office_of(state);
    struct invitation asked = {.actor = S("hotel"), .name = S("Kim"), .address = S("a@example.org")};
    int64_t seminar = office_seminar(state, 10);
    struct seminar_share *shares = NULL;
    struct seminar_share all;
    struct err e = {0};
    int64_t sent = 0;
    size_t n = 0;

    assert_int_equal(
        invitation_send(&w->o, seminar, &(struct invitations){1, &asked}, S(""), &w->who, &sent, &e), OK);
    assert_int_equal(run(state, "seminar.unanswered", HELD + 91 * OFFICE_DAY), 0);
    assert_int_equal(run(state, "seminar.unanswered", HELD + 92 * OFFICE_DAY), 1);
    assert_int_equal(seminar_statistics(w->o.db, office_arena(state), &shares, &n, &all, &e), OK);
    assert_int_equal(all.invited.kind, SEMINAR_FEW);
}

static void words_go_after_a_year_and_grades_stay(void **state)
{
    static const char sql[] = "insert into seminar_evaluation (seminar, useful, acts, words) "
                              "values (1, 5, 1, 'mer om hyresrätt'), (1, 4, 0, '')";
    static const char left[] = "select count(*), sum(useful) from seminar_evaluation where words = ''";
    struct db *db = office_of(state)->o.db;
    struct err e = {0};

    office_seminar(state, 10);
    assert_int_equal(db_script(db, sql, &e), OK);
    assert_int_equal(run(state, "seminar.words", HELD + 364 * OFFICE_DAY), 0);
    assert_int_equal(run(state, "seminar.words", HELD + 365 * OFFICE_DAY), 1);
    struct query q = db_query(db, left);
    assert_true(query_next(&q));
    assert_int_equal(query_int(&q, 0), 2);
    assert_int_equal(query_int(&q, 1), 9);
    assert_int_equal(query_end(&q, &e), OK);
}

static void small_figures_are_few_and_others_are_rounded(void **state)
{
    (void)state;
    assert_int_equal(seminar_figure(0).kind, SEMINAR_NONE);
    assert_int_equal(seminar_figure(1).kind, SEMINAR_FEW);
    assert_int_equal(seminar_figure(4).kind, SEMINAR_FEW);
    assert_int_equal(seminar_figure(5).about, 5);
    assert_int_equal(seminar_figure(7).about, 5);
    assert_int_equal(seminar_figure(8).about, 10);
    for (int64_t n = 5; n < 1000; n++) {
        int64_t off = seminar_figure(n).about - n;

        assert_true(off >= -2 && off <= 2);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_OFFICE(food_is_forgotten_seven_days_after),
        WITH_OFFICE(the_list_goes_after_a_year_and_counts_stay),
        WITH_OFFICE(unanswered_invitations_go_after_three_months_and_are_still_counted),
        WITH_OFFICE(words_go_after_a_year_and_grades_stay),
        WITH_OFFICE(small_figures_are_few_and_others_are_rounded),
    };

    return cmocka_run_group_tests_name("seminar_retention", tests, NULL, NULL);
}
