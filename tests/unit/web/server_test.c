/* The server as a client sees it, byte by byte over a socket. */
#include "base/arena.h"
#include "base/str.h"
#include "web/exchange.h"
#include "web/html.h"
#include "web/request.h"
#include "web/response.h"
#include "web/server.h"
#include "web/site.h"

#include <arpa/inet.h>
#include <assert.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

enum { MEMBERS_ONLY = 2, ANSWER_BYTES = 1 << 20 };

/* A site of a few pages: the start page, a person's page, a form, and some that fail. */
static enum status show_start(const struct request *r, struct response *out, struct err *e)
{
    struct html *h = response_page(out);

    (void)e;
    html_lit(h, "<!doctype html><p>");
    html_put_str(h, language_code(r->language));
    html_put_str(h, form_value(&r->query, "q"));
    return OK;
}

static enum status show_measure(const struct request *r, struct response *out, struct err *e)
{
    struct html *h = response_page(out);

    (void)e;
    html_lit(h, "measure ");
    html_put_plain_i64(h, request_id(r));
    return OK;
}

static enum status take_form(const struct request *r, struct response *out, struct err *e)
{
    (void)e;
    html_put_str(response_page(out), form_value(&r->form, "name"));
    html_put_str(response_page(out), request_cookie(r, "b"));
    return OK;
}

static enum status refuse(const struct request *r, struct response *out, struct err *e)
{
    (void)r;
    html_lit(response_page(out), "half a page");
    return err_set(e, REFUSED, "too few");
}

static enum status break_down(const struct request *r, struct response *out, struct err *e)
{
    (void)r;
    (void)out;
    return err_set(e, SYSTEM, "the disk is full");
}

static enum status go_on(const struct request *r, struct response *out, struct err *e)
{
    (void)e;
    return response_redirect(out, request_address(S("/plan"), r->language, r->arena));
}

static enum status download(const struct request *r, struct response *out, struct err *e)
{
    (void)r;
    (void)e;
    response_bytes(out, "text/csv; charset=utf-8", S("a;b\r\n"));
    response_download(out, S("lägesbild \"1\".csv"));
    return OK;
}

static enum status draw(const struct request *r, struct response *out, struct err *e)
{
    (void)r;
    (void)e;
    response_drawing(out, S("<svg/>"));
    return OK;
}

static enum status show_beyond(const struct request *r, struct response *out, struct err *e)
{
    (void)e;
    assert(r->form.n == 0 && r->form.files == 0);
    html_put_cstr(response_page(out), r->beyond == REQUEST_TOO_LARGE ? "choose smaller" : "choose fewer");
    return response_correct(out);
}

static const struct route routes[] = {
    {.method = "GET",
     .pattern = "/",
     .permission = ROUTE_ANYONE,
     .handle = show_start,
     .caching = ROUTE_REVALIDATED},
    {.method = "GET", .pattern = "/measure/:id", .permission = ROUTE_ANYONE, .handle = show_measure},
    {.method = "POST",
     .pattern = "/form",
     .permission = ROUTE_ANYONE,
     .handle = take_form,
     .body_limit_bytes = 1000},
    {.method = "POST",
     .pattern = "/files",
     .permission = ROUTE_ANYONE,
     .handle = take_form,
     .body_limit_bytes = 1000,
     .files_most = 1,
     .show_beyond = show_beyond},
    {.method = "POST",
     .pattern = "/own-files",
     .permission = MEMBERS_ONLY,
     .handle = take_form,
     .body_limit_bytes = 1000,
     .show_beyond = show_beyond},
    {.method = "POST",
     .pattern = "/large",
     .permission = ROUTE_ANYONE,
     .handle = take_form,
     .body_limit_bytes = EXCHANGE_LARGE_MOST_BYTES + 1},
    {.method = "GET", .pattern = "/secret", .permission = MEMBERS_ONLY, .handle = show_start},
    {.method = "GET", .pattern = "/refused", .permission = ROUTE_ANYONE, .handle = refuse},
    {.method = "GET", .pattern = "/fault", .permission = ROUTE_ANYONE, .handle = break_down},
    {.method = "GET", .pattern = "/on", .permission = ROUTE_ANYONE, .handle = go_on},
    {.method = "GET", .pattern = "/download", .permission = ROUTE_ANYONE, .handle = download},
    {.method = "GET", .pattern = "/drawing", .permission = ROUTE_ANYONE, .handle = draw},
    {.method = NULL},
};
static const struct route *const tables[] = {routes, NULL};
static const struct route_permission permissions[] = {{"nobody", 0}, {"anyone", 0}, {"members", 2}};

