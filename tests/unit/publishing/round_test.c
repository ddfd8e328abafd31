/* A round of mapping from its opening to its publication, with two persons. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "../scratch_city.h"
#include "base/text.h"
#include "mapping/example.h"
#include "portal/permission.h"
#include "portal/person.h"
#include "publishing/round.h"
#include "publishing/round_draft.h"
#include "publishing/round_input.h"
#include "publishing/round_run.h"
#include "release/propose.h"
#include "release/release.h"
#include "release/standing.h"

#include <stdatomic.h>
#include <string.h>

enum { NOON = 1785924000, DAY = 86400 };

static const struct who who = {.name = "test", .now_at = NOON};

static int64_t noon(void)
{
    return NOON;
}

static int64_t add_person(struct city *city, const char *email)
{
    struct person p = {.email = str_of(email), .name = S("Exempel"), .roles = ROLE_BIT(ROLE_ANALYST)};
    struct err e = {0};

    assert_int_equal(person_add(city->db, &who, &p, &e), OK);
    return p.id;
}

/* Persons 1, 2 and 3: coordinator, analyst, approver. */
enum { COORDINATOR = 1, ANALYST, APPROVER };

static int begin(void **state)
{
    if (scratch_city_open(state, &who) != 0)
        return -1;
    struct city *city = scratch_city(state);
    assert_int_equal(add_person(city, "a@lund.example"), COORDINATOR);
    assert_int_equal(add_person(city, "b@lund.example"), ANALYST);
    assert_int_equal(add_person(city, "c@lund.example"), APPROVER);
    return 0;
}

static struct city *city_of(void **state)
{
    return ((struct scratch *)*state)->mine;
}

static struct arena *arena_of(void **state)
{
    return ((struct scratch *)*state)->arena;
}

static int64_t opened(void **state, int year, const char *corrects)
{
    struct mapping *m = arena_new(arena_of(state), 1, struct mapping);
    struct err e = {0};

    mapping_example(m);
    struct round round = {.first_year = year,
                          .last_year = year,
                          .title_sv = m->title_sv,
                          .title_en = m->title_en,
                          .people_sv = m->people_sv,
                          .people_en = m->people_en,
                          .source_sv = m->source_sv,
                          .source_en = m->source_en,
                          .is_example = true,
                          .specification = S("Alla på sex listor."),
                          .corrects = str_of(corrects),
                          .reason = *corrects ? S("Fel källa.") : S("")};
    assert_int_equal(round_open(city_of(state)->db, &round, COORDINATOR, &who, &e), OK);
    return round.id;
}

static enum status upload(void **state, int64_t id, struct str histories, struct err *e)
{
    const struct round_input input = {S("2013.csv"), histories, str_of(example_names)};

    return round_upload(city_of(state), city_of(state)->db, id, &input, ANALYST, &who, e);
}

static struct round_runner runner(void **state)
{
    struct round_runner w = {.city = city_of(state),
                             .db = city_of(state)->db,
                             .now_at = noon,
                             .estimate = estimate_options_default()};

    w.estimate.replicates = 50;
    return w;
}

static struct round run(void **state, int64_t id)
{
    const struct round_runner w = runner(state);
    struct round found;
    bool has_run = false;
    struct err e = {0};

    assert_int_equal(round_run_next(&w, &has_run, &e), OK);
    assert_true(has_run);
    assert_int_equal(round_find(w.db, id, arena_of(state), &found, &e), OK);
    return found;
}

/* A round of `year` that is worked out. */
static int64_t made(void **state, int year)
{
    int64_t id = opened(state, year, "");
    struct err e = {0};

    assert_int_equal(upload(state, id, str_of(example_histories), &e), OK);
    assert_int_equal(run(state, id).state, ROUND_MADE);
    return id;
}

