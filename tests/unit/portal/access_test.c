/* Who may ask for what: every route of every room, asked by readers, by who is half signed in and by each
 * role over HTTP. What is allowed is exactly what the table of permissions says, and a form that is not the
 * sender's own changes nothing. */
#include "route_walk.h"
#include "served.h"

#include "store/city.h"
#include "store/db.h"

#include <stdio.h>
#include <string.h>

/* Where the pages for everyone stand. A route outside these that readers may use is a route whose permission
 * somebody forgot. */
static const char *const open_to_all[] = {"/",
                                          "/hjalp",
                                          "/begrepp",
                                          "/grupper",
                                          "/arbetet",
                                          "/siffrorna",
                                          "/personuppgifter",
                                          "/kontakt",
                                          "/lattlast",
                                          "/artiklar",
                                          "/bilder",
                                          "/lamna",
                                          "/kartlaggning",
                                          "/summor",
                                          "/tillsammans",
                                          "/forskning",
                                          "/granskning",
                                          "/iakttagelse",
                                          "/tillganglighet",
                                          "/seminarier",
                                          "/utskick",
                                          "/utkast",
                                          "/handlingsplan",
                                          "/plan/svar",
                                          "/logga-in",
                                          "/logga-ut",
                                          "/tecken",
                                          "/uppfoljning",
                                          "/oppnadata",
                                          "/natverket/ga-med",
                                          "/natverket/tack",
                                          "/natverket/overenskommelse",
                                          "/natverket/bekrafta",
                                          "/natverket/bekraftad",
                                          "/natverket/skriv-pa",
                                          "/natverket/paskriven",
                                          "/valkommen"};

/* On standard output: the server's log, and with it all of standard error, is silenced. */
static void fail_with(const char *format, ...) __attribute__((format(printf, 1, 2)));
static void fail_with(const char *format, ...)
{
    va_list args;

    printf("# ");
    va_start(args, format);
    vprintf(format, args);
    va_end(args);
    printf("\n");
    fail();
}

static bool is_post(const struct route *route)
{
    return strcmp(route->method, "POST") == 0;
}

static bool may(const struct route *route, uint32_t roles)
{
    return permission_has((enum permission)route->permission, roles);
}

/* Who may not is sent to sign in, or to its second step, and comes back after it; or is refused. */
static bool is_turned_away(const struct answered *got)
{
    return got->http_status == 403 ||
           (got->http_status == 303 &&
            (strstr(got->location, "/logga-in?till=") || strstr(got->location, "/logga-in/kod?till=")));
}

static void expect(const struct route *route, int role, bool holds, const struct answered *got)
{
    if (!holds)
        fail_with("%s %s as %s (%s): %d %s", route->method, route->pattern, served_role(role),
                  permissions[route->permission].name, got->http_status, got->location);
}

/* Each call has a session of its own: signing out and ending sessions are among the routes. */
static void every_route_answers_exactly_those_whom_the_table_names(void **state)
{
    struct served *s = *state;
    struct walk w = {0};

    for (const struct route *route = walk_next(&w); route; route = walk_next(&w))
        for (int role = 0; role < SERVED_CALLERS; role++) {
            struct caller caller = served_caller(s, role);
            struct answered got =
                served_ask_as(s, &caller, route->method, walk_path(route, "1", s->scratch->arena));

            expect(route, role, may(route, caller.roles) == !is_turned_away(&got), &got);
            expect(route, role, got.http_status < 500, &got);
        }
}

/* From a page, where that can help: a whole session that lacks the role is told no. */
static void who_is_turned_away_is_led_to_the_step_that_is_missing(void **state)
{
    struct served *s = *state;
    struct walk w = {0};

    for (const struct route *route = walk_next(&w); route; route = walk_next(&w))
        for (int role = 0; role < SERVED_CALLERS; role++) {
            if (may(route, ROLE_BIT(role)))
                continue;
            struct caller caller = served_caller(s, role);
            const char *step = role == ROLE_READER ? "/logga-in?till=" : "/logga-in/kod?till=";
            bool is_led = (role == ROLE_READER || role == ROLE_HALF_SIGNED_IN) && !is_post(route);
            struct answered got =
                served_ask_as(s, &caller, route->method, walk_path(route, "1", s->scratch->arena));

            expect(route, role, got.http_status == (is_led ? 303 : 403), &got);
            expect(route, role, !is_led || strncmp(got.location, step, strlen(step)) == 0, &got);
        }
}

