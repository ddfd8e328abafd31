/* The log's page and file, over HTTP: who reads is noted, a broken chain is told, nothing sealed or typed is
 * added. */
#include "../portal/served.h"

#include "store/audit.h"
#include "store/city.h"
#include "store/db.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

static int64_t last_row(struct served *s)
{
    return served_count(s, "select last from audit_head where id = $1", 1);
}

static const char *page(struct served *s, const char *path)
{
    struct caller auditor = served_caller(s, ROLE_AUDITOR);
    struct answered got = served_ask_as(s, &auditor, "GET", path);

    assert_int_equal(got.http_status, 200);
    return got.body;
}

/* Rows of the page: each has one of these. */
static size_t rows_of(const char *body)
{
    size_t n = 0;

    for (const char *at = strstr(body, "<th scope=\"row\""); at; at = strstr(at + 1, "<th scope=\"row\""))
        n++;
    return n;
}

static void add_lines(struct served *s, int64_t n, const char *who, int64_t at)
{
    for (int64_t i = 0; i < n; i++) {
        const struct audit_line line = {.who = {.name = who, .now_at = at, .role = "coordinator"},
                                        .action = "plan.measure_add",
                                        .subject = i + 1};
        struct err e = {0};

        assert_int_equal(audit_note(s->city->db, &line, &e), OK);
    }
}

static void a_whole_log_says_so_and_shows_what_was_done(void **state)
{
    const char *body = page(*state, "/logg");

    assert_non_null(strstr(body, "Kedjan är hel."));
    assert_non_null(strstr(body, "Lade upp konto 7"));
    assert_non_null(strstr(body, "roller: administratör"));
    assert_non_null(strstr(page(*state, "/en/logg"), "Added account 7"));
}

static void reading_the_log_is_noted_in_it(void **state)
{
    static const char noted[] = "select count(*) from audit where id = $1 and action = 'audit.read' "
                                "and who like 'person %' and role = 'auditor' and detail like 'rows %'";
    struct served *s = *state;
    int64_t before = last_row(s);

    (void)page(s, "/logg");
    assert_int_equal(last_row(s), before + 1);
    assert_int_equal(served_count(s, noted, before + 1), 1);
}

static void taking_the_file_is_noted_and_stands_in_it(void **state)
{
    struct served *s = *state;
    int64_t before = last_row(s);
    const char *file = page(s, "/logg/fil");
    const char *row = arena_printf(s->scratch->arena, "{\"id\": %" PRId64 ", ", before + 1);

    const char *at = strstr(file, row);
    assert_non_null(at);
    assert_non_null(strstr(at, "\"action\": \"audit.export\""));
    assert_int_equal(last_row(s), before + 1);
}

static void the_file_has_a_line_for_each_row_and_two_around_them(void **state)
{
    const char *file = page(*state, "/logg/fil");
    int64_t n = 0;

    for (const char *at = strchr(file, '\n'); at; at = strchr(at + 1, '\n'))
        n++;
    assert_int_equal(n, last_row(*state) + 2);
    assert_int_equal(strncmp(file, "{\"format\": \"lykta-audit-log 1\", ", 31), 0);
}

static void rows_are_found_by_who_what_and_day(void **state)
{
    struct served *s = *state;
    const char *nothing = "&fran-day=&fran-month=&fran-year=&till-day=&till-month=&till-year=";

    add_lines(s, 3, "person 77", 1767225600 + 7200); /* 2026-01-01 03.00 in Stockholm */
    assert_int_equal(rows_of(page(s, arena_printf(s->scratch->arena, "/logg?vem=person+77&vad=%s", nothing))),
                     3);
    assert_int_equal(
        rows_of(page(s, arena_printf(s->scratch->arena, "/logg?vem=person+77&vad=person.add%s", nothing))),
        0);
    assert_int_equal(rows_of(page(s, "/logg?vem=&vad=plan.measure_add&fran-day=1&fran-month=1&fran-year=2026"
                                     "&till-day=1&till-month=1&till-year=2026")),
                     3);
    assert_int_equal(rows_of(page(s, "/logg?vem=person+77&vad=&fran-day=2&fran-month=1&fran-year=2026"
                                     "&till-day=&till-month=&till-year=")),
                     0);
}

/* Midnight is that of Swedish walls: 2026-06-30 22:00 UTC is 1 July there. */
static void a_day_begins_and_ends_at_swedish_midnight(void **state)
{
    struct served *s = *state;

    add_lines(s, 1, "person 78", 1782856799);
    add_lines(s, 1, "person 78", 1782856800);
    assert_int_equal(rows_of(page(s, "/logg?vem=person+78&vad=&fran-day=1&fran-month=7&fran-year=2026"
                                     "&till-day=&till-month=&till-year=")),
                     1);
    assert_int_equal(rows_of(page(s, "/logg?vem=person+78&vad=&fran-day=&fran-month=&fran-year="
                                     "&till-day=30&till-month=6&till-year=2026")),
                     1);
}

