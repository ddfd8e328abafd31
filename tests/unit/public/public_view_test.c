/* What the public pages show. */
#include "public/public_pages.h"
#include "public/public_view.h"

#include "../unit.h"
#include "pages.h"
#include "web/html.h"

#include <string.h>

static const struct portal_room *const rooms[] = {&public_room, NULL};
static const struct portal_view site_sv = {.language = LANGUAGE_SV,
                                           .is_example = true,
                                           .today = {2026, 11, 24},
                                           .rooms = rooms,
                                           .roles = ROLE_BIT(ROLE_READER)};
static const struct portal_view site_en = {
    .language = LANGUAGE_EN, .today = {2026, 11, 24}, .rooms = rooms, .roles = ROLE_BIT(ROLE_READER)};

static struct public_page reviewed(int year)
{
    return (struct public_page){.key = S("a"), .title = S("En artikel"), .reviewed_on = {year, 11, 1}};
}

/* The article, drawn. */
static const char *drawn(void **state, const struct portal_view *site, const struct public_page *page)
{
    struct html h = html_open(*state, catalogue_of(site->language));
    struct public_view v = public_view_of(site, page, S("/artiklar/a"), *state);

    page_public_article(&h, &v);
    return html_str(&h).p;
}

static void a_text_is_cut_at_its_headings(void **state)
{
    size_t n = 0;
    const struct public_section *parts = public_sections(
        S("Först.\n\n## Vad är människohandel?\n\nText ## inte här.\n## Sedan\n"), *state, &n);

    assert_int_equal(n, 3);
    assert_str(parts[0].title, "");
    assert_str(parts[1].title, "Vad är människohandel?");
    assert_str(parts[1].anchor, "vad-ar-manniskohandel");
    assert_str(parts[1].body, "\nText ## inte här.\n");
    assert_str(parts[2].title, "Sedan");
}

static void an_empty_text_has_no_parts(void **state)
{
    size_t n = 1;

    public_sections(S(""), *state, &n);
    assert_int_equal(n, 0);
}

static void an_old_article_says_so_and_a_new_one_does_not(void **state)
{
    struct public_page old = reviewed(2025);
    struct public_page new = reviewed(2026);

    assert_non_null(strstr(drawn(state, &site_sv, &old), "Artikeln är äldre än 6 månader."));
    assert_null(strstr(drawn(state, &site_sv, &new), "Artikeln är äldre än 6 månader."));
}

static void an_example_city_says_so_and_another_does_not(void **state)
{
    struct public_page page = reviewed(2026);

    assert_non_null(strstr(drawn(state, &site_sv, &page), "uppgifterna visar hur Lykta fungerar"));
    assert_null(strstr(drawn(state, &site_en, &page), "how Lykta works"));
}

static void english_links_stay_in_english_and_one_leads_to_swedish(void **state)
{
    struct public_page page = reviewed(2026);
    const char *text = drawn(state, &site_en, &page);

    assert_non_null(strstr(text, "href=\"/en/hjalp\""));
    assert_non_null(strstr(text, "<a href=\"/artiklar/a\" hreflang=\"sv\" lang=\"sv\">Svenska</a>"));
}

static void a_title_cannot_break_out_of_the_page(void **state)
{
    struct public_page page = reviewed(2026);

    page.title = S("<script>\" & '");
    assert_null(strstr(drawn(state, &site_sv, &page), "<script"));
}

static void sharing_sends_the_address_and_nothing_else(void **state)
{
    struct public_page page = reviewed(2026);
    const char *text = drawn(state, &site_sv, &page);

    assert_non_null(strstr(text, "mailto:?subject=En%20artikel&amp;body=%2Fartiklar%2Fa"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_ARENA(a_text_is_cut_at_its_headings),
        WITH_ARENA(an_empty_text_has_no_parts),
        WITH_ARENA(an_old_article_says_so_and_a_new_one_does_not),
        WITH_ARENA(an_example_city_says_so_and_another_does_not),
        WITH_ARENA(english_links_stay_in_english_and_one_leads_to_swedish),
        WITH_ARENA(a_title_cannot_break_out_of_the_page),
        WITH_ARENA(sharing_sends_the_address_and_nothing_else),
    };

    return cmocka_run_group_tests_name("public_view", tests, NULL, NULL);
}
