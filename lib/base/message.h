/* Whole messages between processes, with descriptors, over a socket of a pair (SOCK_SEQPACKET). */
#ifndef LYKTA_BASE_MESSAGE_H
#define LYKTA_BASE_MESSAGE_H

#include <stdbool.h>
#include <stddef.h>

enum { MESSAGE_MOST_DESCRIPTORS = 3 };

/* Sends `n` bytes and `descriptors` of descriptor[], which stay the caller's. False, with errno, when the
 * other side is gone. */
bool message_send(int socket, const void *bytes, size_t n, const int *descriptor, size_t descriptors);

enum message { MESSAGE_THERE, MESSAGE_WRONG, MESSAGE_OVER };

/* Waits for a message of exactly `n` bytes and `descriptors` descriptors, which are then the caller's to
 * close. WRONG for one of another form, of which nothing is kept; OVER when no more will come. */
enum message message_receive(int socket, void *bytes, size_t n, int *descriptor, size_t descriptors);

#endif
