/* The summary for the board and the annex to the lägesbild. */
#include "public/brief_view.h"

#include "../unit.h"
#include "base/text.h"
#include "child/child.h"
#include "pages.h"
#include "public/report_html.h"
#include "public/report_pdf.h"
#include "release/release.h"
#include "release/release_notes.h"
#include "words/lix.h"

#include <string.h>

static struct release_figure about(void **state, int64_t people, int64_t move)
{
    return (struct release_figure){.people = people,
                                   .lo = people > move ? people - move : 0,
                                   .hi = people + move,
                                   .sv = str_of(arena_printf(*state, "cirka %d", (int)people)),
                                   .en = str_of(arena_printf(*state, "about %d", (int)people))};
}

static void take_limits(struct release *r)
{
    for (; release_limits[r->limits].code.n; r->limits++)
        r->limit[r->limits] = release_limits[r->limits];
}

/* Two lists; 250 people, of whom 60 are on both. */
static struct release *release_of(void **state, enum release_answer answer)
{
    struct release *r = arena_new(*state, 1, struct release);
    struct release_row *lists = arena_new(*state, 2, struct release_row);
    struct release_row *number = arena_new(*state, 2, struct release_row);

    r->name = S("1281-2025");
    r->mapping = (struct mapping){.first_year = 2024,
                                  .last_year = 2025,
                                  .lists = 2,
                                  .title_sv = S("Människohandel i staden"),
                                  .people_sv = S("människor som utnyttjas i staden"),
                                  .source_sv = S("Listor från två myndigheter.")};
    r->seen = about(state, 250, 10);
    r->protection.base = 5;
    r->estimate = (struct release_estimate){
        .answer = answer, .nhat = 1000, .ci95 = {800, 1300}, .range = {700, 2000}, .method = S("stepwise")};
    lists[0] = (struct release_row){{S("PF"), S("Polisen"), S("Police")}, 1, about(state, 200, 10)};
    lists[1] =
        (struct release_row){{S("SO"), S("Socialtjänsten"), S("Social services")}, 2, about(state, 110, 10)};
    number[0] = (struct release_row){{S("1"), S("1 lista"), S("1 list")}, 0, about(state, 190, 10)};
    number[1] = (struct release_row){{S("2"), S("2 listor"), S("2 lists")}, 0, about(state, 60, 10)};
    r->table[0] = (struct release_table){{S("lists"), S("Listor"), S("Lists")}, 2, lists};
    r->table[1] = (struct release_table){{S("number"), S("Antal listor"), S("Number of lists")}, 2, number};
    r->tables = 2;
    take_limits(r);
    return r;
}

static struct brief_view brief_of(void **state, const struct release *r)
{
    struct report_view *report = arena_new(*state, 1, struct report_view);

    *report = report_view_alone(r, LANGUAGE_SV, *state);
    return brief_view_of(report, LANGUAGE_SV, *state);
}

static const char *drawn(void **state, const struct release *r, enum report_part part, enum language language)
{
    struct text out = text_open(*state);

    report_part_html(r, NULL, part, language, &out);
    return text_str(&out).p;
}

/* What is read of a page: its main part without tags; an element that ends is the end of a sentence, as the
 * eye reads headings and cards. */
static struct str words_of(void **state, const char *html)
{
    struct text out = text_open(*state);
    const char *end = strstr(html, "</main>");

    for (const char *p = strstr(html, "<h1"); p < end;) {
        const char *open = strchr(p, '<');
        const char *close = strchr(open, '>');
        bool is_block =
            strncmp(open, "</p", 3) == 0 || strncmp(open, "</h", 3) == 0 || strncmp(open, "</li", 4) == 0;

        text_add(&out, (struct str){p, (size_t)(open - p)});
        text_add(&out, is_block ? S(".\n") : S(" "));
        p = close + 1;
    }
    return text_str(&out);
}

static double lix_of(void **state, const struct release *r)
{
    struct lix count = {0};

    lix_add(&count, words_of(state, drawn(state, r, REPORT_SUMMARY, LANGUAGE_SV)));
    assert_true(count.words > 100);
    return lix_value(&count);
}

