/* The example city, served in the test's own process. */
#include "served.h"

#include "../command/program.h"
#include "account/attempts.h"
#include "command/rooms.h"
#include "observation/desk.h"
#include "store/city.h"
#include "store/db.h"
#include "web/html.h"
#include "web/server.h"

#include <sodium.h>

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { MOST_ANSWER_BYTES = 1 << 22 };

static void silence_the_log(void)
{
    int nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC);

    dup2(nowhere, STDERR_FILENO);
    close(nowhere);
}

int served_begin(void **state)
{
    const struct server_options options = {.listen = "127.0.0.1:0", .workers = 2};
    void *scratch = NULL;
    struct err e = {0};

    if (scratch_open(&scratch) != 0)
        return -1;
    struct scratch *folder = scratch;
    struct served *s = arena_new(folder->arena, 1, struct served);
    const char *path = scratch_path(folder, "city");
    s->scratch = folder;
    s->answer = arena_new(folder->arena, MOST_ANSWER_BYTES, char);
    *state = s;
    if (program_run(ARGUMENTS("demo", path), S(""), folder->arena).status != 0)
        return -1;
    silence_the_log();
    if (city_open(path, DB_WRITE, &s->city, &e) != OK ||
        portal_open(&s->portal, s->city, &outside_machine, rooms, &e) != OK ||
        city_connect(s->city, DB_READ, &s->eye, &e) != OK)
        return -1;
    s->portal.desk = desk_open(NULL);
    s->portal.attempts = attempts_open();
    return server_open(portal_site(&s->portal, folder->arena), &options, &s->server, &e) == OK ? 0 : -1;
}

int served_end(void **state)
{
    struct served *s = *state;
    void *scratch = s->scratch;

    server_close(s->server);
    attempts_close(s->portal.attempts);
    desk_close(s->portal.desk);
    portal_close(&s->portal);
    db_close(s->eye);
    city_close(s->city);
    return scratch_close(&scratch);
}

const char *served_role(int role)
{
    if (role == ROLE_READER)
        return "a reader";
    return role == ROLE_HALF_SIGNED_IN ? "who is half signed in" : role_name((enum role)role);
}

static int64_t person_with(struct served *s, int role)
{
    static const char sql[] = "select min(person) from person_role where role = $1";
    struct query q = db_query(s->city->db, sql);
    struct err e = {0};

    bind_str(&q, 1, str_of(role_name((enum role)(role < ROLES ? role : ROLE_COORDINATOR))));
    int64_t person = query_next(&q) ? query_int(&q, 0) : 0;
    assert_int_equal(query_end(&q, &e), OK);
    assert_true(person > 0);
    return person;
}

struct caller served_caller(struct served *s, int role)
{
    struct caller c = {.roles = ROLE_BIT(role), .seal = {.now_at = outside_machine.now_at(&outside_machine)}};
    unsigned char secret[SESSION_SECRET_BYTES];
    struct err e = {0};