/* One key for all, so that a test can make the token of a form. */
static enum status who_asks(struct request *r, struct err *e)
{
    (void)e;
    memset(r->seal.key, 7, sizeof r->seal.key);
    r->sign_in = "/in";
    return OK;
}

static const struct site site = {
    .routes = tables, .permissions = permissions, .n_permissions = 3, .who_asks = who_asks};

struct setting {
    struct server *server;
    char *answer;
};

static int open_server(void **state)
{
    struct setting *s = calloc(1, sizeof *s);
    struct err e = {OK, ""};
    struct server_options options = {.listen = "127.0.0.1:0", .workers = 2};
    int nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC);

    dup2(nowhere, STDERR_FILENO); /* the log */
    close(nowhere);
    s->answer = malloc(ANSWER_BYTES);
    *state = s;
    return server_open(&site, &options, &s->server, &e) == OK ? 0 : -1;
}

static int close_server(void **state)
{
    struct setting *s = *state;

    server_close(s->server);
    free(s->answer);
    free(s);
    return 0;
}

static int connect_to(const struct setting *s)
{
    struct sockaddr_in where = {.sin_family = AF_INET, .sin_port = htons((uint16_t)server_port(s->server))};
    int fd = socket(AF_INET, SOCK_STREAM, 0);

    where.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    assert_int_equal(connect(fd, (struct sockaddr *)&where, sizeof where), 0);
    return fd;
}

static void send_all(int fd, struct str bytes)
{
    while (bytes.n > 0) {
        ssize_t n = send(fd, bytes.p, bytes.n, MSG_NOSIGNAL);
        if (n <= 0)
            return; /* the server has had enough */
        bytes = str_part(bytes, (size_t)n, bytes.n);
    }
}

/* Sends `request` and reads until the server closes; the whole answer, NUL-ended. */
static const char *ask_bytes(void **state, struct str request)
{
    struct setting *s = *state;
    int fd = connect_to(s);
    size_t n = 0;
    ssize_t got = 0;

    send_all(fd, request);
    shutdown(fd, SHUT_WR);
    while (n < ANSWER_BYTES - 1 && (got = recv(fd, s->answer + n, ANSWER_BYTES - 1 - n, 0)) > 0)
        n += (size_t)got;
    s->answer[n] = '\0';
    close(fd);
    return s->answer;
}

static const char *ask(void **state, const char *request)
{
    return ask_bytes(state, str_of(request));
}

#define LAST "Host: a.example\r\nConnection: close\r\n\r\n"
#define assert_has(text, part) assert_non_null(strstr((text), (part)))
#define assert_status(answer, status) assert_memory_equal((answer), "HTTP/1.1 " status " ", 13)

static void assert_security_headers(const char *answer)
{
    assert_has(answer, "Content-Security-Policy: default-src 'none'; style-src 'self'; img-src 'self'; "
                       "script-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; "
                       "require-trusted-types-for 'script'\r\n");
    assert_has(answer, "X-Content-Type-Options: nosniff\r\n");
    assert_has(answer, "Referrer-Policy: no-referrer\r\n");
    assert_has(answer, "Cross-Origin-Opener-Policy: same-origin\r\n");
    assert_has(answer, "Cross-Origin-Resource-Policy: same-origin\r\n");
    assert_has(answer, "Permissions-Policy: accelerometer=(), ");
    assert_has(answer, "Strict-Transport-Security: max-age=31536000; includeSubDomains\r\n");
}

static void a_drawing_may_be_shown_elsewhere_and_can_run_nothing(void **state)
{
    const char *answer = ask(state, "GET /drawing HTTP/1.1\r\n" LAST);

    assert_has(answer, "Content-Type: image/svg+xml\r\n");
    assert_has(answer, "Content-Security-Policy: default-src 'none'; style-src 'unsafe-inline'; sandbox; "
                       "frame-ancestors 'none'\r\n");
    assert_has(answer, "Cross-Origin-Resource-Policy: cross-origin\r\n");
    assert_null(strstr(answer, "script-src"));
    assert_null(strstr(answer, "Resource-Policy: same-origin"));
    assert_has(answer, "X-Content-Type-Options: nosniff\r\n");
}

