/* The socket the server listens on. */
#ifndef LYKTA_WEB_LISTEN_H
#define LYKTA_WEB_LISTEN_H

#include "base/err.h"

/* On the machine itself, behind a front server that keeps TLS and slow clients (the usual way), or openly. */
enum listen_reach { LISTEN_ON_THIS_MACHINE, LISTEN_OPENLY };

/* Opens a listening socket on `address`: "127.0.0.1:8080", "[::1]:8080", where port 0 takes any free one; or
 * "unix:/run/lykta/watch.sock", a file for its owner and group, which replaces a socket left there. USAGE
 * when the address is not understood, or reaches outside this machine and `reach` does not say so; SYSTEM
 * with what to do when the port is in use or not permitted. Accepting from *fd does not wait for somebody to
 * come. The caller closes it with listen_close. */
enum status listen_open(const char *address, enum listen_reach reach, int *fd, struct err *e) MUST_USE;

/* The socket that the service manager has opened and hands over as descriptor 3: sd_listen_fds(3) says how,
 * in LISTEN_PID and LISTEN_FDS, which are taken out of the environment. Connections wait in it while the
 * program is started anew. *fd is -1 when none is handed over. USAGE when there are several, it is no
 * listening socket of TCP, or it reaches outside this machine and `reach` does not say so. The caller closes
 * it with close: it stays the manager's. */
enum status listen_given(enum listen_reach reach, int *fd, struct err *e) MUST_USE;

/* Closes it, and takes the file of a "unix:" away. Harmless for -1. */
void listen_close(int fd);

/* The port `fd` listens on. */
int listen_port(int fd);

#endif