static enum status move(void **state, int64_t id, enum round_move move, int64_t person, struct err *e)
{
    const struct round_order order = {.move = move,
                                      .person = person,
                                      .reason = move == MOVE_REJECT ? S("Källan saknas.") : S(""),
                                      .publish_at = NOON};

    return round_move(city_of(state)->db, id, &order, &who, e);
}

static bool publish_next(void **state)
{
    const struct round_runner w = runner(state);
    bool has_published = false;
    struct err e = {0};

    assert_int_equal(round_publish_next(&w, &has_published, &e), OK);
    return has_published;
}

static int64_t published(void **state, int year)
{
    int64_t id = made(state, year);
    struct err e = {0};

    assert_int_equal(move(state, id, MOVE_PROPOSE, ANALYST, &e), OK);
    assert_int_equal(move(state, id, MOVE_APPROVE, APPROVER, &e), OK);
    assert_true(publish_next(state));
    return id;
}

static struct round found(void **state, int64_t id)
{
    struct round round;
    struct err e = {0};

    assert_int_equal(round_find(city_of(state)->db, id, arena_of(state), &round, &e), OK);
    return round;
}

static int64_t count_of(void **state, const char *sql)
{
    struct query q = db_query(city_of(state)->db, sql);
    struct err e = {0};
    int64_t n = query_next(&q) ? query_int(&q, 0) : -1;

    assert_int_equal(query_end(&q, &e), OK);
    return n;
}

static void two_persons_publish_a_mapping(void **state)
{
    struct round round = found(state, published(state, 2013));
    struct err e = {0};
    size_t n = 0;

    assert_int_equal(round.state, ROUND_PUBLISHED);
    assert_true(str_is(round.release, "1281-2013"));
    assert_int_equal(release_verify_all(city_of(state), &n, &e), OK);
    assert_int_equal(n, 1);
}

static void both_persons_stand_in_the_ledger(void **state)
{
    static const char sql[] = "select count(*) from release where published_by = 'person 2 + person 3'";

    published(state, 2013);
    assert_int_equal(count_of(state, sql), 1);
}

static void who_proposed_does_not_approve(void **state)
{
    int64_t id = made(state, 2013);
    struct err e = {0};

    assert_int_equal(move(state, id, MOVE_PROPOSE, APPROVER, &e), OK);
    assert_int_equal(move(state, id, MOVE_APPROVE, APPROVER, &e), REFUSED);
    assert_non_null(strstr(e.what, "another person"));
    assert_int_equal(found(state, id).state, ROUND_PROPOSED);
}

static void who_gave_the_file_does_not_approve(void **state)
{
    int64_t id = made(state, 2013);
    struct err e = {0};

    assert_int_equal(move(state, id, MOVE_PROPOSE, APPROVER, &e), OK);
    assert_int_equal(move(state, id, MOVE_APPROVE, ANALYST, &e), REFUSED);
}

static void what_nobody_has_proposed_is_not_approved(void **state)
{
    int64_t id = made(state, 2013);
    struct err e = {0};

    assert_int_equal(move(state, id, MOVE_APPROVE, APPROVER, &e), REFUSED);
}

static void an_approval_that_is_undone_publishes_nothing(void **state)
{
    int64_t id = made(state, 2013);
    struct err e = {0};

    assert_int_equal(move(state, id, MOVE_PROPOSE, ANALYST, &e), OK);
    assert_int_equal(move(state, id, MOVE_APPROVE, APPROVER, &e), OK);
    assert_int_equal(move(state, id, MOVE_UNDO, APPROVER, &e), OK);
    assert_false(publish_next(state));
    assert_int_equal(found(state, id).state, ROUND_PROPOSED);
}

static void what_is_published_is_not_undone(void **state)
{
    struct err e = {0};

    assert_int_equal(move(state, published(state, 2013), MOVE_UNDO, APPROVER, &e), REFUSED);
}

