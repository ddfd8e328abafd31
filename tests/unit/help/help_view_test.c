/* Help in each language. */
#include "help/help_view.h"

#include "../unit.h"
#include "pages.h"
#include "web/html.h"

#include <string.h>

#define LIT(literal)                                                                                         \
    {                                                                                                        \
        "" literal, sizeof(literal) - 1                                                                      \
    }

static const struct portal_view site = {
    .language = LANGUAGE_SV, .city = LIT("Lund"), .today = {2026, 11, 26}, .roles = ROLE_BIT(ROLE_READER)};

/* Of three numbers the last is for professionals; a city has written the second one's words itself. */
static struct helpline swedish_lines[] = {{.number = LIT("112"),
                                           .href = LIT("tel:112"),
                                           .about = LIT("Fara för liv"),
                                           .hours = LIT("Dygnet runt"),
                                           .circles = HELPLINE_NOW},
                                          {.number = LIT("046-000 00 00"),
                                           .href = LIT("tel:+4646000000"),
                                           .about = LIT("Stadens jour"),
                                           .circles = HELPLINE_SELF},
                                          {.number = LIT("020-390 000"),
                                           .href = LIT("tel:+4620390000"),
                                           .about = LIT("För yrkesverksamma"),
                                           .circles = HELPLINE_WORK}};
static struct helpline english_lines[] = {{.number = LIT("112"),
                                           .href = LIT("tel:112"),
                                           .about = LIT("Danger to life"),
                                           .hours = LIT("Day and night"),
                                           .circles = HELPLINE_NOW},
                                          {.number = LIT("046-000 00 00"),
                                           .href = LIT("tel:+4646000000"),
                                           .about = LIT("The city's own line"),
                                           .circles = HELPLINE_SELF},
                                          {.number = LIT("020-390 000"),
                                           .href = LIT("tel:+4620390000"),
                                           .about = LIT("For professionals"),
                                           .circles = HELPLINE_WORK}};

static struct help_view view_of(void **state, const char *name)
{
    static const struct helplines swedish = {3, swedish_lines};
    static const struct helplines english = {3, english_lines};

    return help_view_of(&site, help_language_find(str_of(name)), &swedish, &english, *state);
}

static const char *drawn(void **state, const char *name)
{
    struct html h = html_open(*state, catalogue_of(LANGUAGE_SV));
    struct help_view v = view_of(state, name);

    page_help_in_language(&h, &v);
    return html_str(&h).p;
}

static void twelve_languages_are_offered_and_no_other(void **state)
{
    struct help_choices all = help_choices_of(NULL, *state);
    struct help_choices others = help_choices_of(help_language_find(S("ro")), *state);

    assert_int_equal(all.n, 12);
    assert_int_equal(others.n, 11);
    assert_str(all.choice[3].href, "/hjalp/ro");
    assert_str(all.choice[3].name, "Română");
    assert_null(help_language_find(S("xx")));
    assert_null(help_language_find(S("")));
}

static void numbers_for_professionals_are_left_out(void **state)
{
    struct help_view v = view_of(state, "ro");

    assert_int_equal(v.numbers, 2);
    assert_str(v.number[0].about.text, "Pericol de moarte");
    assert_str(v.number[0].about.code, "");
    assert_str(v.number[0].hours.text, "Zi și noapte");
}

static void words_of_the_city_are_told_in_english_where_there_are_no_others(void **state)
{
    struct help_view romanian = view_of(state, "ro");
    struct help_view easy = view_of(state, "lattlast");
    struct help_view english = view_of(state, "en");

    assert_str(romanian.number[1].about.text, "The city's own line");
    assert_str(romanian.number[1].about.code, "en");
    assert_str(easy.number[1].about.text, "Stadens jour");
    assert_str(easy.number[1].about.code, "");
    assert_str(english.number[1].about.text, "The city's own line");
    assert_str(english.number[1].about.code, "");
    assert_int_equal(romanian.number[1].hours.text.n, 0);
}

static void a_page_is_written_from_its_own_side(void **state)
{
    const char *arabic = drawn(state, "ar");

    assert_non_null(strstr(arabic, "<html lang=\"ar\" dir=\"rtl\">"));
    assert_non_null(strstr(arabic, "<a href=\"tel:112\" dir=\"ltr\">112</a>"));
    assert_non_null(strstr(arabic, "<span lang=\"en\" dir=\"ltr\">The city&#39;s own line</span>"));
    assert_non_null(strstr(drawn(state, "th"), "<html lang=\"th\" dir=\"ltr\">"));
}

static const char *terminated(void **state, struct str s)
{
    return arena_cstr(*state, s.p, s.n);
}

static void a_translation_says_that_nobody_has_reviewed_it(void **state)
{
    for (size_t i = 0; i < help_languages_n; i++) {
        const struct help_language *l = &help_languages[i];
        const char *page = drawn(state, terminated(state, l->name));

        assert_int_equal(l->is_unreviewed, !str_is(l->name, "sv"));
        assert_int_equal(strstr(page, terminated(state, l->text[HELP_TRANSLATED])) != NULL, l->is_unreviewed);
    }
}

static void the_button_that_is_spoken_of_is_the_one_that_is_there(void **state)
{
    for (size_t i = 0; i < help_languages_n; i++) {
        const struct help_language *l = &help_languages[i];
        const char *told = terminated(state, l->text[HELP_PHONE]);

        if (!strstr(told, terminated(state, l->text[HELP_LEAVE])))
            fail_msg("%s: the text names another button", l->name.p);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_ARENA(twelve_languages_are_offered_and_no_other),
        WITH_ARENA(numbers_for_professionals_are_left_out),
        WITH_ARENA(words_of_the_city_are_told_in_english_where_there_are_no_others),
        WITH_ARENA(a_page_is_written_from_its_own_side),
        WITH_ARENA(a_translation_says_that_nobody_has_reviewed_it),
        WITH_ARENA(the_button_that_is_spoken_of_is_the_one_that_is_there),
    };

    return cmocka_run_group_tests_name("help_view", tests, NULL, NULL);
}
