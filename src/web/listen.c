/* The socket the server listens on. */
#include "web/listen.h"

#include "base/number.h"
#include "base/str.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

enum { WAITING_CONNECTIONS = 4096, FIRST_GIVEN = 3 };

struct listen_address {
    union {
        struct sockaddr any;
        struct sockaddr_in v4;
        struct sockaddr_in6 v6;
        struct sockaddr_un file;
    } socket;
    socklen_t n;
};

static bool is_this_machine(const struct listen_address *where)
{
    if (where->socket.any.sa_family == AF_INET6)
        return IN6_IS_ADDR_LOOPBACK(&where->socket.v6.sin6_addr);
    return where->socket.any.sa_family == AF_UNIX || ntohl(where->socket.v4.sin_addr.s_addr) >> 24 == 127;
}

/* Cuts "host:port" at its last colon; IPv6 hosts stand in brackets. */
static bool cut_port(struct str address, struct str *host, int64_t *port)
{
    size_t colon = address.n;

    while (colon > 0 && address.p[colon - 1] != ':')
        colon--;
    if (colon == 0 || !i64_from_str(str_part(address, colon, address.n), 0, UINT16_MAX, port))
        return false;
    *host = str_part(address, 0, colon - 1);
    return true;
}

/* "unix:/path". */
static bool parse_file(struct str path, struct listen_address *out)
{
    if (path.n == 0 || path.p[0] != '/' || path.n >= sizeof out->socket.file.sun_path)
        return false;
    *out = (struct listen_address){.n = sizeof out->socket.file};
    out->socket.file.sun_family = AF_UNIX;
    memcpy(out->socket.file.sun_path, path.p, path.n);
    return true;
}

static bool parse_address(const char *address, struct listen_address *out)
{
    struct str prefix = S("unix:");
    char text[INET6_ADDRSTRLEN] = "";
    struct str host = {NULL, 0};
    int64_t port = 0;

    if (str_starts(str_of(address), prefix))
        return parse_file(str_part(str_of(address), prefix.n, strlen(address)), out);
    if (!cut_port(str_of(address), &host, &port))
        return false;
    bool is_v6 = str_starts(host, S("[")) && str_ends(host, S("]"));
    if (is_v6)
        host = str_part(host, 1, host.n - 2);
    if (host.n == 0 || host.n >= sizeof text)
        return false;
    memcpy(text, host.p, host.n);
    *out = (struct listen_address){.n = 0};
    if (is_v6) {
        out->socket.v6.sin6_family = AF_INET6;
        out->socket.v6.sin6_port = htons((uint16_t)port);
        out->n = sizeof out->socket.v6;
        return inet_pton(AF_INET6, text, &out->socket.v6.sin6_addr) == 1;
    }
    out->socket.v4.sin_family = AF_INET;
    out->socket.v4.sin_port = htons((uint16_t)port);
    out->n = sizeof out->socket.v4;
    return inet_pton(AF_INET, text, &out->socket.v4.sin_addr) == 1;
}

static enum status explain(const char *address, int reason, struct err *e)
{
    if (reason == EADDRINUSE)
        return err_set(e, SYSTEM,
                       "%s: another program uses this port: stop it, or choose another port with --listen",
                       address);
    if (reason == EACCES)
        return err_set(e, SYSTEM, "%s: no permission for this port: choose one from 1024 up with --listen",
                       address);
    if (reason == EADDRNOTAVAIL)
        return err_set(e, SYSTEM, "%s: this machine does not have that address: see `ip address`", address);
    return err_set(e, SYSTEM, "%s: cannot listen there: %s", address, strerror(reason));
}

/* A socket that a killed program left; anything else stays, and is told of when it is in the way. */
static void remove_left(const struct listen_address *where)
{
    struct stat info;

    if (where->socket.any.sa_family == AF_UNIX && lstat(where->socket.file.sun_path, &info) == 0 &&
        S_ISSOCK(info.st_mode))
        unlink(where->socket.file.sun_path);
}

