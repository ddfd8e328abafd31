/* What a round's figure rests on: kept sealed, and told in words to who works it out. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "../scratch_city.h"
#include "estimate/method.h"
#include "mapping/evidence.h"
#include "pages.h"
#include "publishing/round.h"
#include "publishing/round_evidence.h"
#include "publishing/round_evidence_json.h"
#include "publishing/round_evidence_view.h"
#include "release/release.h"
#include "store/db.h"
#include "web/html.h"

#include <math.h>
#include <string.h>

static const struct who who = {.name = "test", .now_at = 1000};

static int begin(void **state)
{
    return scratch_city_open(state, &who);
}

static struct arena *arena_of(void **state)
{
    return ((struct scratch *)*state)->arena;
}

/* Two methods and a bound; without list B the figure moves; one of two categories is refused. */
static struct mapping_evidence *exact_of(void **state)
{
    struct mapping_evidence *x = arena_new(arena_of(state), 1, struct mapping_evidence);
    struct stratum *stratum = arena_new(arena_of(state), 2, struct stratum);

    x->methods = 3;
    x->method[0] = (struct evidence_method){.method = method_find(S("stepwise")), .limit = {987.6, 1501.2}};
    x->method[1] = (struct evidence_method){.method = method_find(S("classes")),
                                            .status = ESTIMATE_REFUSED,
                                            .reason = ESTIMATE_NOT_CONVERGED,
                                            .limit = {NAN, NAN}};
    x->method[2] =
        (struct evidence_method){.method = method_find(S("chao")), .limit = {900, 1100}, .is_bound = true};
    x->range[0] = 987.6;
    x->range[1] = 1501.2;
    x->has_diagnostics = true;
    x->lists = 2;
    x->list[0] = S("A");
    x->list[1] = S("B");
    x->diagnostics.list[0] = (struct diagnostics_list){.dropped = NAN};
    x->diagnostics.list[1] = (struct diagnostics_list){.dropped = 2222, .moves = true};
    x->diagnostics.at_odds[0] = 700;
    x->diagnostics.at_odds[2] = 2000;
    x->diagnostics.spread[1] =
        (struct diagnostics_spread){.models = 3, .lowest = 950, .highest = 3111, .unbounded = 1};
    stratum[0] = (struct stratum){.category = S("woman"), .ci95 = {711, 1200}};
    stratum[1] = (struct stratum){
        .category = S("man"), .status = ESTIMATE_REFUSED, .ci95 = {NAN, NAN}, .range = {NAN, NAN}, .n = 43};
    x->parts = 1;
    x->part[0] = (struct strata){
        .by = S("gender"), .n = 2, .stratum = stratum, .refused = 1, .at_least = {.ci95 = {754, 1243}}};
    return x;
}

static struct round_evidence *read_back(void **state)
{
    struct round_evidence *x = arena_new(arena_of(state), 1, struct round_evidence);
    struct err e = {0};

    assert_int_equal(round_evidence_from_json(round_evidence_json(exact_of(state), arena_of(state)),
                                              arena_of(state), x, &e),
                     OK);
    return x;
}

static void figures_are_rounded_outward_before_they_are_kept(void **state)
{
    const struct round_evidence *x = read_back(state);

    assert_int_equal(x->way[0].limit[0], 980);
    assert_int_equal(x->way[0].limit[1], 1600);
    assert_int_equal(x->way[1].answer, RELEASE_REFUSED);
    assert_int_equal(x->way[1].limit[0], RELEASE_UNKNOWN);
    assert_true(str_is(x->way[1].reason.code, "model"));
    assert_true(x->way[2].is_bound);
    assert_int_equal(x->drop[0].nhat, RELEASE_UNKNOWN);
    assert_int_equal(x->drop[1].nhat, 2200);
    assert_int_equal(x->model_limit[1], 3200);
}

static void the_people_of_a_category_that_is_refused_are_not_kept(void **state)
{
    struct str json = round_evidence_json(exact_of(state), arena_of(state));

    assert_null(strstr(json.p, "43"));
    assert_int_equal(read_back(state)->part[0].row[1].answer, RELEASE_REFUSED);
}

static void what_is_not_whole_is_refused(void **state)
{
    struct round_evidence *x = arena_new(arena_of(state), 1, struct round_evidence);
    struct str json = round_evidence_json(exact_of(state), arena_of(state));
    struct err e = {0};

    json.n /= 2;
    assert_int_equal(round_evidence_from_json(json, arena_of(state), x, &e), BAD_INPUT);
}

static int64_t opened(void **state)
{
    struct city *city = ((struct scratch *)*state)->mine;
    struct round round = {.first_year = 2025,
                          .last_year = 2025,
                          .title_sv = S("T"),
                          .title_en = S("T"),
                          .people_sv = S("P"),
                          .people_en = S("P"),
                          .source_sv = S("K"),
                          .source_en = S("K"),
                          .specification = S("S"),
                          .corrects = S(""),
                          .reason = S("")};
    struct err e = {0};

    assert_int_equal(round_open(city->db, &round, 0, &who, &e), OK);
    return round.id;
}

