/* The socket the server listens on. */
#ifndef LYKTA_WEB_LISTEN_H
#define LYKTA_WEB_LISTEN_H

#include "base/err.h"

/* On the machine itself, behind a front server that keeps TLS and slow clients (the usual way), or openly. */
enum listen_reach { LISTEN_ON_THIS_MACHINE, LISTEN_OPENLY };

/* Opens a listening socket on `address`: "127.0.0.1:8080", "[::1]:8080", where port 0 takes any free one; or
 * "unix:/run/lykta/watch.sock", a file for its owner and group, which replaces a socket left there; or
 * "systemd", the one TCP socket that systemd has opened and started us for (sd_listen_fds(3)), which goes on
 * listening when we end. USAGE when the address is not understood, or reaches outside this machine and
 * `reach` does not say so; SYSTEM with what to do when the port is in use or not permitted, or systemd has
 * given no such socket. Accepting from *fd waits for somebody to come. The caller closes it with
 * listen_close. */
enum status listen_open(const char *address, enum listen_reach reach, int *fd, struct err *e) MUST_USE;

/* Closes it, and takes the file of a "unix:" away. Harmless for -1. */
void listen_close(int fd);

/* The port `fd` listens on. */
int listen_port(int fd);

#endif