/* For who runs the server and their monitoring: nobody else. */
static bool is_ours_alone(const struct listen_address *where)
{
    return where->socket.any.sa_family != AF_UNIX || chmod(where->socket.file.sun_path, 0660) == 0;
}

static enum status refuse_reach(const char *address, struct err *e)
{
    return err_set(e, USAGE,
                   "%s: can be reached from other machines: listen on 127.0.0.1 behind a front server that "
                   "keeps TLS, or say --direct",
                   address);
}

enum status listen_open(const char *address, enum listen_reach reach, int *fd, struct err *e)
{
    struct listen_address where;
    int one = 1;

    if (!parse_address(address, &where))
        return err_set(
            e, USAGE,
            "\"%.60s\": expected an address and port such as 127.0.0.1:8080 or [::1]:8080, or a file "
            "such as unix:/run/lykta/watch.sock",
            address);
    if (reach == LISTEN_ON_THIS_MACHINE && !is_this_machine(&where))
        return refuse_reach(address, e);
    int s = socket(where.socket.any.sa_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (s < 0)
        return explain(address, errno, e);
    remove_left(&where);
    /* A restart need not wait for the connections of the program before it. */
    if (setsockopt(s, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one) != 0 ||
        bind(s, &where.socket.any, where.n) != 0 || !is_ours_alone(&where) ||
        listen(s, WAITING_CONNECTIONS) != 0) {
        enum status status = explain(address, errno, e);
        close(s);
        return status;
    }
    *fd = s;
    return OK;
}

/* How many are handed to this process; not to one that it starts. */
static int64_t count_given(void)
{
    const char *pid = getenv("LISTEN_PID");
    const char *n = getenv("LISTEN_FDS");
    int64_t whose = 0;
    int64_t given = 0;

    if (!pid || !n || !i64_from_str(str_of(pid), 1, INT32_MAX, &whose) || whose != getpid() ||
        !i64_from_str(str_of(n), 0, INT32_MAX, &given))
        given = 0;
    unsetenv("LISTEN_PID");
    unsetenv("LISTEN_FDS");
    unsetenv("LISTEN_FDNAMES");
    return given;
}

static bool is_listening(int fd, struct listen_address *where)
{
    int is = 0;
    socklen_t n = sizeof is;

    *where = (struct listen_address){.n = sizeof where->socket};
    return getsockopt(fd, SOL_SOCKET, SO_ACCEPTCONN, &is, &n) == 0 && is &&
           getsockname(fd, &where->socket.any, &where->n) == 0 &&
           (where->socket.any.sa_family == AF_INET || where->socket.any.sa_family == AF_INET6);
}

enum status listen_given(enum listen_reach reach, int *fd, struct err *e)
{
    struct listen_address where;
    int64_t n = count_given();

    *fd = -1;
    if (n == 0)
        return OK;
    if (n > 1 || !is_listening(FIRST_GIVEN, &where))
        return err_set(e, USAGE, "the service manager hands over what is not one listening socket of TCP");
    if (reach == LISTEN_ON_THIS_MACHINE && !is_this_machine(&where))
        return refuse_reach("the service manager's socket", e);
    int flags = fcntl(FIRST_GIVEN, F_GETFL);
    if (flags < 0 || fcntl(FIRST_GIVEN, F_SETFL, flags | O_NONBLOCK) != 0 ||
        fcntl(FIRST_GIVEN, F_SETFD, FD_CLOEXEC) != 0)
        return err_set(e, SYSTEM, "the service manager's socket: %s", strerror(errno));
    *fd = FIRST_GIVEN;
    return OK;
}

void listen_close(int fd)
{
    struct listen_address where = {.n = sizeof where.socket};

    if (fd < 0)
        return;
    if (getsockname(fd, &where.socket.any, &where.n) == 0)
        remove_left(&where);
    close(fd);
}

int listen_port(int fd)
{
    struct listen_address where = {.n = sizeof where.socket};

    if (getsockname(fd, &where.socket.any, &where.n) != 0)
        die("the listening socket is gone: %s", strerror(errno));
    return ntohs(where.socket.any.sa_family == AF_INET6 ? where.socket.v6.sin6_port
                                                        : where.socket.v4.sin_port);
}
