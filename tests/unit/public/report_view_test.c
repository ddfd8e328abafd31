/* The mapping report. */
#include "public/report_view.h"

#include "../unit.h"
#include "pages.h"
#include "release/release.h"
#include "release/release_notes.h"
#include "web/html.h"

#include <string.h>

static struct release *release_of(void **state, enum release_answer answer)
{
    struct release *r = arena_new(*state, 1, struct release);

    r->name = S("1281-2025");
    r->mapping = (struct mapping){.first_year = 2024, .last_year = 2025, .title_sv = S("Läget")};
    r->seen = (struct release_figure){.people = 250, .lo = 246, .hi = 254};
    r->protection.base = 5;
    r->estimate = (struct release_estimate){.answer = answer,
                                            .nhat = 1000,
                                            .ci95 = {800, 1300},
                                            .ci80 = {900, 1200},
                                            .range = {700, RELEASE_UNKNOWN},
                                            .method = S("stepwise")};
    return r;
}

static const char *drawn(void **state, const struct release *r, enum language language)
{
    struct html h = html_open(*state, catalogue_of(language));
    struct report_view v = report_view_alone(r, language, *state);

    page_report(&h, &v);
    return html_str(&h).p;
}

static void the_first_words_say_what_is_known_and_what_is_likely(void **state)
{
    const char *text = drawn(state, release_of(state, RELEASE_POINT), LANGUAGE_SV);

    assert_non_null(strstr(text, "Omkring 250 personer är kända."));
    assert_non_null(strstr(text, "Troligen är det mellan 800 och 1\u00a0300 som utsätts."));
}

static void a_refusal_stands_in_the_first_words_and_not_in_a_footnote(void **state)
{
    struct release *r = release_of(state, RELEASE_REFUSED);
    const char *text = drawn(state, r, LANGUAGE_SV);

    assert_non_null(strstr(text, "Hur många det är i verkligheten går inte att säga."));
    assert_null(strstr(text, "1\u00a0000"));
}

static void a_range_without_an_upper_end_says_at_least(void **state)
{
    const char *text = drawn(state, release_of(state, RELEASE_RANGE), LANGUAGE_SV);

    assert_non_null(strstr(text, "Troligen är det minst 700 som utsätts."));
    assert_null(strstr(text, "\u22121"));
}

static void the_drawing_of_a_range_without_an_upper_end_says_at_least_too(void **state)
{
    const char *text = drawn(state, release_of(state, RELEASE_RANGE), LANGUAGE_SV);

    assert_non_null(strstr(text, "Troligen är det minst 700. Hur många fler går inte att säga."));
    assert_non_null(strstr(text, ">minst 700</text>"));
    assert_null(strstr(text, "Hur många det är i verkligheten går inte att säga."));
}

/* Two ways, of which one reaches both ends of the range. */
static void tell_ways(struct release *r, int64_t most)
{
    r->estimate.methods =
        (struct release_methods){.n = 2,
                                 .range = {780, most},
                                 .method = {{S("stepwise"), S("Par av listor."), S("Pairs.")},
                                            {S("graphs"), S("En graf."), S("A graph.")}},
                                 .lowest = S("stepwise"),
                                 .highest = S("graphs")};
}

static void the_range_over_several_ways_stands_in_the_first_words(void **state)
{
    struct release *r = release_of(state, RELEASE_POINT);

    tell_ways(r, 5400);
    assert_non_null(strstr(drawn(state, r, LANGUAGE_SV),
                           "Räknat på flera sätt ligger svaren mellan 780 och 5\u00a0400."));
    assert_non_null(strstr(drawn(state, r, LANGUAGE_EN), "the answers lie between 780 and 5,400."));
    tell_ways(r, RELEASE_UNKNOWN);
    assert_non_null(strstr(drawn(state, r, LANGUAGE_SV), "Räknat på flera sätt är det minst 780"));
}

