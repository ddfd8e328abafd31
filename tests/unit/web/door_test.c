/* Who may stay inside when others wait, as clients see it over sockets. */
#include "../unit.h"

#include "base/arena.h"
#include "base/str.h"
#include "web/html.h"
#include "web/request.h"
#include "web/response.h"
#include "web/server.h"
#include "web/site.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { ROOM = 2, ANSWER_BYTES = 4096 };

static const struct str request = {"GET / HTTP/1.1\r\nHost: a\r\n\r\n", 27};

/* A site whose one page says when it is asked for, and waits until it may be shown. */
struct house {
    struct arena *arena;
    struct server *server;
    int asked[2];
    int show[2];
    char answer[ANSWER_BYTES];
};

static enum status show_page(const struct request *r, struct response *out, struct err *e)
{
    const struct house *h = r->context;
    char byte = 'x';

    html_lit(response_page(out), "the page");
    if (write(h->asked[1], &byte, 1) != 1 || read(h->show[0], &byte, 1) != 1)
        return err_set(e, SYSTEM, "the test is gone");
    return OK;
}

static const struct route routes[] = {
    {.method = "GET", .pattern = "/", .permission = ROUTE_ANYONE, .handle = show_page}, {.method = NULL}};
static const struct route *const tables[] = {routes, NULL};

static int open_house(void **state)
{
    struct arena *a = arena_open();
    struct house *h = arena_new(a, 1, struct house);
    struct site *site = arena_new(a, 1, struct site);
    struct server_options options = {.listen = "127.0.0.1:0", .workers = ROOM, .connections = ROOM};
    struct err e = {OK, ""};
    int nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC);

    dup2(nowhere, STDERR_FILENO); /* the log */
    close(nowhere);
    h->arena = a;
    *site = (struct site){.routes = tables, .context = h};
    *state = h;
    if (pipe(h->asked) != 0 || pipe(h->show) != 0)
        return -1;
    return server_open(site, &options, &h->server, &e) == OK ? 0 : -1;
}

static int close_house(void **state)
{
    struct house *h = *state;

    server_close(h->server);
    for (int i = 0; i < 2; i++) {
        close(h->asked[i]);
        close(h->show[i]);
    }
    arena_close(h->arena);
    return 0;
}

static int come(const struct house *h)
{
    struct sockaddr_in where = {.sin_family = AF_INET, .sin_port = htons((uint16_t)server_port(h->server))};
    int fd = socket(AF_INET, SOCK_STREAM, 0);

    where.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    assert_int_equal(connect(fd, (struct sockaddr *)&where, sizeof where), 0);
    return fd;
}

static void say(int fd, struct str bytes)
{
    assert_int_equal(send(fd, bytes.p, bytes.n, MSG_NOSIGNAL), bytes.n);
}

/* Until `fd` has been asked for the page. */
static void wait_until_asked(const struct house *h)
{
    char byte = 0;

    assert_int_equal(read(h->asked[0], &byte, 1), 1);
}

static void let_show(const struct house *h)
{
    assert_int_equal(write(h->show[1], "x", 1), 1);
}

/* Does `fd` get the page? False when the connection ends without it. */
static bool has_page(struct house *h, int fd)
{
    size_t n = 0;
    ssize_t got = 0;

    while (n < ANSWER_BYTES - 1 && (got = recv(fd, h->answer + n, ANSWER_BYTES - 1 - n, 0)) > 0) {
        n += (size_t)got;
        h->answer[n] = '\0';
        if (strstr(h->answer, "the page"))
            return true;
    }
    return false;
}

static void who_waits_takes_the_place_of_who_says_nothing(void **state)
{
    struct house *h = *state;
    int silent[ROOM] = {come(h), come(h)};
    int fd = come(h);

    say(fd, request);
    let_show(h);
    assert_true(has_page(h, fd));
    assert_false(has_page(h, silent[0])); /* the one who came first */
    close(silent[0]);
    close(silent[1]);
    close(fd);
}

static void half_a_request_holds_no_place(void **state)
{
    struct house *h = *state;
    int slow[ROOM] = {come(h), come(h)};
    int fd = come(h);

    for (int i = 0; i < ROOM; i++)
        say(slow[i], S("GET / HTTP/1.1\r\nHost: a\r\nX-Slow: "));
    say(fd, request);
    let_show(h);
    assert_true(has_page(h, fd));
    close(slow[0]);
    close(slow[1]);
    close(fd);
}

static void who_is_being_answered_is_not_sent_away(void **state)
{
    struct house *h = *state;
    int busy = come(h);

    say(busy, request);
    wait_until_asked(h);
    int silent = come(h);
    int fd = come(h);
    say(fd, request);
    wait_until_asked(h); /* the silent one has had to leave, though the busy one came before */
    assert_false(has_page(h, silent));
    let_show(h);
    let_show(h);
    assert_true(has_page(h, busy));
    assert_true(has_page(h, fd));
    close(busy);
    close(silent);
    close(fd);
}

static void nobody_leaves_while_there_is_room(void **state)
{
    struct house *h = *state;
    int silent = come(h);
    int fd = come(h);

    say(fd, request);
    let_show(h);
    assert_true(has_page(h, fd));
    wait_until_asked(h);
    say(silent, request);
    let_show(h);
    assert_true(has_page(h, silent));
    close(silent);
    close(fd);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(who_waits_takes_the_place_of_who_says_nothing, open_house,
                                        close_house),
        cmocka_unit_test_setup_teardown(half_a_request_holds_no_place, open_house, close_house),
        cmocka_unit_test_setup_teardown(who_is_being_answered_is_not_sent_away, open_house, close_house),
        cmocka_unit_test_setup_teardown(nobody_leaves_while_there_is_room, open_house, close_house),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