static void assert_easy(void **state, const struct release *r)
{
    double lix = lix_of(state, r);

    if (lix > LIX_MOST)
        fail_msg("LIX %.1f", lix);
}

static void the_summary_of_a_number_is_easy_to_read(void **state)
{
    assert_easy(state, release_of(state, RELEASE_POINT));
}

static void the_summary_of_a_range_is_easy_to_read(void **state)
{
    struct release *r = release_of(state, RELEASE_RANGE);

    r->estimate.reason = release_note_of(ESTIMATE_MODELS_DISAGREE);
    assert_easy(state, r);
    r->estimate.range[1] = RELEASE_UNKNOWN;
    assert_easy(state, r);
}

static void the_summary_of_a_refusal_is_easy_to_read(void **state)
{
    static const enum estimate_note_kind reasons[] = {ESTIMATE_FEW_PEOPLE, ESTIMATE_NO_OVERLAP,
                                                      ESTIMATE_TOO_FEW_LISTS, ESTIMATE_IS_INFINITE};
    struct release *r = release_of(state, RELEASE_REFUSED);

    for (size_t i = 0; i < sizeof reasons / sizeof *reasons; i++) {
        r->estimate.reason = release_note_of(reasons[i]);
        assert_easy(state, r);
    }
}

/* As long as a summary gets. */
static struct release *with_every_warning(void **state)
{
    static const enum estimate_note_kind warnings[] = {ESTIMATE_LIST_EMPTY,           ESTIMATE_LOWER_BOUND,
                                                       ESTIMATE_INDEPENDENCE_ASSUMED, ESTIMATE_UNRESOLVED,
                                                       ESTIMATE_REPLICATES_FAILED,    ESTIMATE_ONE_SIDED};
    struct release *r = release_of(state, RELEASE_POINT);

    for (size_t i = 0; i < sizeof warnings / sizeof *warnings; i++)
        r->estimate.warning[r->estimate.warnings++] = release_note_of(warnings[i]);
    r->mapping.is_example = true;
    r->estimate.methods = (struct release_methods){
        .n = 2,
        .range = {9200, 340000},
        .method = {{S("stepwise"), S("Par."), S("Pairs.")}, {S("graphs"), S("Graf."), S("Graph.")}},
        .lowest = S("stepwise"),
        .highest = S("graphs")};
    return r;
}

static void the_summary_with_every_warning_is_easy_to_read(void **state)
{
    assert_easy(state, with_every_warning(state));
}

/* Counted by poppler. */
static void assert_one_a4(void **state, struct str pdf)
{
    static const char *const arguments[] = {"pdfinfo", "-", NULL};
    struct text out = text_open(*state);
    struct child pdfinfo = {.arguments = arguments,
                            .input = pdf,
                            .most_bytes = 1 << 20,
                            .most_seconds = 20,
                            .how_to_get = "install the Debian package poppler-utils"};
    struct err e = {0};

    assert_int_equal(child_run(&pdfinfo, &out, &e), OK);
    assert_non_null(strstr(text_str(&out).p, "Pages:           1\n"));
    assert_non_null(strstr(text_str(&out).p, "(A4)"));
    assert_non_null(strstr(text_str(&out).p, "Tagged:          yes\n"));
}

static void the_longest_summary_is_one_a4_in_both_languages(void **state)
{
    struct release *r = with_every_warning(state);
    struct text swedish = text_open(*state);
    struct text english = text_open(*state);
    struct err e = {0};

    r->estimate.reason = release_note_of(ESTIMATE_FEW_PEOPLE);
    assert_int_equal(report_summary_pdf(r, NULL, &swedish, &e), OK);
    assert_one_a4(state, text_str(&swedish));
    assert_int_equal(report_summary_pdf_en(r, NULL, &english, &e), OK);
    assert_one_a4(state, text_str(&english));
}