static void each_way_is_told_with_what_it_rests_on_and_without_its_figure(void **state)
{
    struct release *r = release_of(state, RELEASE_POINT);

    tell_ways(r, 5400);
    struct report_view v = report_view_alone(r, LANGUAGE_SV, *state);
    assert_int_equal(v.ways, 2);
    assert_true(v.way[0].is_lowest && !v.way[0].is_highest);
    assert_true(v.way[1].is_highest && !v.way[1].is_lowest);
    assert_non_null(strstr(drawn(state, r, LANGUAGE_SV), "Par av listor."));
}

static void a_release_of_before_tells_of_no_ways(void **state)
{
    const char *text = drawn(state, release_of(state, RELEASE_POINT), LANGUAGE_SV);

    assert_null(strstr(text, "flera sätt"));
    assert_non_null(strstr(text, "Vad skulle ändra svaret"));
}

static void the_share_that_is_known_comes_from_protected_figures(void **state)
{
    struct report_view v = report_view_alone(release_of(state, RELEASE_POINT), LANGUAGE_SV, *state);

    assert_int_equal(v.share, 25);
}

static void a_share_of_few_people_is_not_told(void **state)
{
    struct release *r = release_of(state, RELEASE_POINT);

    r->seen.people = 15;
    assert_int_equal(report_view_alone(r, LANGUAGE_SV, *state).share, 0);
}

static void small_figures_are_counted_as_hidden(void **state)
{
    struct release *r = release_of(state, RELEASE_POINT);
    struct release_row rows[] = {{.figure = {.people = 0, .hi = 4}},
                                 {.figure = {.people = 5, .lo = 1, .hi = 9}}};

    r->tables = 1;
    r->table[0] = (struct release_table){.n = 2, .row = rows};
    struct report_view v = report_view_alone(r, LANGUAGE_SV, *state);
    assert_int_equal(v.few, 1);
    assert_int_equal(v.figures, 2);
}

static void that_it_is_an_example_is_said_once(void **state)
{
    struct release *r = release_of(state, RELEASE_POINT);

    r->limit[0] = release_example_note;
    r->limit[1] = release_protection_note;
    r->limits = 2;
    r->mapping.is_example = true;
    r->mapping.source_sv = S("Listor från Storbritannien.");
    const char *text = drawn(state, r, LANGUAGE_SV);
    const char *first = strstr(text, "kommer från en annan plats");

    assert_non_null(first);
    assert_null(strstr(first + 1, "kommer från en annan plats"));
    assert_non_null(strstr(text, "<li>Alla antal är avrundade"));
    assert_null(strstr(strstr(text, "Listor från Storbritannien.") + 1, "Listor från Storbritannien."));
}

static void a_report_of_its_own_carries_its_style_and_asks_for_nothing(void **state)
{
    const char *text = drawn(state, release_of(state, RELEASE_POINT), LANGUAGE_EN);

    assert_non_null(strstr(text, "<style>"));
    assert_null(strstr(text, "href=\"/"));
    assert_null(strstr(text, "<link"));
}

static void several_years_are_written_as_a_period(void **state)
{
    assert_str(report_view_period(2024, 2025, *state), "2024–2025");
    assert_str(report_view_period(2025, 2025, *state), "2025");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_ARENA(the_first_words_say_what_is_known_and_what_is_likely),
        WITH_ARENA(a_refusal_stands_in_the_first_words_and_not_in_a_footnote),
        WITH_ARENA(a_range_without_an_upper_end_says_at_least),
        WITH_ARENA(the_drawing_of_a_range_without_an_upper_end_says_at_least_too),
        WITH_ARENA(the_range_over_several_ways_stands_in_the_first_words),
        WITH_ARENA(each_way_is_told_with_what_it_rests_on_and_without_its_figure),
        WITH_ARENA(a_release_of_before_tells_of_no_ways),
        WITH_ARENA(the_share_that_is_known_comes_from_protected_figures),
        WITH_ARENA(a_share_of_few_people_is_not_told),
        WITH_ARENA(small_figures_are_counted_as_hidden),
        WITH_ARENA(that_it_is_an_example_is_said_once),
        WITH_ARENA(a_report_of_its_own_carries_its_style_and_asks_for_nothing),
        WITH_ARENA(several_years_are_written_as_a_period),
    };

    return cmocka_run_group_tests_name("report_view", tests, NULL, NULL);
}