static void nothing_is_published_before_its_time(void **state)
{
    int64_t id = made(state, 2013);
    const struct round_order later = {
        .move = MOVE_APPROVE, .person = APPROVER, .reason = S(""), .publish_at = NOON + DAY};
    struct err e = {0};

    assert_int_equal(move(state, id, MOVE_PROPOSE, ANALYST, &e), OK);
    assert_int_equal(round_move(city_of(state)->db, id, &later, &who, &e), OK);
    assert_false(publish_next(state));
}

static void a_rejection_needs_a_reason_and_asks_for_the_file_again(void **state)
{
    int64_t id = made(state, 2013);
    const struct round_order silent = {.move = MOVE_REJECT, .person = APPROVER, .reason = S(" ")};
    struct err e = {0};

    assert_int_equal(move(state, id, MOVE_PROPOSE, ANALYST, &e), OK);
    assert_int_equal(round_move(city_of(state)->db, id, &silent, &who, &e), BAD_INPUT);
    assert_int_equal(move(state, id, MOVE_REJECT, APPROVER, &e), OK);
    assert_int_equal(found(state, id).state, ROUND_OPEN);
}

static void exact_counts_lie_sealed_and_are_deleted_when_they_are_worked_out(void **state)
{
    static const char waiting[] = "select count(*) from mapping_round_input where instr(histories, "
                                  "cast('LA,NG,PF' as blob)) = 0";
    static const char left[] = "select count(*) from mapping_round_input";
    int64_t id = opened(state, 2013, "");
    struct err e = {0};

    assert_int_equal(upload(state, id, str_of(example_histories), &e), OK);
    assert_int_equal(count_of(state, waiting), 1);
    run(state, id);
    assert_int_equal(count_of(state, left), 0);
}

static void what_the_figure_rests_on_is_kept_until_it_is_published(void **state)
{
    static const char kept[] = "select count(*) from mapping_round_evidence";
    int64_t id = made(state, 2013);
    struct err e = {0};

    assert_int_equal(count_of(state, kept), 1);
    assert_int_equal(move(state, id, MOVE_PROPOSE, ANALYST, &e), OK);
    assert_int_equal(count_of(state, kept), 1);
    assert_int_equal(move(state, id, MOVE_APPROVE, APPROVER, &e), OK);
    assert_true(publish_next(state));
    assert_int_equal(count_of(state, kept), 0);
}

static void what_the_figure_rests_on_goes_when_the_mapping_is_closed(void **state)
{
    int64_t id = made(state, 2013);
    struct err e = {0};

    assert_int_equal(move(state, id, MOVE_CLOSE, COORDINATOR, &e), OK);
    assert_int_equal(count_of(state, "select count(*) from mapping_round_evidence"), 0);
}

static void the_draft_is_what_is_published(void **state)
{
    struct release *draft = arena_new(arena_of(state), 1, struct release);
    struct release *out = arena_new(arena_of(state), 1, struct release);
    int64_t id = published(state, 2013);
    struct err e = {0};

    assert_int_equal(round_draft_read(city_of(state)->db, id, arena_of(state), draft, &e), OK);
    assert_int_equal(release_read(release_path(city_of(state), S("1281-2013"), arena_of(state)), S(""),
                                  arena_of(state), out, &e),
                     OK);
    assert_true(str_equal(draft->cube_csv, out->cube_csv));
    assert_int_equal(draft->estimate.nhat, out->estimate.nhat);
}

static void another_year_is_another_release_about_other_people(void **state)
{
    struct round_audit *audits = NULL;
    struct err e = {0};
    size_t n = 0;

    published(state, 2013);
    int64_t id = published(state, 2014);
    assert_true(str_is(found(state, id).release, "1281-2014"));
    assert_int_equal(round_audits(city_of(state)->db, id, arena_of(state), &audits, &n, &e), OK);
    assert_int_equal(n, 2);
    assert_false(audits[1].is_same_people);
    assert_int_equal(audits[0].exposed, 0);
}