static void a_page_comes_with_the_security_headers(void **state)
{
    const char *answer = ask(state, "GET /measure/7 HTTP/1.1\r\n" LAST);

    assert_status(answer, "200");
    assert_security_headers(answer);
    assert_has(answer, "Cache-Control: no-store\r\n");
    assert_has(answer, "Content-Type: text/html; charset=utf-8\r\n");
    assert_has(answer, "\r\n\r\nmeasure 7");
}

static void a_page_is_found_in_english_too(void **state)
{
    assert_has(ask(state, "GET /en/?q=%3Cb%3E HTTP/1.1\r\n" LAST), "<p>en&lt;b&gt;");
    assert_has(ask(state, "GET /en HTTP/1.1\r\n" LAST), "<p>en");
    assert_has(ask(state, "GET / HTTP/1.1\r\n" LAST), "<p>sv");
}

static void what_does_not_exist_is_told_in_words_of_the_language(void **state)
{
    const char *swedish = ask(state, "GET /finns-inte HTTP/1.1\r\n" LAST);
    assert_status(swedish, "404");
    assert_security_headers(swedish);
    assert_has(swedish, "<html lang=\"sv\">");
    assert_has(swedish, "Sidan finns inte");

    const char *english = ask(state, "GET /en/finns-inte HTTP/1.1\r\n" LAST);
    assert_status(english, "404");
    assert_has(english, "The page does not exist");
}

static void a_bad_path_is_refused(void **state)
{
    static const char *const paths[] = {"/../etc/passwd", "/%2e%2e/x", "//x",  "/a//b",
                                        "/%00",           "/%ff",      "/%zz", "/a%0d%0ab",
                                        "/a%5c",          "x",         "/%",   "/measure/./7"};

    for (size_t i = 0; i < sizeof paths / sizeof paths[0]; i++) {
        char request[200];
        snprintf(request, sizeof request, "GET %s HTTP/1.1\r\n" LAST, paths[i]);
        const char *answer = ask(state, request);
        assert_status(answer, "400");
        assert_security_headers(answer);
    }
}

static void an_id_that_is_no_number_does_not_exist(void **state)
{
    assert_status(ask(state, "GET /measure/0 HTTP/1.1\r\n" LAST), "404");
    assert_status(ask(state, "GET /measure/7x HTTP/1.1\r\n" LAST), "404");
    assert_status(ask(state, "GET /measure/99999999999999999999 HTTP/1.1\r\n" LAST), "404");
}

static void a_method_the_page_does_not_take_is_told_with_those_it_takes(void **state)
{
    const char *get = ask(state, "GET /form HTTP/1.1\r\n" LAST);
    assert_status(get, "405");
    assert_has(get, "Allow: POST\r\n");

    const char *brew = ask(state, "BREW /measure/7 HTTP/1.1\r\n" LAST);
    assert_status(brew, "405");
    assert_security_headers(brew);
    assert_has(brew, "Allow: GET, HEAD\r\n");
}

static void head_gets_the_headers_of_get_without_the_page(void **state)
{
    const char *answer = ask(state, "HEAD /measure/7 HTTP/1.1\r\n" LAST);

    assert_status(answer, "200");
    assert_has(answer, "Content-Length: 9\r\n");
    assert_null(strstr(answer, "measure"));
}

static void a_public_page_that_is_known_is_not_sent_again(void **state)
{
    char request[200] = "";
    const char *answer = ask(state, "GET / HTTP/1.1\r\n" LAST);
    const char *etag = strstr(answer, "ETag: ");

    assert_has(answer, "Cache-Control: no-cache\r\n");
    assert_non_null(etag);
    snprintf(request, sizeof request, "GET / HTTP/1.1\r\nIf-None-Match: W/%.18s\r\n" LAST, etag + 6);
    answer = ask(state, request);
    assert_status(answer, "304");
    assert_security_headers(answer);
    assert_null(strstr(answer, "<p>"));
}

static void another_page_has_another_etag(void **state)
{
    assert_status(ask(state, "GET / HTTP/1.1\r\nIf-None-Match: \"0123456789abcdef\"\r\n" LAST), "200");
}

static void one_connection_serves_many_requests(void **state)
{
    const char *answer =
        ask(state, "GET /measure/1 HTTP/1.1\r\nHost: a\r\n\r\nGET /nej HTTP/1.1\r\nHost: a\r\n\r\n"
                   "GET /measure/3 HTTP/1.1\r\n" LAST);

    assert_has(answer, "measure 1");
    assert_has(answer, "HTTP/1.1 404 ");
    assert_has(answer, "measure 3");
}