static void a_wrong_day_is_told_at_its_field_and_notes_nothing(void **state)
{
    struct served *s = *state;
    struct caller auditor = served_caller(s, ROLE_AUDITOR);
    int64_t before = last_row(s);
    struct answered got =
        served_ask_as(s, &auditor, "GET",
                      "/logg?vem=&vad=&fran-day=31&fran-month=2&fran-year=2026&till-day=&till-month="
                      "&till-year=");

    assert_int_equal(got.http_status, 422);
    assert_non_null(strstr(got.body, "id=\"fran-error\""));
    assert_int_equal(rows_of(got.body), 0);
    assert_int_equal(last_row(s), before);
}

/* From page to page by the link, until there is none: every row once. */
static void all_rows_are_reached_by_the_links_to_older_ones(void **state)
{
    struct served *s = *state;
    const char *path = "/logg?vem=person+79&vad=&";
    size_t seen = 0;
    size_t pages = 0;

    add_lines(s, 120, "person 79", 1);
    while (path) {
        const char *body = page(s, path);
        const char *end = strstr(body, "\">Äldre rader</a>");
        seen += rows_of(body);
        pages++;
        path = NULL;
        for (const char *at = body; end && (at = strstr(at, "href=\"")) && at < end; at += 6)
            path = arena_cstr(s->scratch->arena, at + 6, strcspn(at + 6, "\""));
        for (char *amp = path ? strstr(path, "&amp;") : NULL; amp; amp = strstr(amp, "&amp;"))
            memmove(amp + 1, amp + 5, strlen(amp + 5) + 1);
    }
    assert_int_equal(seen, 120);
    assert_int_equal(pages, 3);
}

/* What is typed into an address is shown escaped, and is no part of a query. */
static void hostile_searches_find_nothing(void **state)
{
    static const struct {
        const char *path;
        int http_status;
    } asked[] = {{"/logg?vem=%27+or+1%3D1+--&vad=", 422},
                 {"/logg?vem=%3Cscript%3E&vad=%22%3E%3Cb%3E", 422},
                 {"/logg?vem=&vad=&fran-day=%3Cb%3E&fran-month=1&fran-year=2026", 422},
                 {"/logg?rad=-1", 200},
                 {"/logg?rad=99999999999999999999", 200},
                 {"/logg?vem=&vad=&rad=%27", 200}};
    struct served *s = *state;

    for (size_t i = 0; i < sizeof asked / sizeof asked[0]; i++) {
        struct caller auditor = served_caller(s, ROLE_AUDITOR);
        struct answered got = served_ask_as(s, &auditor, "GET", asked[i].path);

        assert_int_equal(got.http_status, asked[i].http_status);
        assert_null(strstr(got.body, "<script>"));
        assert_null(strstr(got.body, "<b>"));
    }
}

static void no_name_or_address_of_an_account_is_shown(void **state)
{
    const char *main = strstr(page(*state, "/logg"), "<main");

    assert_non_null(main);
    assert_null(strstr(main, "@lund.example"));
    assert_null(strstr(main, "Exempel Samordnare"));
}

/* The last test: the log is altered, by somebody who can write the file. */
static void a_broken_chain_is_told_with_its_row_and_the_file_is_still_given(void **state)
{
    struct served *s = *state;
    struct err e = {0};

    assert_int_equal(
        db_script(s->city->db,
                  "drop trigger audit_is_never_changed; update audit set detail = 'roles triage' "
                  "where id = 9",
                  &e),
        OK);
    const char *body = page(s, "/logg");
    assert_non_null(strstr(body, "Kedjan är bruten vid rad 9"));
    assert_null(strstr(body, "Kedjan är hel."));
    assert_null(strstr(body, "/incident/ny")); /* the auditor reads, and opens none */
    struct caller officer = served_caller(s, ROLE_DPO);
    assert_non_null(strstr(served_ask_as(s, &officer, "GET", "/logg").body, "href=\"/incident/ny\""));
    assert_non_null(strstr(page(s, "/logg/fil"), "\"detail\": \"roles triage\""));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_whole_log_says_so_and_shows_what_was_done),
        cmocka_unit_test(reading_the_log_is_noted_in_it),
        cmocka_unit_test(taking_the_file_is_noted_and_stands_in_it),
        cmocka_unit_test(the_file_has_a_line_for_each_row_and_two_around_them),
        cmocka_unit_test(rows_are_found_by_who_what_and_day),
        cmocka_unit_test(a_day_begins_and_ends_at_swedish_midnight),
        cmocka_unit_test(a_wrong_day_is_told_at_its_field_and_notes_nothing),
        cmocka_unit_test(all_rows_are_reached_by_the_links_to_older_ones),
        cmocka_unit_test(hostile_searches_find_nothing),
        cmocka_unit_test(no_name_or_address_of_an_account_is_shown),
        cmocka_unit_test(a_broken_chain_is_told_with_its_row_and_the_file_is_still_given),
    };

    return cmocka_run_group_tests_name("audit pages", tests, served_begin, served_end);
}
