/* Letters handed to a real mail server, and read back with a mail library that is not ours. */
#include "../scratch.h"
#include "../unit.h"
#include "sink.h"

#include "base/text.h"
#include "mail/delivery.h"
#include "mail/mail.h"
#include "mail/mail_settings.h"

#include <stdio.h>

static bool hand(void *context)
{
    if (context)
        ++*(int *)context;
    return true;
}

static struct mail_settings settings_for(void **state, const struct mail_sink *sink)
{
    return (struct mail_settings){
        .server = arena_printf(((struct scratch *)*state)->arena, "smtp://localhost:%d", sink->port),
        .sender = "natverket@exempel.se",
        .sender_name = S("Nätverket mot människohandel, Lund (exempel)"),
        .is_plain = true};
}

static struct mail_letter sample(const char *address)
{
    return (struct mail_letter){.message = S("00112233445566778899aabbccddeeff"),
                                .address = str_of(address),
                                .name = S("Åsa Exempel, vd"),
                                .language = LANGUAGE_SV,
                                .subject =
                                    S("Frukostseminarium den 19 augusti om människohandel: välkommen!"),
                                .plain = S("Hej Åsa!\n.\n.. en rad med punkt först\nSlut = 100 %\n"),
                                .html = S("<p>Hej Åsa!</p>\n")};
}

static enum delivery_outcome send(const struct mail_settings *settings, const struct mail_letter *letter,
                                  int *handed, char reason[200])
{
    struct delivery *d = smtp_carrier.open(settings, NULL);
    enum delivery_outcome outcome = smtp_carrier.send(d, letter, 1787119800, hand, handed, reason);

    smtp_carrier.close(d);
    return outcome;
}

static bool greet(const struct mail_settings *settings, char reason[200])
{
    struct delivery *d = smtp_carrier.open(settings, NULL);
    bool is_let_in = smtp_carrier.greet(d, reason);

    smtp_carrier.close(d);
    return is_let_in;
}

/* What Python's mail library finds in letter `i`. */
static const char *read_back(void **state, const struct mail_sink *sink, size_t i)
{
    struct arena *a = ((struct scratch *)*state)->arena;
    struct text out = text_open(a);
    char line[1024];
    FILE *reader = popen(
        arena_printf(a, "/usr/bin/python3 %s %s/%05zu.eml 2>&1", TEST_READ_LETTER, sink->folder, i), "r");

    while (fgets(line, sizeof line, reader))
        text_add(&out, str_of(line));
    pclose(reader);
    return text_str(&out).p;
}

#define assert_holds(text, part) assert_non_null(strstr((text), (part)))

static struct mail_sink open_sink(void **state, const char *const *more)
{
    return sink_open(scratch_path(*state, "letters"), 0, more, ((struct scratch *)*state)->arena);
}

static void a_letter_arrives_as_it_was_written(void **state)
{
    struct mail_sink sink = open_sink(state, NULL);
    struct mail_settings settings = settings_for(state, &sink);
    struct mail_letter letter = sample("asa@example.org");
    char reason[200];

    assert_int_equal(send(&settings, &letter, NULL, reason), DELIVERY_DONE);
    const char *found = read_back(state, &sink, 1);
    assert_null(strstr(found, "defect:"));
    assert_holds(found, "Subject: Frukostseminarium den 19 augusti om människohandel: välkommen!\n");
    assert_holds(found, "To: \"Åsa Exempel, vd\" <asa@example.org>\n");
    assert_holds(found, "Message-ID: <00112233445566778899aabbccddeeff@exempel.se>\n");
    assert_holds(found, "X-From: natverket@exempel.se\n");
    assert_holds(found, "date: 2026-08-19T06:10:00+00:00\n");
    assert_holds(found, "parts: multipart/mixed multipart/alternative text/plain text/html\n");
    assert_holds(found, "plain: Hej Åsa!\n.\n.. en rad med punkt först\nSlut = 100 %\n");
    assert_holds(found, "html: <p>Hej Åsa!</p>\n");
    assert_null(strstr(found, "List-Unsubscribe"));
    sink_close(&sink);
}