/* Asks on `fd` and reads what has come of the answer. */
static void ask_on(int fd, char *answer, size_t n)
{
    send_all(fd, str_of("GET /measure/1 HTTP/1.1\r\nHost: a\r\n\r\n"));
    ssize_t got = recv(fd, answer, n - 1, 0);
    answer[got > 0 ? got : 0] = '\0';
}

static void who_comes_when_it_is_full_is_answered_when_somebody_leaves(void **state)
{
    struct server_options options = {.listen = "127.0.0.1:0", .workers = 1, .connections = 2};
    struct setting small = {.answer = ((struct setting *)*state)->answer};
    struct err e = {OK, ""};
    int fd[3];

    assert_int_equal(server_open(&site, &options, &small.server, &e), OK);
    for (int i = 0; i < 3; i++)
        fd[i] = connect_to(&small);
    for (int i = 0; i < 2; i++) {
        ask_on(fd[i], small.answer, ANSWER_BYTES);
        assert_status(small.answer, "200");
    }
    close(fd[0]);
    ask_on(fd[2], small.answer, ANSWER_BYTES);
    assert_status(small.answer, "200");
    close(fd[1]);
    close(fd[2]);
    server_close(small.server);
}

#define OWN "Sec-Fetch-Site: same-origin\r\nContent-Type: application/x-www-form-urlencoded\r\n"

/* "token=…" as a form of ours carries it, made `age` seconds ago with a key of `byte`s. */
static struct str token(unsigned char byte, int64_t age, struct arena *a)
{
    struct form_seal seal = {.now_at = (int64_t)time(NULL) - age};
    struct html h = html_open(a, catalogue_of(LANGUAGE_SV));
    struct str before;
    struct str value;

    memset(seal.key, byte, sizeof seal.key);
    form_token(&h, &seal);
    const char *start = strstr(html_str(&h).p, "value=\"");
    assert_non_null(start);
    str_cut(str_of(start + 7), '"', &value, &before);
    return str_of(arena_printf(a, "token=%.*s", STR(value)));
}

/* The answer to a form with `headers` and `fields` and the token. */
static const char *post(void **state, const char *headers, struct str sealed, const char *fields)
{
    struct arena *a = arena_open();
    const char *body = arena_printf(a, "%.*s&%s", STR(sealed), fields);
    const char *answer =
        ask(state, arena_printf(a, "POST /form HTTP/1.1\r\n%sContent-Length: %zu\r\n" LAST "%s", headers,
                                strlen(body), body));

    arena_close(a);
    return answer;
}

static void a_form_is_decoded(void **state)
{
    struct arena *a = arena_open();
    const char *answer =
        post(state, OWN "Cookie: a=1; b=2; =;;\r\n", token(7, 60, a), "name=%C3%85sa+%26+Bo&x");

    assert_status(answer, "200");
    assert_has(answer, "\r\n\r\nÅsa &amp; Bo2");
    arena_close(a);
}

static void a_form_without_a_token_or_with_that_of_another_is_refused(void **state)
{
    struct arena *a = arena_open();

    assert_status(post(state, OWN, S(""), "name=a"), "403");
    assert_status(post(state, OWN, S("token=AAAA"), "name=a"), "403");
    assert_status(post(state, OWN, token(8, 0, a), "name=a"), "403");
    assert_status(post(state, OWN, token(7, FORM_TOKEN_SECONDS + 60, a), "name=a"), "403");
    assert_status(post(state, OWN, token(7, -600, a), "name=a"), "403");
    assert_status(post(state, OWN, token(7, FORM_TOKEN_SECONDS - 60, a), "name=a"), "200");
    arena_close(a);
}

static void a_form_that_is_not_utf8_is_refused(void **state)
{
    const char *answer = ask(state, "POST /form HTTP/1.1\r\nContent-Length: 8\r\n" OWN LAST "name=%FF");

    assert_status(answer, "400");
}

static void a_form_from_another_site_is_refused(void **state)
{
    const char *answer = ask(
        state, "POST /form HTTP/1.1\r\nSec-Fetch-Site: cross-site\r\nContent-Length: 6\r\n" LAST "name=a");

    assert_status(answer, "403");
    assert_security_headers(answer);
}

static void a_form_without_a_known_origin_is_refused(void **state)
{
    assert_status(
        ask(state, "POST /form HTTP/1.1\r\nOrigin: https://b.example\r\nContent-Length: 0\r\n" LAST), "403");
    assert_status(ask(state, "POST /form HTTP/1.1\r\nContent-Length: 0\r\n" LAST), "403");
}

