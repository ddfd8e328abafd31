/* The report to the authority holds what article 33.3 asks for, and the letter what article 34.2 does; what
 * somebody has to write is marked where nobody has. */
#include "../scratch.h"
#include "../unit.h"

#include "base/arena.h"
#include "incident/incident_document.h"

#include <string.h>

typedef void writer(const struct incident_source *from, struct arena *a, struct incident_document *out);

static const char *text_of(writer *write, const struct incident *x, enum language language, struct arena *a)
{
    struct incident_step step = {
        .at = 1795521600, .who = S("person 7"), .kind = INCIDENT_STEP_NOTED, .words = S("Ringde polisen")};
    const struct incident_steps steps = {.n = 1, .step = &step};
    const struct portal_view site = {
        .language = language, .city = S("Lund"), .contact = S("Dataskydd"), .email = S("dso@lund.example")};
    struct activities activities;
    struct legal_grounds grounds;
    struct incident_document d;
    struct err e = {0};

    assert_int_equal(activities_read(a, &activities, &e), OK);
    assert_int_equal(legal_grounds_read(a, &grounds, &e), OK);
    const struct incident_source from = {.is = x,
                                         .steps = &steps,
                                         .activities = &activities,
                                         .grounds = &grounds,
                                         .site = &site,
                                         .now_at = 1795600000};
    write(&from, a, &d);
    struct str text = incident_document_text(&d, language, a);
    return arena_cstr(a, text.p, text.n);
}

static struct incident known(void)
{
    return (struct incident){.noticed_at = 1795521600,
                             .opened_at = 1795521700,
                             .what = S("Ett konto togs över"),
                             .natures = INCIDENT_SEEN | INCIDENT_LOST,
                             .kinds = S("konton"),
                             .persons = 34,
                             .records = INCIDENT_NOT_KNOWN,
                             .risk = INCIDENT_RISK,
                             .risk_why = S("Arbetsuppgifter"),
                             .consequences = S("Lurendrejeri"),
                             .measures = S("Nya nycklar"),
                             .late_why = S("Larmet kom sent")};
}

static void expect(const char *text, const char *const *words)
{
    for (; *words; words++)
        if (!strstr(text, *words))
            fail_msg("\"%s\" does not stand in:\n%s", *words, text);
}

static void the_report_tells_what_the_law_asks_for(void **state)
{
    static const char *const words[] = {
        "Personuppgiftsansvarig: Lund",
        "dso@lund.example",
        "24 november 2026 kl. 13:00",
        "27 november 2026 kl. 13:00",
        "Ett konto togs över",
        "ungefär 34",
        "inte känt än",
        "Konton och inloggning. Det gäller den som har ett konto.",
        "lösenord som hash",
        "dataskyddsförordningen (EU) 2016/679, artikel 6.1 e (uppgift av allmänt intresse)",
        "Lurendrejeri",
        "Nya nycklar",
        "Noterade. Ringde polisen",
        "Larmet kom sent",
        NULL};
    struct scratch *s = *state;
    const struct incident x = known();
    const char *text = text_of(incident_report_write, &x, LANGUAGE_SV, s->arena);

    expect(text, words);
    assert_null(strstr(text, "Nätverket av organisationer")); /* it is not about that */
}

static void the_letter_tells_a_person_what_it_means_and_where_to_turn(void **state)
{
    static const char *const words[] = {"Ett konto togs över",
                                        "Konton och inloggning: namn, e-post",
                                        "Lurendrejeri",
                                        "Nya nycklar",
                                        "dso@lund.example",
                                        "imy.se",
                                        "112",
                                        NULL};
    struct scratch *s = *state;
    const struct incident x = known();
    const char *text = text_of(incident_letter_write, &x, LANGUAGE_SV, s->arena);

    expect(text, words);
    assert_null(strstr(text, "Ringde polisen")); /* what was done inside is not theirs */
}

static void what_nobody_has_written_is_marked(void **state)
{
    const struct incident empty = {
        .noticed_at = 1, .persons = INCIDENT_NOT_KNOWN, .records = INCIDENT_NOT_KNOWN};
    static const char *const words[] = {"[Skriv här]", "inte bedömd än", NULL};
    static const char *const english[] = {"[Write here]", "not judged yet", NULL};
    struct scratch *s = *state;

    expect(text_of(incident_report_write, &empty, LANGUAGE_SV, s->arena), words);
    expect(text_of(incident_report_write, &empty, LANGUAGE_EN, s->arena), english);
}

static void a_long_text_is_told_whole_and_each_line_is_a_paragraph(void **state)
{
    struct scratch *s = *state;
    struct incident x = known();
    char *words = arena_new(s->arena, 7001, char);

    memset(words, 'x', 7000);
    memcpy(words + 3000, "\r\n\r\n", 4);
    memcpy(words + 6990, "SLUTET", 6);
    x.risk_why = (struct str){words, 7000};
    const char *text = text_of(incident_report_write, &x, LANGUAGE_SV, s->arena);
    assert_non_null(strstr(text, "SLUTET"));
    assert_non_null(strstr(text, "xx\r\n\r\nxx"));
}

#define IN_SCRATCH(test) cmocka_unit_test_setup_teardown(test, scratch_open, scratch_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_SCRATCH(the_report_tells_what_the_law_asks_for),
        IN_SCRATCH(the_letter_tells_a_person_what_it_means_and_where_to_turn),
        IN_SCRATCH(what_nobody_has_written_is_marked),
        IN_SCRATCH(a_long_text_is_told_whole_and_each_line_is_a_paragraph),
    };

    return cmocka_run_group_tests_name("documents of an incident", tests, NULL, NULL);
}