static void a_calendar_goes_along_and_as_a_file(void **state)
{
    struct mail_sink sink = open_sink(state, NULL);
    struct mail_settings settings = settings_for(state, &sink);
    struct mail_letter letter = sample("asa@example.org");
    char reason[200];

    letter.calendar = S("BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n");
    letter.calendar_method = S("REQUEST");
    assert_int_equal(send(&settings, &letter, NULL, reason), DELIVERY_DONE);
    const char *found = read_back(state, &sink, 1);
    assert_holds(found, "calendar: text/calendar REQUEST None 32\n");
    assert_holds(found, "calendar: application/ics None kalender.ics 32\n");
    sink_close(&sink);
}

static void a_mailing_can_be_stopped_with_one_click(void **state)
{
    struct mail_sink sink = open_sink(state, NULL);
    struct mail_settings settings = settings_for(state, &sink);
    struct mail_letter letter = sample("asa@example.org");
    char reason[200];

    letter.unsubscribe = S("https://example.org/utskick/abc");
    assert_int_equal(send(&settings, &letter, NULL, reason), DELIVERY_DONE);
    const char *found = read_back(state, &sink, 1);
    assert_holds(found, "List-Unsubscribe: <https://example.org/utskick/abc>\n");
    assert_holds(found, "List-Unsubscribe-Post: List-Unsubscribe=One-Click\n");
    sink_close(&sink);
}

static void a_subject_with_line_ends_makes_no_field_of_its_own(void **state)
{
    struct mail_sink sink = open_sink(state, NULL);
    struct mail_settings settings = settings_for(state, &sink);
    struct mail_letter letter = sample("asa@example.org");
    char reason[200];

    letter.subject = S("Hej\r\nX-To: all@example.org\r\n\r\nText");
    letter.name = S("Kim\r\nBcc: all@example.org");
    assert_int_equal(send(&settings, &letter, NULL, reason), DELIVERY_DONE);
    const char *found = read_back(state, &sink, 1);
    assert_holds(found, "X-To: asa@example.org\n");
    assert_holds(found, "Subject: Hej  X-To: all@example.org    Text\n");
    sink_close(&sink);
}

static void what_the_server_says_decides(void **state)
{
    static const struct {
        const char *address;
        enum delivery_outcome outcome;
        const char *reason;
        int handed;
    } cases[] = {
        {"never@example.org", DELIVERY_NEVER, "550 5.1.1", 0},
        {"later@example.org", DELIVERY_LATER, "451 4.7.1", 0},
        {"full@example.org", DELIVERY_NEVER, "552 5.2.2", 1},
        {"gone@example.org", DELIVERY_UNSURE, "", 1},
        {"kim@example.org", DELIVERY_DONE, "", 1},
    };
    struct mail_sink sink = open_sink(state, NULL);
    struct mail_settings settings = settings_for(state, &sink);
    struct delivery *d = smtp_carrier.open(&settings, NULL);

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct mail_letter letter = sample(cases[i].address);
        char reason[200];
        int handed = 0;

        enum delivery_outcome outcome = smtp_carrier.send(d, &letter, 1787119800, hand, &handed, reason);
        assert_int_equal(outcome, cases[i].outcome);
        assert_true(str_starts(str_of(reason), str_of(cases[i].reason)));
        assert_int_equal(handed, cases[i].handed);
    }
    smtp_carrier.close(d);
    sink_close(&sink);
}

static void a_server_that_is_not_there_is_down(void **state)
{
    struct mail_sink sink = open_sink(state, NULL);
    struct mail_settings settings = settings_for(state, &sink);
    struct mail_letter letter = sample("kim@example.org");
    char reason[200];
    int handed = 0;

    sink_close(&sink);
    assert_int_equal(send(&settings, &letter, &handed, reason), DELIVERY_DOWN);
    assert_int_equal(handed, 0);
    assert_true(reason[0] != '\0');
}

/* A certificate authority of the test's own, and a server certificate for localhost. */
static void make_certificates(void **state, const char *folder)
{
    const char *commands = arena_printf(
        ((struct scratch *)*state)->arena,
        "cd %s && openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -keyout ca.key "
        "-out ca.pem -subj '/CN=Test authority' 2>/dev/null && "
        "openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout server.key -out server.csr -subj "
        "/CN=localhost 2>/dev/null && "
        "printf subjectAltName=DNS:localhost >ext && "
        "openssl x509 -req -in server.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 2 -extfile ext -out "
        "server.pem 2>/dev/null",
        folder);

    assert_int_equal(system(commands), 0);
}

