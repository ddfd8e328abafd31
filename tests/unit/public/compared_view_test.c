/* What a report says of earlier rounds. */
#include "public/compared_view.h"

#include "../unit.h"
#include "base/text.h"
#include "public/report_html.h"

#include <string.h>

static struct release_figure about(int64_t people)
{
    return (struct release_figure){.people = people,
                                   .lo = people > 5 ? people - 5 : 0,
                                   .hi = people + 5,
                                   .sv = S("färre än 5"),
                                   .en = S("fewer than 5")};
}

/* One list with everyone who is known on it; the second list holds `more` of them too. */
static struct release *round_of(void **state, int year, int64_t known, int64_t more)
{
    struct release *r = arena_new(*state, 1, struct release);
    struct release_row *rows = arena_new(*state, 2, struct release_row);

    r->name = str_of(arena_printf(*state, "1281-%d", year));
    r->mapping = (struct mapping){
        .first_year = year,
        .last_year = year,
        .title_sv = S("Läget"),
        .title_en = S("The state"),
        .lists = 2,
        .list = {{S("PF"), S("Polisen"), S("Police")}, {S("SO"), S("Socialtjänsten"), S("Social services")}}};
    r->seen = about(known);
    r->protection.base = 5;
    r->estimate = (struct release_estimate){
        .answer = RELEASE_POINT, .nhat = 1000, .ci95 = {800, 1200}, .ci80 = {900, 1100}};
    rows[0] = (struct release_row){r->mapping.list[0], 0, about(known)};
    rows[1] = (struct release_row){r->mapping.list[1], 0, about(more)};
    r->table[r->tables++] = (struct release_table){{S("lists"), S("Listor"), S("Lists")}, 2, rows};
    return r;
}

static const char *part(void **state, const struct release *old, const struct release *now,
                        enum report_part part, enum language language)
{
    struct text out = text_open(*state);
    struct series *s = arena_new(*state, 1, struct series);

    series_make(now, &old, 1, *state, s);
    report_part_html(now, s, part, language, &out);
    return text_str(&out).p;
}

static const char *page(void **state, const struct release *old, const struct release *now)
{
    return part(state, old, now, REPORT_WHOLE, LANGUAGE_SV);
}

static void without_an_earlier_round_nothing_is_said_of_it(void **state)
{
    struct text out = text_open(*state);

    report_part_html(round_of(state, 2025, 100, 50), NULL, REPORT_WHOLE, LANGUAGE_SV, &out);
    assert_null(strstr(text_str(&out).p, "Jämfört med tidigare"));
}

static void more_known_is_told_with_both_figures_and_a_share(void **state)
{
    const char *text = page(state, round_of(state, 2024, 100, 50), round_of(state, 2025, 125, 50));

    assert_non_null(
        strstr(text, "Fler personer är kända än 2024. Nu är det cirka 125, då var det cirka 100."));
    assert_non_null(strstr(text, "Det är ungefär 25 procent fler."));
    assert_non_null(strstr(text, "Om fler blir kända behöver det inte betyda att fler utsätts."));
}

static void fewer_known_is_told_with_what_else_it_may_mean(void **state)
{
    const char *text = page(state, round_of(state, 2024, 100, 50), round_of(state, 2025, 80, 50));

    assert_non_null(
        strstr(text, "Färre personer är kända än 2024. Nu är det cirka 80, då var det cirka 100."));
    assert_non_null(strstr(text, "Det är ungefär 20 procent färre."));
    assert_non_null(strstr(text, "Om färre blir kända behöver det inte betyda att färre utsätts."));
}

static void a_change_that_rounding_may_have_made_is_not_called_one(void **state)
{
    const char *text = page(state, round_of(state, 2024, 100, 50), round_of(state, 2025, 110, 50));

    assert_non_null(strstr(text, "Det går inte att säga om fler eller färre personer är kända än 2024."));
    assert_null(strstr(text, "procent fler"));
}