    memcpy(c.seal.key, s->portal.form_key, sizeof c.seal.key);
    if (role == ROLE_READER)
        return c;
    struct session session = {.person = person_with(s, role),
                              .stage = role == ROLE_HALF_SIGNED_IN ? SESSION_HALF : SESSION_WHOLE,
                              .method = S("password"),
                              .device = S("Firefox, Linux")};
    assert_int_equal(session_begin(s->city->db, &outside_machine, &session, secret, &e), OK);
    sodium_bin2base64(c.cookie, sizeof c.cookie, secret, sizeof secret,
                      sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    session_form_key(str_of(c.cookie), c.seal.key);
    c.person = session.person;
    c.session = session.id;
    return c;
}

const char *served_token(struct served *s, const struct caller *caller)
{
    struct html field = html_open(s->scratch->arena, catalogue_of(LANGUAGE_SV));
    static const char before[] = "value=\"";

    form_token(&field, &caller->seal);
    struct str written = html_str(&field);
    const char *from = memmem(written.p, written.n, before, sizeof before - 1);
    assert_non_null(from);
    from += sizeof before - 1;
    const char *to = memchr(from, '"', (size_t)(written.p + written.n - from));
    assert_non_null(to);
    return arena_cstr(s->scratch->arena, from, (size_t)(to - from));
}

static const char *request_text(struct served *s, const struct asked *a)
{
    struct arena *arena = s->scratch->arena;
    bool is_post = strcmp(a->method, "POST") == 0;
    const char *body = arena_printf(arena, "%s%s&%s", a->token ? "token=" : "", a->token ? a->token : "",
                                    a->fields ? a->fields : "");
    const char *cookie = a->caller->cookie[0]
                             ? arena_printf(arena, "Cookie: " SESSION_COOKIE "=%s%s%s\r\n", a->caller->cookie,
                                            a->cookies ? "; " : "", a->cookies ? a->cookies : "")
                             : "";
    const char *form = is_post
                           ? arena_printf(arena,
                                          "Content-Type: application/x-www-form-urlencoded\r\n"
                                          "Content-Length: %zu\r\n%s",
                                          strlen(body), a->from ? a->from : "Sec-Fetch-Site: same-origin\r\n")
                           : "";

    return arena_printf(arena, "%s %s HTTP/1.1\r\nHost: lykta.example\r\nConnection: close\r\n%s%s\r\n%s",
                        a->method, a->path, cookie, form, is_post ? body : "");
}

static int connect_to(const struct served *s)
{
    struct sockaddr_in where = {.sin_family = AF_INET, .sin_port = htons((uint16_t)server_port(s->server))};
    int fd = socket(AF_INET, SOCK_STREAM, 0);

    where.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    assert_int_equal(connect(fd, (struct sockaddr *)&where, sizeof where), 0);
    return fd;
}

static const char *exchange_text(struct served *s, const char *request)
{
    char *answer = s->answer;
    size_t n = strlen(request);
    size_t got = 0;
    ssize_t more = 0;
    int fd = connect_to(s);

    assert_int_equal(send(fd, request, n, MSG_NOSIGNAL), (ssize_t)n);
    while (got < MOST_ANSWER_BYTES - 1 && (more = recv(fd, answer + got, MOST_ANSWER_BYTES - 1 - got, 0)) > 0)
        got += (size_t)more;
    close(fd);
    answer[got] = '\0';
    return answer;
}

struct answered served_ask(struct served *s, const struct asked *asked)
{
    static const char location[] = "\r\nLocation: ";
    const char *text = exchange_text(s, request_text(s, asked));
    const char *body = strstr(text, "\r\n\r\n");
    const char *to = strstr(text, location);
    struct answered out = {.location = "", .body = ""};

    assert_int_equal(sscanf(text, "HTTP/1.1 %3d ", &out.http_status), 1);
    assert_non_null(body);
    out.body = body + 4;
    if (to && to < body) {
        to += sizeof location - 1;
        out.location = arena_cstr(s->scratch->arena, to, strcspn(to, "\r"));
    }
    return out;
}

struct answered served_ask_as(struct served *s, const struct caller *caller, const char *method,
                              const char *path)
{
    bool is_post = strcmp(method, "POST") == 0;

    return served_ask(s, &(struct asked){.method = method,
                                         .path = path,
                                         .caller = caller,
                                         .token = is_post ? served_token(s, caller) : NULL});
}

int64_t served_version(struct served *s)
{
    static const char sql[] = "pragma data_version";
    struct query q = db_query(s->eye, sql);
    struct err e = {0};
    int64_t version = query_next(&q) ? query_int(&q, 0) : 0;

    assert_int_equal(query_end(&q, &e), OK);
    assert_true(version > 0);
    return version;
}

int64_t served_count(struct served *s, const char *sql, int64_t parameter)
{
    struct query q = db_query(s->eye, sql);
    struct err e = {0};

    bind_int(&q, 1, parameter);
    int64_t n = query_next(&q) ? query_int(&q, 0) : -1;
    assert_int_equal(query_end(&q, &e), OK);
    return n;
}