static void a_form_of_our_own_origin_is_taken(void **state)
{
    struct arena *a = arena_open();

    assert_status(post(state,
                       "Origin: https://a.example\r\nContent-Type: application/x-www-form-urlencoded\r\n",
                       token(7, 0, a), "name=a"),
                  "200");
    arena_close(a);
}

static void a_body_of_another_kind_is_refused(void **state)
{
    const char *answer = ask(state, "POST /form HTTP/1.1\r\nSec-Fetch-Site: same-origin\r\nContent-Type: "
                                    "application/json\r\nContent-Length: 2\r\n" LAST "{}");

    assert_status(answer, "415");
}

static void a_body_of_a_gigabyte_is_refused_before_it_is_sent(void **state)
{
    const char *answer = ask(state, "POST /form HTTP/1.1\r\nContent-Length: 1073741824\r\n"
                                    "Expect: 100-continue\r\n" OWN LAST);

    assert_status(answer, "413");
    assert_security_headers(answer);
    assert_has(answer, "Det du skickade är för stort");
}

/* As a browser sends it: all of it, before it looks for an answer. */
static void a_body_that_is_too_large_and_sent_all_the_same_is_refused_in_words(void **state)
{
    static const char piece[1 << 20];
    struct setting *s = *state;
    int fd = connect_to(s);
    size_t n = 0;
    ssize_t got = 0;

    send_all(fd, S("POST /form HTTP/1.1\r\nContent-Length: 67108864\r\n" OWN LAST));
    for (int i = 0; i < 64; i++)
        send_all(fd, (struct str){piece, sizeof piece});
    while (n < ANSWER_BYTES - 1 && (got = recv(fd, s->answer + n, ANSWER_BYTES - 1 - n, 0)) > 0)
        n += (size_t)got;
    s->answer[n] = '\0';
    close(fd);

    assert_status(s->answer, "413");
    assert_has(s->answer, "Det du skickade är för stort");
}

/* Announces a body of so many bytes, and reads what is said of it before any has come; the connection. */
static int announce(const struct setting *s, long bytes)
{
    char head[256];
    int fd = connect_to(s);

    snprintf(head, sizeof head,
             "POST /large HTTP/1.1\r\nHost: a\r\nContent-Length: %ld\r\nExpect: 100-continue\r\n" OWN "\r\n",
             bytes);
    send_all(fd, str_of(head));
    ssize_t got = recv(fd, s->answer, ANSWER_BYTES - 1, 0);
    s->answer[got > 0 ? got : 0] = '\0';
    return fd;
}

/* What a connection that has been closed held is let go of a moment later. */
static int announce_until_taken(const struct setting *s, long bytes)
{
    int fd = announce(s, bytes);

    while (strncmp(s->answer, "HTTP/1.1 429", 12) == 0) {
        close(fd);
        fd = announce(s, bytes);
    }
    assert_status(s->answer, "100");
    return fd;
}

static void large_bodies_are_taken_only_while_there_is_room_for_all(void **state)
{
    struct setting *s = *state;
    const long half = EXCHANGE_LARGE_MOST_BYTES / 2;
    const int first = announce_until_taken(s, half + 1);

    close(announce(s, half));
    assert_status(s->answer, "429");
    assert_has(s->answer, "Retry-After: ");
    assert_security_headers(s->answer);
    close(announce(s, ROUTE_BODY_LIMIT_BYTES)); /* is not large */
    assert_status(s->answer, "100");
    close(first);
    close(announce_until_taken(s, half));
}

/* Else a route could take more than there is ever room for. */
static void a_large_body_is_taken_when_it_is_alone(void **state)
{
    close(announce_until_taken(*state, EXCHANGE_LARGE_MOST_BYTES + 1L));
}

#define TWO_FILES                                                                                            \
    "--x\r\nContent-Disposition: form-data; name=\"f\"; filename=\"a\"\r\n\r\n1\r\n"                         \
    "--x\r\nContent-Disposition: form-data; name=\"f\"; filename=\"b\"\r\n\r\n2\r\n--x--\r\n"

static const char *send_two_files(void **state, const char *path)
{
    struct arena *a = arena_open();
    const char *request = arena_printf(a,
                                       "POST %s HTTP/1.1\r\nSec-Fetch-Site: same-origin\r\n"
                                       "Content-Type: multipart/form-data; boundary=x\r\n"
                                       "Content-Length: %zu\r\n" LAST TWO_FILES,
                                       path, sizeof TWO_FILES - 1);
    const char *answer = ask(state, request);

    arena_close(a);
    return answer;
}