static void a_figure_too_small_to_be_shown_stays_so(void **state)
{
    const char *text = page(state, round_of(state, 2024, 0, 0), round_of(state, 2025, 100, 50));

    assert_non_null(strstr(text, "Nu är det cirka 100, då var det färre än 5."));
    assert_null(strstr(text, "procent fler"));
}

static void more_entries_of_the_same_persons_may_be_attention(void **state)
{
    const char *sentence = "kan betyda att fler letar, inte att fler utsätts";

    assert_non_null(
        strstr(page(state, round_of(state, 2024, 100, 50), round_of(state, 2025, 100, 90)), sentence));
    assert_null(
        strstr(page(state, round_of(state, 2024, 100, 50), round_of(state, 2025, 150, 90)), sentence));
    assert_null(
        strstr(page(state, round_of(state, 2024, 100, 50), round_of(state, 2025, 100, 50)), sentence));
}

static void each_answer_about_the_likely_number_has_its_sentence(void **state)
{
    const struct release *old = round_of(state, 2024, 100, 50);
    struct release *now = round_of(state, 2025, 100, 50);

    assert_non_null(strstr(page(state, old, now), "Osäkerheten är större än skillnaden."));
    now->estimate.ci95[0] = 1201;
    now->estimate.ci95[1] = 1500;
    assert_non_null(strstr(page(state, old, now), "är högre än 2024."));
    now->estimate.ci95[0] = 500;
    now->estimate.ci95[1] = 799;
    assert_non_null(strstr(page(state, old, now), "är lägre än 2024."));
    now->estimate.answer = RELEASE_REFUSED;
    assert_non_null(strstr(page(state, old, now), "Det troliga antalet går inte att jämföra."));
}

static void what_differs_is_said_and_no_figure_is_laid_beside(void **state)
{
    struct release *old = round_of(state, 2024, 100, 50);

    old->mapping.people_sv = S("andra människor");
    old->mapping.list[0].sv = S("Åklagaren");
    const char *text = page(state, old, round_of(state, 2025, 125, 50));
    assert_non_null(strstr(text,
                           "Siffrorna går inte att jämföra med dem för 2024. Det här skiljer: vilka som "
                           "räknas, vilka listor som finns."));
    assert_null(strstr(text, "Fler personer är kända"));
    assert_null(strstr(text, "id=\"compared-d\""));
}

static void the_annex_has_a_table_of_the_rounds(void **state)
{
    const char *text = part(state, round_of(state, 2024, 100, 50), round_of(state, 2025, 125, 50),
                            REPORT_ANNEX, LANGUAGE_EN);

    assert_non_null(strstr(text, "More persons are known than in 2024."));
    assert_non_null(strstr(text, "Entries on the lists"));
    assert_non_null(strstr(text, "about 175"));
}

static void the_summary_of_one_page_is_of_one_round(void **state)
{
    assert_null(strstr(part(state, round_of(state, 2024, 100, 50), round_of(state, 2025, 125, 50),
                            REPORT_SUMMARY, LANGUAGE_SV),
                       "Jämfört med tidigare"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_ARENA(without_an_earlier_round_nothing_is_said_of_it),
        WITH_ARENA(more_known_is_told_with_both_figures_and_a_share),
        WITH_ARENA(fewer_known_is_told_with_what_else_it_may_mean),
        WITH_ARENA(a_change_that_rounding_may_have_made_is_not_called_one),
        WITH_ARENA(a_figure_too_small_to_be_shown_stays_so),
        WITH_ARENA(more_entries_of_the_same_persons_may_be_attention),
        WITH_ARENA(each_answer_about_the_likely_number_has_its_sentence),
        WITH_ARENA(what_differs_is_said_and_no_figure_is_laid_beside),
        WITH_ARENA(the_annex_has_a_table_of_the_rounds),
        WITH_ARENA(the_summary_of_one_page_is_of_one_round),
    };

    return cmocka_run_group_tests_name("compared_view", tests, NULL, NULL);
}