static void years_that_are_published_are_not_opened_again(void **state)
{
    struct round round = found(state, published(state, 2013));
    struct err e = {0};

    assert_int_equal(round_open(city_of(state)->db, &round, COORDINATOR, &who, &e), REFUSED);
    assert_non_null(strstr(e.what, "1281-2013"));
}

static void approve(void **state, int64_t id)
{
    struct err e = {0};

    assert_int_equal(move(state, id, MOVE_PROPOSE, ANALYST, &e), OK);
    assert_int_equal(move(state, id, MOVE_APPROVE, APPROVER, &e), OK);
}

static void of_two_rounds_about_the_same_year_the_later_is_refused_with_a_line_in_the_log(void **state)
{
    static const char lines[] = "select count(*) from audit where action = 'mapping.refuse'";
    int64_t first = made(state, 2013);
    int64_t later = made(state, 2013);

    approve(state, first);
    approve(state, later);
    assert_true(publish_next(state));
    assert_int_equal(count_of(state, lines), 0);
    publish_next(state);
    assert_int_equal(found(state, first).state, ROUND_PUBLISHED);
    assert_int_equal(found(state, later).state, ROUND_REFUSED);
    assert_true(found(state, later).told_sv.n > 0);
    assert_int_equal(count_of(state, lines), 1);
}

static void a_correction_with_the_same_counts_is_published_as_a_version(void **state)
{
    struct err e = {0};

    published(state, 2013);
    int64_t id = opened(state, 2013, "1281-2013");
    assert_int_equal(upload(state, id, str_of(example_histories), &e), OK);
    assert_int_equal(run(state, id).state, ROUND_MADE);
    assert_int_equal(move(state, id, MOVE_PROPOSE, ANALYST, &e), OK);
    assert_int_equal(move(state, id, MOVE_APPROVE, APPROVER, &e), OK);
    assert_true(publish_next(state));
    assert_true(str_is(found(state, id).release, "1281-2013-v2"));
}

/* As an example city has it from the start. */
static void publish_example(void **state)
{
    struct mapping *m = arena_new(arena_of(state), 1, struct mapping);
    struct release *r = arena_new(arena_of(state), 1, struct release);
    struct proposal p = {.histories_name = "h",
                         .histories = str_of(example_histories),
                         .names_name = "n",
                         .names = str_of(example_names),
                         .estimate = runner(state).estimate,
                         .has_example_key = true,
                         .now_at = NOON};
    struct err e = {0};

    mapping_example(m);
    assert_int_equal(release_propose(city_of(state), &p, m, arena_of(state), r, &e), OK);
    assert_int_equal(release_publish(city_of(state), m, r, &who, arena_of(state), &e), OK);
}

static void each_later_version_of_an_example_is_rounded_as_the_first(void **state)
{
    static const char *const versions[] = {"1281-2013", "1281-2013-v2", "1281-2013-v3"};
    struct err e = {0};

    publish_example(state);
    for (int i = 0; i < 2; i++) {
        int64_t id = opened(state, 2013, versions[i]);

        assert_int_equal(upload(state, id, str_of(example_histories), &e), OK);
        assert_int_equal(run(state, id).state, ROUND_MADE);
        approve(state, id);
        assert_true(publish_next(state));
        assert_true(str_is(found(state, id).release, versions[i + 1]));
    }
}

/* Five more people on LA alone: 54 of them become 59. */
static void a_correction_that_would_tell_a_figure_names_both_and_the_figure(void **state)
{
    struct text more = text_open(arena_of(state));
    struct err e = {0};
    struct str before;
    struct str after;

    assert_true(str_cut(str_of(example_histories), '\n', &before, &after));
    text_format(&more, "%.*s\n1,0,0,0,0,0,59\n", STR(before));
    assert_true(str_cut(after, '\n', &before, &after));
    text_add(&more, after);
    published(state, 2013);
    int64_t id = opened(state, 2013, "1281-2013");
    assert_int_equal(upload(state, id, text_str(&more), &e), OK);
    struct round round = run(state, id);
    assert_int_equal(round.state, ROUND_REFUSED);
    assert_non_null(strstr(round.told_sv.p, "1281-2013"));
    assert_non_null(strstr(round.told_sv.p, "finns hos Kommuner men inte hos"));
    /* 54 and 59 are rounded to 50 and 55, or to 55 and 60: the city's key decides. */
    assert_true(strstr(round.told_sv.p, "mellan 51 och 54") || strstr(round.told_sv.p, "mellan 56 och 59"));
}