static void a_form_that_takes_fewer_files_is_shown_anew(void **state)
{
    const char *answer = send_two_files(state, "/files");

    assert_status(answer, "422");
    assert_has(answer, "choose fewer");
}

static void other_forms_take_as_many_files_as_most_do(void **state)
{
    assert_status(send_two_files(state, "/form"), "403"); /* it has no token: its files were read */
}

static void a_form_that_takes_less_is_shown_anew(void **state)
{
    const char *answer =
        ask(state, "POST /files HTTP/1.1\r\nContent-Length: 1001\r\nExpect: 100-continue\r\n" OWN LAST);

    assert_status(answer, "422");
    assert_security_headers(answer);
    assert_has(answer, "choose smaller");
}

static void a_form_is_not_shown_anew_to_who_may_not_send_it(void **state)
{
    static const char elsewhere[] =
        "POST /files HTTP/1.1\r\nContent-Length: 1001\r\nExpect: 100-continue\r\nSec-Fetch-Site: cross-site\r\n" LAST;

    assert_status(
        ask(state, "POST /own-files HTTP/1.1\r\nContent-Length: 1001\r\nExpect: 100-continue\r\n" OWN LAST),
        "403");
    assert_status(ask(state, elsewhere), "403");
}

static void a_body_whose_length_is_not_told_is_refused(void **state)
{
    const char *answer =
        ask(state, "POST /form HTTP/1.1\r\nTransfer-Encoding: chunked\r\n" OWN LAST "5\r\nhello\r\n");

    assert_status(answer, "411");
}

static void a_page_asked_for_with_a_body_is_refused(void **state)
{
    assert_status(ask(state, "GET / HTTP/1.1\r\nContent-Length: 5\r\n" LAST "hello"), "400");
}

static void a_header_of_a_hundred_kilobytes_is_refused_in_words(void **state)
{
    struct arena *a = arena_open();
    struct text request = text_open(a);

    text_format(&request, "GET / HTTP/1.1\r\nX-Filling: %0102400d", 0);
    text_lit(&request, "\r\n" LAST);
    const char *answer = ask_bytes(state, text_str(&request));
    assert_status(answer, "431");
    assert_security_headers(answer);
    assert_has(answer, "Rensa annars webbläsarens kakor");
    arena_close(a);
}

static void cookies_of_forty_kilobytes_are_refused_in_words(void **state)
{
    struct arena *a = arena_open();
    struct text request = text_open(a);

    text_format(&request, "GET /en/ HTTP/1.1\r\nCookie: a=%040960d\r\n" LAST, 0);
    const char *answer = ask_bytes(state, text_str(&request));
    assert_status(answer, "431");
    assert_security_headers(answer);
    assert_has(answer, "clear the browser");
    arena_close(a);
}

static void cookies_of_a_hundred_kilobytes_are_refused(void **state)
{
    struct arena *a = arena_open();
    struct text request = text_open(a);

    text_format(&request, "GET / HTTP/1.1\r\nCookie: a=%0102400d\r\n" LAST, 0);
    assert_status(ask_bytes(state, text_str(&request)), "431");
    arena_close(a);
}

static void a_request_that_never_ends_its_headers_is_cut_off(void **state)
{
    struct arena *a = arena_open();
    struct text request = text_open(a);

    text_lit(&request, "GET / HTTP/1.1\r\n");
    for (int i = 0; i < 1024; i++)
        text_format(&request, "X-%d: %01000d\r\n", i, 0);
    const char *answer = ask_bytes(state, text_str(&request));
    assert_null(strstr(answer, "200 OK"));
    assert_status(ask(state, "GET / HTTP/1.1\r\n" LAST), "200");
    arena_close(a);
}

static void bytes_that_are_no_request_harm_nobody(void **state)
{
    ask_bytes(state, S("\0\xff\x16\x03\x01 not http\r\n\r\n"));
    ask(state, "GET / HTTP/9.9\r\n" LAST);
    ask(state, "GET /\r\n\r\n");
    ask(state, "GET / HTTP/1.1\r\nHost: a\r\nContent-Length: -5\r\nConnection: close\r\n\r\n");
    assert_status(ask(state, "GET / HTTP/1.1\r\n" LAST), "200");
}