static void a_list_is_the_longest_only_above_every_other_interval(void **state)
{
    struct release *r = release_of(state, RELEASE_POINT);
    struct release_row *other = &r->table[0].row[1];

    other->figure.hi = r->table[0].row[0].figure.lo - 1;
    assert_str(brief_of(state, r).most.label, "Polisen");
    other->figure.hi++;
    assert_int_equal(brief_of(state, r).most.label.n, 0);
    other->figure.hi++;
    assert_int_equal(brief_of(state, r).most.label.n, 0);
}

static void the_longest_list_is_found_wherever_it_stands(void **state)
{
    struct release *r = release_of(state, RELEASE_POINT);

    r->table[0].row[1].figure = about(state, 400, 10);
    assert_str(brief_of(state, r).most.label, "Socialtjänsten");
    assert_int_equal(brief_of(state, r).most.people, 400);
}

static void an_answer_is_wide_above_twice_its_lower_end(void **state)
{
    struct release *r = release_of(state, RELEASE_POINT);

    r->estimate.ci95[1] = 1599;
    assert_false(brief_of(state, r).is_wide);
    r->estimate.ci95[1] = 1600;
    assert_false(brief_of(state, r).is_wide);
    r->estimate.ci95[1] = 1601;
    assert_true(brief_of(state, r).is_wide);
    assert_non_null(strstr(drawn(state, r, REPORT_SUMMARY, LANGUAGE_SV), "mer än dubbelt så stort"));
}

static void an_answer_without_an_upper_end_is_not_called_wide(void **state)
{
    struct release *r = release_of(state, RELEASE_RANGE);

    r->estimate.range[1] = RELEASE_UNKNOWN;
    assert_false(brief_of(state, r).is_wide);
}

static void people_on_more_than_one_list_are_told_from_the_first_rounded_figure(void **state)
{
    struct release *r = release_of(state, RELEASE_POINT);
    struct release_figure *shared = &r->table[1].row[1].figure;

    *shared = (struct release_figure){.people = 0, .hi = 4};
    assert_non_null(
        strstr(drawn(state, r, REPORT_SUMMARY, LANGUAGE_SV), "Högst 4 av dem finns på mer än en lista."));
    *shared = about(state, 5, 4);
    assert_non_null(
        strstr(drawn(state, r, REPORT_SUMMARY, LANGUAGE_SV), "Omkring 5 av dem finns på mer än en lista."));
}

static void no_more_are_said_to_be_on_several_lists_than_can_be(void **state)
{
    struct release *r = release_of(state, RELEASE_POINT);

    r->table[1].row[1].figure = (struct release_figure){.people = 0, .hi = 120};
    r->table[1].row[0].figure = about(state, 240, 10);
    assert_int_equal(brief_of(state, r).shared_most, 30);
    r->tables = 1;
    assert_null(strstr(drawn(state, r, REPORT_SUMMARY, LANGUAGE_SV), "på mer än en lista"));
}

static size_t times(const char *text, const char *part)
{
    size_t n = 0;

    for (const char *p = strstr(text, part); p; p = strstr(p + 1, part))
        n++;
    return n;
}

static void the_annex_says_once_that_it_is_an_example_and_that_figures_are_rounded(void **state)
{
    struct release *r = release_of(state, RELEASE_POINT);

    r->mapping.is_example = true;
    r->limit[r->limits++] = release_example_note;
    r->limit[r->limits++] = release_protection_note;
    const char *text = drawn(state, r, REPORT_ANNEX, LANGUAGE_SV);
    assert_int_equal(times(text, "kommer från en annan plats"), 1);
    assert_int_equal(times(text, "avrundade så att ingen enskild person kan pekas ut"), 1);
    for (size_t i = 0; release_limits[i].code.n; i++)
        assert_int_equal(times(text, arena_cstr(*state, release_limits[i].sv.p, release_limits[i].sv.n)), 1);
}