static void what_is_refused_is_refused_in_english_and_by_head_too(void **state)
{
    struct served *s = *state;
    struct walk w = {0};

    for (const struct route *route = walk_next(&w); route; route = walk_next(&w))
        for (int role = 0; role < SERVED_CALLERS; role++) {
            if (may(route, ROLE_BIT(role)))
                continue;
            struct caller caller = served_caller(s, role);
            const char *path = walk_path(route, "1", s->scratch->arena);
            struct answered got =
                served_ask_as(s, &caller, route->method, arena_printf(s->scratch->arena, "/en%s", path));
            expect(route, role, is_turned_away(&got), &got);
            if (is_post(route))
                continue;
            got = served_ask_as(s, &caller, "HEAD", path);
            expect(route, role, is_turned_away(&got), &got);
        }
}

static void what_is_refused_changes_nothing(void **state)
{
    struct served *s = *state;
    struct walk w = {0};

    for (const struct route *route = walk_next(&w); route; route = walk_next(&w))
        for (int role = 0; role < SERVED_CALLERS; role++) {
            if (may(route, ROLE_BIT(role)))
                continue;
            struct caller caller = served_caller(s, role);
            int64_t before = served_version(s);
            struct answered got =
                served_ask_as(s, &caller, route->method, walk_path(route, "1", s->scratch->arena));
            expect(route, role, served_version(s) == before, &got);
        }
}

/* The cookie of another city, of an ended session, or of nobody. */
static void a_session_that_is_not_there_is_a_readers(void **state)
{
    struct served *s = *state;
    struct caller caller = served_caller(s, ROLE_COORDINATOR);
    struct err e = {0};

    assert_int_equal(served_ask_as(s, &caller, "GET", "/konto").http_status, 200);
    assert_int_equal(db_begin(s->city->db, &e), OK);
    assert_int_equal(db_end(s->city->db, session_end(s->city->db, caller.person, caller.session, &e), &e),
                     OK);
    struct answered got = served_ask_as(s, &caller, "GET", "/konto");
    assert_int_equal(got.http_status, 303);
    assert_string_equal(got.location, "/logga-in?till=%2Fkonto");
}

static void every_route_has_a_permission_of_the_table(void **state)
{
    struct walk w = {0};
    size_t n = 0;

    (void)state;
    for (const struct route *route = walk_next(&w); route; route = walk_next(&w), n++) {
        assert_in_range(route->permission, PERMISSION_ANYONE, PERMISSIONS - 1);
        assert_non_null(permissions[route->permission].name);
        assert_int_not_equal(permissions[route->permission].roles, 0);
    }
    assert_true(n > 100);
}

static void what_readers_may_use_stands_where_the_pages_for_everyone_are(void **state)
{
    struct walk w = {0};

    (void)state;
    for (const struct route *route = walk_next(&w); route; route = walk_next(&w)) {
        bool is_open = false;

        if (!may(route, ROLE_BIT(ROLE_READER)))
            continue;
        for (size_t i = 0; i < sizeof open_to_all / sizeof open_to_all[0]; i++) {
            size_t n = strlen(open_to_all[i]);
            is_open = is_open || (strncmp(route->pattern, open_to_all[i], n) == 0 &&
                                  (route->pattern[n] == '/' || route->pattern[n] == '\0'));
        }
        if (!is_open)
            fail_with("%s %s: is open to everyone", route->method, route->pattern);
    }
}

/* Somebody whom the route's permission lets in. */
static int somebody_for(const struct route *route)
{
    for (int role = 0; role < SERVED_CALLERS; role++)
        if (may(route, ROLE_BIT(role)))
            return role;
    return ROLE_READER;
}

/* A form with `token` from `from` is refused, and nothing is changed. */
static void assert_is_not_taken(struct served *s, const struct route *route, const struct caller *caller,
                                const char *token, const char *from)
{
    int64_t before = served_version(s);
    struct answered got = served_ask(s, &(struct asked){.method = "POST",
                                                        .path = walk_path(route, "1", s->scratch->arena),
                                                        .caller = caller,
                                                        .token = token,
                                                        .from = from});

    if (got.http_status != 403 || served_version(s) != before)
        fail_with("POST %s: %d, token %s, from %s: %s", route->pattern, got.http_status,
                  token ? token : "none", from ? from : "our own page",
                  served_version(s) == before ? "nothing changed" : "CHANGED");
}

/* Calls `check` for every route that takes a form, as somebody who may use it and, where that is everyone,
 * also as a reader. */