/* Three cells of 2 are never shown as 20. */
static void an_area_that_would_be_shown_with_too_few_people_is_told_by_name(void **state)
{
    const struct round_input input = {
        S("h.csv"),
        S("A,B,area,count\n1,0,n,2\n0,1,n,2\n1,1,n,2\n"
          "1,0,s,60\n0,1,s,50\n1,1,s,30\n"),
        S("code,sv,en,residents\narea=n,Norr,North,9000\narea=s,Söder,South,9000\n")};
    int64_t id = opened(state, 2013, "");
    struct err e = {0};

    assert_int_equal(round_upload(city_of(state), city_of(state)->db, id, &input, ANALYST, &who, &e), OK);
    struct round round = run(state, id);
    assert_int_equal(round.state, ROUND_REFUSED);
    assert_non_null(strstr(round.told_sv.p, "Norr skulle visas med färre än 20 personer"));
    assert_non_null(strstr(round.told_en.p, "North would be shown with fewer than 20 people"));
}

static void who_is_asked_to_stop_waits_again(void **state)
{
    const atomic_bool stop = true;
    struct round_runner w = runner(state);
    int64_t id = opened(state, 2013, "");
    bool has_run = false;
    struct err e = {0};

    assert_int_equal(upload(state, id, str_of(example_histories), &e), OK);
    w.stop = &stop;
    assert_int_not_equal(round_run_next(&w, &has_run, &e), OK);
    assert_int_equal(found(state, id).state, ROUND_WAITING);
    assert_int_equal(run(state, id).state, ROUND_MADE);
}

#define IN_A_CITY(test) cmocka_unit_test_setup_teardown(test, begin, scratch_city_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_A_CITY(two_persons_publish_a_mapping),
        IN_A_CITY(both_persons_stand_in_the_ledger),
        IN_A_CITY(who_proposed_does_not_approve),
        IN_A_CITY(who_gave_the_file_does_not_approve),
        IN_A_CITY(what_nobody_has_proposed_is_not_approved),
        IN_A_CITY(an_approval_that_is_undone_publishes_nothing),
        IN_A_CITY(what_is_published_is_not_undone),
        IN_A_CITY(nothing_is_published_before_its_time),
        IN_A_CITY(a_rejection_needs_a_reason_and_asks_for_the_file_again),
        IN_A_CITY(exact_counts_lie_sealed_and_are_deleted_when_they_are_worked_out),
        IN_A_CITY(what_the_figure_rests_on_is_kept_until_it_is_published),
        IN_A_CITY(what_the_figure_rests_on_goes_when_the_mapping_is_closed),
        IN_A_CITY(the_draft_is_what_is_published),
        IN_A_CITY(another_year_is_another_release_about_other_people),
        IN_A_CITY(years_that_are_published_are_not_opened_again),
        IN_A_CITY(of_two_rounds_about_the_same_year_the_later_is_refused_with_a_line_in_the_log),
        IN_A_CITY(a_correction_with_the_same_counts_is_published_as_a_version),
        IN_A_CITY(each_later_version_of_an_example_is_rounded_as_the_first),
        IN_A_CITY(a_correction_that_would_tell_a_figure_names_both_and_the_figure),
        IN_A_CITY(an_area_that_would_be_shown_with_too_few_people_is_told_by_name),
        IN_A_CITY(who_is_asked_to_stop_waits_again),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