static void it_lies_sealed_in_the_database_until_it_is_deleted(void **state)
{
    static const char sealed[] =
        "select count(*) from mapping_round_evidence where instr(sealed, cast('stepwise' as blob)) = 0";
    struct city *city = ((struct scratch *)*state)->mine;
    struct round_evidence *x = arena_new(arena_of(state), 1, struct round_evidence);
    int64_t id = opened(state);
    bool is_there = false;
    struct err e = {0};

    assert_int_equal(db_begin(city->db, &e), OK);
    assert_int_equal(db_end(city->db, round_evidence_keep(city, city->db, id, exact_of(state), &e), &e), OK);
    struct query q = db_query(city->db, sealed);
    assert_true(query_next(&q));
    assert_int_equal(query_int(&q, 0), 1);
    assert_int_equal(query_end(&q, &e), OK);
    assert_int_equal(round_evidence_read(city, city->db, id, arena_of(state), x, &is_there, &e), OK);
    assert_true(is_there);
    assert_int_equal(x->range[1], 1600);
    assert_int_equal(db_begin(city->db, &e), OK);
    assert_int_equal(db_end(city->db, round_evidence_delete(city->db, id, &e), &e), OK);
    assert_int_equal(round_evidence_read(city, city->db, id, arena_of(state), x, &is_there, &e), OK);
    assert_false(is_there);
}

static const char *drawn(void **state, enum language language)
{
    struct arena *a = arena_of(state);
    struct html h = html_open(a, catalogue_of(language));
    struct release *draft = arena_new(a, 1, struct release);
    struct release_row *row = arena_new(a, 2, struct release_row);

    draft->mapping = (struct mapping){.lists = 2};
    draft->mapping.list[0] = (struct label){S("A"), S("Polisen"), S("Police")};
    draft->mapping.list[1] = (struct label){S("B"), S("Kommunen"), S("City")};
    row[0] = (struct release_row){.label = {S("woman"), S("Kvinnor"), S("Women")}};
    row[1] = (struct release_row){.label = {S("man"), S("Män"), S("Men")}, .figure = {.people = 45}};
    draft->tables = 1;
    draft->table[0] = (struct release_table){{S("gender"), S("Kön"), S("Gender")}, 2, row};
    const struct round_evidence_view v = round_evidence_view_of(read_back(state), draft, language, a);
    page_round_evidence(&h, &v);
    return html_str(&h).p;
}

static void the_page_names_the_list_that_moves_the_answer(void **state)
{
    const char *text = drawn(state, LANGUAGE_SV);

    assert_non_null(
        strstr(text, "Antalet är räknat på 2 sätt, och 1 av dem gav ett svar: mellan 980 och 1\u00a0600."));
    assert_non_null(strstr(text, "Utan listan ”Kommunen” blir svaret cirka 2\u00a0200, utanför det spann"));
    assert_null(strstr(text, "Utan listan ”Polisen”"));
}

static void a_way_without_an_answer_says_why(void **state)
{
    assert_non_null(strstr(drawn(state, LANGUAGE_SV), "inget svar"));
    assert_non_null(
        strstr(drawn(state, LANGUAGE_EN), "The data do not suffice for the model that fits them."));
}

static void a_bound_is_told_as_at_least(void **state)
{
    assert_non_null(strstr(drawn(state, LANGUAGE_SV), "minst 900"));
    assert_null(strstr(drawn(state, LANGUAGE_SV), "mellan 900"));
}

static void a_category_that_is_refused_has_the_known_as_its_lower_bound(void **state)
{
    assert_non_null(strstr(drawn(state, LANGUAGE_SV), "Kända: cirka 45, det är den nedre gränsen."));
    assert_non_null(strstr(drawn(state, LANGUAGE_EN), "Together they are between 750 and 1,300"));
}

#define CITY_TEST(test) cmocka_unit_test_setup_teardown(test, begin, scratch_city_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CITY_TEST(figures_are_rounded_outward_before_they_are_kept),
        CITY_TEST(the_people_of_a_category_that_is_refused_are_not_kept),
        CITY_TEST(what_is_not_whole_is_refused),
        CITY_TEST(it_lies_sealed_in_the_database_until_it_is_deleted),
        CITY_TEST(the_page_names_the_list_that_moves_the_answer),
        CITY_TEST(a_way_without_an_answer_says_why),
        CITY_TEST(a_bound_is_told_as_at_least),
        CITY_TEST(a_category_that_is_refused_has_the_known_as_its_lower_bound),
    };

    return cmocka_run_group_tests_name("round_evidence", tests, NULL, NULL);
}