static void the_share_is_told_from_twenty_known_people_on(void **state)
{
    struct release *r = release_of(state, RELEASE_POINT);

    r->seen.people = 19;
    assert_int_equal(brief_of(state, r).report.share, 0);
    r->seen.people = 20;
    assert_int_equal(brief_of(state, r).report.share, 2);
    r->seen.people = 21;
    assert_int_equal(brief_of(state, r).report.share, 2);
}

static void the_share_is_not_told_of_an_estimate_below_what_is_known(void **state)
{
    struct release *r = release_of(state, RELEASE_POINT);

    r->estimate.nhat = r->seen.people - 1;
    assert_int_equal(brief_of(state, r).report.share, 0);
    r->estimate.nhat = r->seen.people;
    assert_int_equal(brief_of(state, r).report.share, 100);
    r->estimate.nhat = r->seen.people + 10;
    assert_int_equal(brief_of(state, r).report.share, 96);
}

static void the_annex_has_the_three_parts_of_the_law_in_their_order(void **state)
{
    const char *text = drawn(state, release_of(state, RELEASE_POINT), REPORT_ANNEX, LANGUAGE_SV);
    const char *mapping = strstr(text, "1. Kartläggning</h2>");
    const char *other = strstr(text, "2. Annan information</h2>");
    const char *analysis = strstr(text, "3. Analys</h2>");

    assert_non_null(mapping);
    assert_true(mapping < other);
    assert_true(other < analysis);
}

static void the_annex_shows_every_table_but_the_combinations(void **state)
{
    struct release *r = release_of(state, RELEASE_POINT);

    r->table[1].label.code = S("overlap");
    struct brief_view v = brief_of(state, r);
    assert_int_equal(v.tables, 1);
    assert_int_equal(v.table[0].row[1].people, 110);
}

static void both_are_in_english_too(void **state)
{
    struct release *r = release_of(state, RELEASE_POINT);
    const char *text = drawn(state, r, REPORT_SUMMARY, LANGUAGE_EN);

    assert_non_null(strstr(text, "Most are on the list Police: about 200."));
    assert_non_null(strstr(drawn(state, r, REPORT_ANNEX, LANGUAGE_EN), "3. Analysis</h2>"));
}

static void figures_from_elsewhere_say_so_first(void **state)
{
    struct release *r = release_of(state, RELEASE_POINT);

    r->mapping.is_example = true;
    const char *text = drawn(state, r, REPORT_SUMMARY, LANGUAGE_SV);
    const char *warning = strstr(text, "säger inget om staden");
    assert_non_null(warning);
    assert_true(warning < strstr(text, "personer är kända"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_ARENA(the_summary_of_a_number_is_easy_to_read),
        WITH_ARENA(the_summary_of_a_range_is_easy_to_read),
        WITH_ARENA(the_summary_of_a_refusal_is_easy_to_read),
        WITH_ARENA(the_summary_with_every_warning_is_easy_to_read),
        WITH_ARENA(the_longest_summary_is_one_a4_in_both_languages),
        WITH_ARENA(a_list_is_the_longest_only_above_every_other_interval),
        WITH_ARENA(the_longest_list_is_found_wherever_it_stands),
        WITH_ARENA(an_answer_is_wide_above_twice_its_lower_end),
        WITH_ARENA(an_answer_without_an_upper_end_is_not_called_wide),
        WITH_ARENA(people_on_more_than_one_list_are_told_from_the_first_rounded_figure),
        WITH_ARENA(no_more_are_said_to_be_on_several_lists_than_can_be),
        WITH_ARENA(the_annex_says_once_that_it_is_an_example_and_that_figures_are_rounded),
        WITH_ARENA(the_share_is_told_from_twenty_known_people_on),
        WITH_ARENA(the_share_is_not_told_of_an_estimate_below_what_is_known),
        WITH_ARENA(the_annex_has_the_three_parts_of_the_law_in_their_order),
        WITH_ARENA(the_annex_shows_every_table_but_the_combinations),
        WITH_ARENA(both_are_in_english_too),
        WITH_ARENA(figures_from_elsewhere_say_so_first),
    };

    return cmocka_run_group_tests_name("brief_view", tests, NULL, NULL);
}