static void for_every_form(struct served *s, void (*check)(struct served *s, const struct route *route,
                                                           const struct caller *caller))
{
    struct walk w = {0};

    for (const struct route *route = walk_next(&w); route; route = walk_next(&w)) {
        if (!is_post(route) || route->posted_from != ROUTE_FORM)
            continue;
        struct caller caller = served_caller(s, somebody_for(route));
        check(s, route, &caller);
        if (!may(route, ROLE_BIT(ROLE_READER)))
            continue;
        struct caller reader = served_caller(s, ROLE_READER);
        check(s, route, &reader);
    }
}

static void without_token(struct served *s, const struct route *route, const struct caller *caller)
{
    assert_is_not_taken(s, route, caller, NULL, NULL);
    assert_is_not_taken(s, route, caller, "", NULL);
    assert_is_not_taken(s, route, caller, "AAAA", NULL);
}

static void with_anothers_token(struct served *s, const struct route *route, const struct caller *caller)
{
    struct caller other = served_caller(s, ROLE_ADMINISTRATOR);
    struct caller elsewhere = served_caller(s, ROLE_MEMBER);
    struct caller reader = served_caller(s, ROLE_READER);

    assert_is_not_taken(s, route, caller, served_token(s, &other), NULL);
    /* Another session of the same person, if the caller is a member. */
    assert_is_not_taken(s, route, caller, served_token(s, &elsewhere), NULL);
    if (caller->cookie[0])
        assert_is_not_taken(s, route, caller, served_token(s, &reader), NULL);
}

static void from_elsewhere(struct served *s, const struct route *route, const struct caller *caller)
{
    static const char *const froms[] = {"Sec-Fetch-Site: cross-site\r\n",
                                        "Sec-Fetch-Site: same-site\r\n",
                                        "Sec-Fetch-Site: none\r\n",
                                        "Sec-Fetch-Site: cross-site\r\nOrigin: https://lykta.example\r\n",
                                        "Origin: https://lykta.example.attacker.example\r\n",
                                        "Origin: null\r\n",
                                        ""};

    for (size_t i = 0; i < sizeof froms / sizeof froms[0]; i++)
        assert_is_not_taken(s, route, caller, served_token(s, caller), froms[i]);
}

static void no_form_is_taken_without_a_token(void **state)
{
    for_every_form(*state, without_token);
}

static void no_form_is_taken_with_the_token_of_another_session(void **state)
{
    for_every_form(*state, with_anothers_token);
}

static void no_form_is_taken_from_another_site(void **state)
{
    for_every_form(*state, from_elsewhere);
}

/* A mail program sends no token (RFC 8058), nor does a program that sends letters of a secure sum: what it
 * may do is proved by its path, and of a letter by its signature. */
static void what_comes_from_anywhere_does_nothing_without_its_proof(void **state)
{
    struct served *s = *state;
    struct caller reader = served_caller(s, ROLE_READER);
    struct walk w = {0};
    size_t n = 0;

    for (const struct route *route = walk_next(&w); route; route = walk_next(&w)) {
        if (route->posted_from != ROUTE_FROM_ANYWHERE)
            continue;
        int64_t before = served_version(s);
        n++;
        assert_non_null(strstr(route->pattern, ":link"));
        (void)served_ask(s, &(struct asked){.method = "POST",
                                            .path = walk_path(route, "1", s->scratch->arena),
                                            .caller = &reader,
                                            .from = "Sec-Fetch-Site: cross-site\r\n"});
        assert_int_equal(served_version(s), before);
    }
    assert_int_equal(n, 3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_route_has_a_permission_of_the_table),
        cmocka_unit_test(what_readers_may_use_stands_where_the_pages_for_everyone_are),
        cmocka_unit_test(every_route_answers_exactly_those_whom_the_table_names),
        cmocka_unit_test(who_is_turned_away_is_led_to_the_step_that_is_missing),
        cmocka_unit_test(what_is_refused_is_refused_in_english_and_by_head_too),
        cmocka_unit_test(what_is_refused_changes_nothing),
        cmocka_unit_test(a_session_that_is_not_there_is_a_readers),
        cmocka_unit_test(no_form_is_taken_without_a_token),
        cmocka_unit_test(no_form_is_taken_with_the_token_of_another_session),
        cmocka_unit_test(no_form_is_taken_from_another_site),
        cmocka_unit_test(what_comes_from_anywhere_does_nothing_without_its_proof),
    };

    return cmocka_run_group_tests_name("who may ask for what", tests, served_begin, served_end);
}