static void a_request_without_a_host_is_refused(void **state)
{
    assert_status(ask(state, "GET / HTTP/1.1\r\nConnection: close\r\n\r\n"), "400");
}

static void odd_headers_change_nothing(void **state)
{
    assert_status(ask(state, "GET / HTTP/1.1\r\nCookie: \xff=\x01;;;=\r\nAccept-Encoding: ,,gzip;q=x,\xff\r\n"
                             "Accept-Language: \xff\r\nIf-None-Match: \"\r\n" LAST),
                  "200");
}

static void a_page_for_members_is_not_shown_to_anyone(void **state)
{
    const char *answer = ask(state, "GET /secret HTTP/1.1\r\n" LAST);

    assert_status(answer, "303");
    assert_has(answer, "Location: /in?till=%2Fsecret\r\n");
    assert_null(strstr(answer, "<p>sv"));
}

static void a_refusal_is_a_page_of_its_own(void **state)
{
    const char *answer = ask(state, "GET /refused HTTP/1.1\r\n" LAST);

    assert_status(answer, "422");
    assert_null(strstr(answer, "half a page"));
}

static void a_fault_shows_its_number_and_not_its_cause(void **state)
{
    const char *answer = ask(state, "GET /fault HTTP/1.1\r\n" LAST);

    assert_status(answer, "500");
    assert_security_headers(answer);
    assert_has(answer, "Ange numret ");
    assert_null(strstr(answer, "disk"));
}

static void a_redirect_stays_in_the_language(void **state)
{
    const char *answer = ask(state, "GET /en/on HTTP/1.1\r\n" LAST);

    assert_status(answer, "303");
    assert_has(answer, "Location: /en/plan\r\n");
}

static void a_download_has_a_harmless_name(void **state)
{
    const char *answer = ask(state, "GET /download HTTP/1.1\r\n" LAST);

    assert_has(answer, "Content-Disposition: attachment; filename=\"l__gesbild__1_.csv\"\r\n");
    assert_has(answer, "Content-Type: text/csv; charset=utf-8\r\n");
    assert_has(answer, "\r\n\r\na;b\r\n");
}

static void a_port_in_use_is_told_with_what_to_do(void **state)
{
    struct setting *s = *state;
    struct server *second = NULL;
    struct err e = {OK, ""};
    char address[40];

    snprintf(address, sizeof address, "127.0.0.1:%d", server_port(s->server));
    struct server_options options = {.listen = address};
    assert_int_equal(server_open(&site, &options, &second, &e), SYSTEM);
    assert_has(e.what, "another program uses this port");
}

static void a_route_without_a_permission_stops_the_start(void **state)
{
    static const struct route bare[] = {{.method = "GET", .pattern = "/x", .handle = show_start},
                                        {.method = NULL}};
    static const struct route *const bare_tables[] = {bare, NULL};
    static const struct site bare_site = {.routes = bare_tables};
    struct server_options options = {.listen = "127.0.0.1:0"};
    struct server *server = NULL;
    struct err e = {OK, ""};

    (void)state;
    assert_int_equal(server_open(&bare_site, &options, &server, &e), SYSTEM);
    assert_has(e.what, "has no permission");
}

/* A handler that says when it has begun and waits until it may go on. */
struct barrier {
    int begun[2];
    int go_on[2];
};

static enum status wait_at_barrier(const struct request *r, struct response *out, struct err *e)
{
    const struct barrier *barrier = r->context;
    char byte = 'x';

    html_lit(response_page(out), "whole");
    if (write(barrier->begun[1], &byte, 1) != 1 || read(barrier->go_on[0], &byte, 1) != 1)
        return err_set(e, SYSTEM, "the barrier is gone");
    return OK;
}

static void *close_in_thread(void *server)
{
    server_close(server);
    return NULL;
}