static void with_starttls_and_a_password_a_letter_arrives_encrypted(void **state)
{
    make_certificates(state, ((struct scratch *)*state)->folder);
    const char *const more[] = {"--tls",
                                scratch_path(*state, "server.pem"),
                                scratch_path(*state, "server.key"),
                                "--user",
                                "lykta",
                                "hemligt exempel",
                                NULL};
    struct mail_sink sink = open_sink(state, more);
    struct mail_settings settings = settings_for(state, &sink);
    struct mail_letter letter = sample("kim@example.org");
    char reason[200];

    settings.is_plain = false;
    settings.authorities = scratch_path(*state, "ca.pem");
    settings.user = "lykta";
    settings.password = "hemligt exempel";
    assert_int_equal(send(&settings, &letter, NULL, reason), DELIVERY_DONE);
    assert_holds(read_back(state, &sink, 1), "X-Tls: True\n");
    assert_true(greet(&settings, reason));
    settings.password = "fel";
    assert_int_equal(send(&settings, &letter, NULL, reason), DELIVERY_DOWN);
    assert_false(greet(&settings, reason));
    settings.authorities = NULL;
    assert_int_equal(send(&settings, &letter, NULL, reason), DELIVERY_DOWN);
    assert_false(greet(&settings, reason));
    assert_int_equal(sink_letters(&sink), 1);
    sink_close(&sink);
}

static void a_server_without_tls_gets_no_letter_where_tls_is_required(void **state)
{
    struct mail_sink sink = open_sink(state, NULL);
    struct mail_settings settings = settings_for(state, &sink);
    struct mail_letter letter = sample("kim@example.org");
    char reason[200];

    settings.is_plain = false;
    assert_int_equal(send(&settings, &letter, NULL, reason), DELIVERY_DOWN);
    assert_int_equal(sink_letters(&sink), 0);
    sink_close(&sink);
}

static void a_greeting_hands_nothing_over_and_tells_who_is_not_there(void **state)
{
    struct mail_sink sink = open_sink(state, NULL);
    struct mail_settings settings = settings_for(state, &sink);
    char reason[200];

    assert_true(greet(&settings, reason));
    assert_string_equal(reason, "");
    assert_int_equal(sink_letters(&sink), 0);
    sink_close(&sink);
    assert_false(greet(&settings, reason));
    assert_true(reason[0] != '\0');
}

static void a_delivery_told_to_stop_hands_nothing_over(void **state)
{
    struct mail_sink sink = open_sink(state, NULL);
    struct mail_settings settings = settings_for(state, &sink);
    struct mail_letter letter = sample("kim@example.org");
    const atomic_bool stop = true;
    struct delivery *d = smtp_carrier.open(&settings, &stop);
    char reason[200];
    int handed = 0;

    assert_int_equal(smtp_carrier.send(d, &letter, 1787119800, hand, &handed, reason), DELIVERY_STOPPED);
    assert_int_equal(handed, 0);
    smtp_carrier.close(d);
    sink_close(&sink);
}

#define WITH_SCRATCH(test) cmocka_unit_test_setup_teardown(test, scratch_open, scratch_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_SCRATCH(a_letter_arrives_as_it_was_written),
        WITH_SCRATCH(a_calendar_goes_along_and_as_a_file),
        WITH_SCRATCH(a_mailing_can_be_stopped_with_one_click),
        WITH_SCRATCH(a_subject_with_line_ends_makes_no_field_of_its_own),
        WITH_SCRATCH(what_the_server_says_decides),
        WITH_SCRATCH(a_server_that_is_not_there_is_down),
        WITH_SCRATCH(with_starttls_and_a_password_a_letter_arrives_encrypted),
        WITH_SCRATCH(a_server_without_tls_gets_no_letter_where_tls_is_required),
        WITH_SCRATCH(a_greeting_hands_nothing_over_and_tells_who_is_not_there),
        WITH_SCRATCH(a_delivery_told_to_stop_hands_nothing_over),
    };

    return cmocka_run_group_tests_name("delivery", tests, NULL, NULL);
}
