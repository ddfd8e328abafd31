/* Letters: the plain and the HTML form say the same. */
#include "../unit.h"

#include "mail/letter.h"
#include "mail/mail.h"

#include <string.h>

static struct letter sample(struct arena *a)
{
    struct letter l = letter_open(LANGUAGE_SV, S("Kim <Exempel>"), S("Lund (exempel)"), a);

    letter_paragraph(&l, TEXT_MAIL_LETTER_UNSUBSCRIBE, NULL, 0);
    letter_fact(&l, TEXT_MAIL_LETTER_UNSUBSCRIBE, S("sal A & B"));
    letter_link(&l, TEXT_MAIL_LETTER_UNSUBSCRIBE, S("https://example.org/a?b=1&c=2"));
    letter_markdown(&l, S("Välkommen *alla*!\n\n<script>x</script>"));
    return l;
}

static bool holds(struct str s, const char *part)
{
    return memmem(s.p, s.n, part, strlen(part)) != NULL;
}

static void the_plain_form_has_every_part(void **state)
{
    struct letter l = sample(*state);
    struct str plain = letter_plain(&l);

    assert_true(str_starts(plain, S("Hej Kim <Exempel>!\n\n")));
    assert_true(holds(plain, "sal A & B\n"));
    assert_true(holds(plain, "\nhttps://example.org/a?b=1&c=2\n"));
    assert_true(holds(plain, "Välkommen *alla*!\n"));
}

static void the_html_form_has_every_part_escaped(void **state)
{
    struct letter l = sample(*state);
    struct str html = letter_html(&l);

    assert_true(holds(html, "Hej Kim &lt;Exempel&gt;!"));
    assert_true(holds(html, "sal A &amp; B"));
    assert_true(holds(html, "href=\"https://example.org/a?b=1&amp;c=2\""));
    assert_true(holds(html, "<em>alla</em>"));
    assert_false(holds(html, "<script"));
}

static void an_address_that_no_link_may_have_is_shown_as_text(void **state)
{
    struct letter l = letter_open(LANGUAGE_EN, S(""), S("Lund"), *state);

    letter_link(&l, TEXT_MAIL_LETTER_UNSUBSCRIBE, S("http://127.0.0.1:8080/x"));
    assert_true(holds(letter_html(&l), "http://127.0.0.1:8080/x"));
    assert_false(holds(letter_html(&l), "href="));
}

static void a_long_paragraph_is_wrapped_without_cutting_an_address(void **state)
{
    struct letter l = letter_open(LANGUAGE_SV, S(""), S("Lund"), *state);
    struct str line;
    bool has_more = true;

    letter_markdown(
        &l,
        S("Det här är en lång rad med många ord som ska brytas så att ingen rad blir längre än "
          "sjuttiosex bokstäver: "
          "https://example.org/en/mycket/lang/adress/som/inte/far/brytas/eftersom/den/da/slutar/fungera"));
    struct str rest = letter_plain(&l);
    assert_true(holds(rest, "\nhttps://example.org/en/mycket/lang/adress/som/inte/far/brytas/eftersom/den/da/"
                            "slutar/fungera\n"));
    while (has_more) {
        has_more = str_cut(rest, '\n', &line, &rest);
        assert_true(line.n <= 80 || str_starts(line, S("https://")));
    }
}

static void an_empty_fact_is_left_out(void **state)
{
    struct letter l = letter_open(LANGUAGE_SV, S(""), S("Lund"), *state);

    letter_fact(&l, TEXT_MAIL_LETTER_UNSUBSCRIBE, S(""));
    assert_int_equal(l.n, 0);
}

static void only_a_mailing_says_how_to_stop_it(void **state)
{
    struct letter l = sample(*state);

    assert_false(holds(letter_plain(&l), "\n-- \n"));
    l.unsubscribe = S("https://example.org/stop");
    assert_true(holds(letter_plain(&l), "https://example.org/stop"));
    assert_true(holds(letter_html(&l), "href=\"https://example.org/stop\""));
}

static void it_is_queued_to_its_reader_in_the_readers_language(void **state)
{
    struct letter l = letter_open(LANGUAGE_EN, S("Kim <Exempel>"), S("Lund"), *state);

    l.subject = S("Seminar");
    l.unsubscribe = S("https://example.org/stop");
    const struct mail_letter letter = letter_to(&l, S("kim@lund.example"));
    assert_str(letter.address, "kim@lund.example");
    assert_str(letter.name, "Kim <Exempel>");
    assert_int_equal(letter.language, LANGUAGE_EN);
    assert_str(letter.subject, "Seminar");
    assert_str(letter.unsubscribe, "https://example.org/stop");
    assert_true(str_equal(letter.plain, letter_plain(&l)));
    assert_true(str_equal(letter.html, letter_html(&l)));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_ARENA(the_plain_form_has_every_part),
        WITH_ARENA(the_html_form_has_every_part_escaped),
        WITH_ARENA(an_address_that_no_link_may_have_is_shown_as_text),
        WITH_ARENA(a_long_paragraph_is_wrapped_without_cutting_an_address),
        WITH_ARENA(an_empty_fact_is_left_out),
        WITH_ARENA(only_a_mailing_says_how_to_stop_it),
        WITH_ARENA(it_is_queued_to_its_reader_in_the_readers_language),
    };

    return cmocka_run_group_tests_name("letter", tests, NULL, NULL);
}