static void a_request_that_has_begun_is_answered_before_the_server_closes(void **state)
{
    static const struct route slow[] = {
        {.method = "GET", .pattern = "/", .permission = ROUTE_ANYONE, .handle = wait_at_barrier},
        {.method = NULL}};
    static const struct route *const slow_tables[] = {slow, NULL};
    struct barrier barrier;
    struct site slow_site = {.routes = slow_tables, .context = &barrier};
    struct server_options options = {.listen = "127.0.0.1:0"};
    struct setting s = {.answer = ((struct setting *)*state)->answer};
    struct err e = {OK, ""};
    pthread_t closing;
    char byte = 0;

    assert_true(pipe(barrier.begun) == 0 && pipe(barrier.go_on) == 0);
    assert_int_equal(server_open(&slow_site, &options, &s.server, &e), OK);
    int fd = connect_to(&s);
    send_all(fd, S("GET / HTTP/1.1\r\n" LAST));
    assert_int_equal(read(barrier.begun[0], &byte, 1), 1);
    assert_int_equal(pthread_create(&closing, NULL, close_in_thread, s.server), 0);
    assert_int_equal(write(barrier.go_on[1], &byte, 1), 1);
    pthread_join(closing, NULL);
    s.answer[recv(fd, s.answer, ANSWER_BYTES - 1, MSG_WAITALL)] = '\0';
    assert_has(s.answer, "\r\n\r\nwhole");
    close(fd);
    for (int i = 0; i < 2; i++) {
        close(barrier.begun[i]);
        close(barrier.go_on[i]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_drawing_may_be_shown_elsewhere_and_can_run_nothing),
        cmocka_unit_test(a_page_comes_with_the_security_headers),
        cmocka_unit_test(a_page_is_found_in_english_too),
        cmocka_unit_test(what_does_not_exist_is_told_in_words_of_the_language),
        cmocka_unit_test(a_bad_path_is_refused),
        cmocka_unit_test(an_id_that_is_no_number_does_not_exist),
        cmocka_unit_test(a_method_the_page_does_not_take_is_told_with_those_it_takes),
        cmocka_unit_test(head_gets_the_headers_of_get_without_the_page),
        cmocka_unit_test(a_public_page_that_is_known_is_not_sent_again),
        cmocka_unit_test(another_page_has_another_etag),
        cmocka_unit_test(one_connection_serves_many_requests),
        cmocka_unit_test(who_comes_when_it_is_full_is_answered_when_somebody_leaves),
        cmocka_unit_test(a_form_is_decoded),
        cmocka_unit_test(a_form_without_a_token_or_with_that_of_another_is_refused),
        cmocka_unit_test(a_form_that_is_not_utf8_is_refused),
        cmocka_unit_test(a_form_from_another_site_is_refused),
        cmocka_unit_test(a_form_without_a_known_origin_is_refused),
        cmocka_unit_test(a_form_of_our_own_origin_is_taken),
        cmocka_unit_test(a_body_of_another_kind_is_refused),
        cmocka_unit_test(a_body_of_a_gigabyte_is_refused_before_it_is_sent),
        cmocka_unit_test(a_body_that_is_too_large_and_sent_all_the_same_is_refused_in_words),
        cmocka_unit_test(a_large_body_is_taken_when_it_is_alone),
        cmocka_unit_test(large_bodies_are_taken_only_while_there_is_room_for_all),
        cmocka_unit_test(a_form_that_takes_fewer_files_is_shown_anew),
        cmocka_unit_test(other_forms_take_as_many_files_as_most_do),
        cmocka_unit_test(a_form_that_takes_less_is_shown_anew),
        cmocka_unit_test(a_form_is_not_shown_anew_to_who_may_not_send_it),
        cmocka_unit_test(a_body_whose_length_is_not_told_is_refused),
        cmocka_unit_test(a_page_asked_for_with_a_body_is_refused),
        cmocka_unit_test(a_header_of_a_hundred_kilobytes_is_refused_in_words),
        cmocka_unit_test(cookies_of_forty_kilobytes_are_refused_in_words),
        cmocka_unit_test(cookies_of_a_hundred_kilobytes_are_refused),
        cmocka_unit_test(a_request_that_never_ends_its_headers_is_cut_off),
        cmocka_unit_test(bytes_that_are_no_request_harm_nobody),
        cmocka_unit_test(a_request_without_a_host_is_refused),
        cmocka_unit_test(odd_headers_change_nothing),
        cmocka_unit_test(a_page_for_members_is_not_shown_to_anyone),
        cmocka_unit_test(a_refusal_is_a_page_of_its_own),
        cmocka_unit_test(a_fault_shows_its_number_and_not_its_cause),
        cmocka_unit_test(a_redirect_stays_in_the_language),
        cmocka_unit_test(a_download_has_a_harmless_name),
        cmocka_unit_test(a_request_that_has_begun_is_answered_before_the_server_closes),
        cmocka_unit_test(a_port_in_use_is_told_with_what_to_do),
        cmocka_unit_test(a_route_without_a_permission_stops_the_start),
    };

    return cmocka_run_group_tests(tests, open_server, close_server);
}
