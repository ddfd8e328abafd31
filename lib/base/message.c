/* Whole messages between processes. */
#include "base/message.h"

#include <errno.h>
#include <stdint.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

union control {
    struct cmsghdr head;
    char room[CMSG_SPACE(sizeof(int) * MESSAGE_MOST_DESCRIPTORS)];
};

bool message_send(int socket, const void *bytes, size_t n, const int *descriptor, size_t descriptors)
{
    union control with = {.room = {0}};
    struct iovec part = {.iov_base = (void *)(uintptr_t)bytes, .iov_len = n};
    struct msghdr m = {.msg_iov = &part, .msg_iovlen = 1};
    ssize_t sent = 0;

    if (descriptors > 0) {
        with.head = (struct cmsghdr){.cmsg_level = SOL_SOCKET,
                                     .cmsg_type = SCM_RIGHTS,
                                     .cmsg_len = CMSG_LEN(sizeof(int) * descriptors)};
        memcpy(CMSG_DATA(&with.head), descriptor, sizeof(int) * descriptors);
        m.msg_control = with.room;
        m.msg_controllen = CMSG_SPACE(sizeof(int) * descriptors);
    }
    do
        sent = sendmsg(socket, &m, MSG_NOSIGNAL);
    while (sent < 0 && errno == EINTR);
    return sent == (ssize_t)n;
}

/* The descriptors of `m`, as many as there was room for; how many. */
static size_t take_descriptors(struct msghdr *m, int descriptor[MESSAGE_MOST_DESCRIPTORS])
{
    const struct cmsghdr *head = CMSG_FIRSTHDR(m);
    size_t got = 0;

    if (head && head->cmsg_level == SOL_SOCKET && head->cmsg_type == SCM_RIGHTS)
        got = (head->cmsg_len - CMSG_LEN(0)) / sizeof(int);
    if (got > 0)
        memcpy(descriptor, CMSG_DATA(head), got * sizeof(int));
    return got;
}

enum message message_receive(int socket, void *bytes, size_t n, int *descriptor, size_t descriptors)
{
    union control with;
    int came[MESSAGE_MOST_DESCRIPTORS];
    struct iovec part = {.iov_base = bytes, .iov_len = n};
    /* Room for so many and no more: CMSG_SPACE may have some for one more, which would be ours unseen. */
    struct msghdr m = {.msg_iov = &part,
                       .msg_iovlen = 1,
                       .msg_control = with.room,
                       .msg_controllen = CMSG_LEN(sizeof(int) * MESSAGE_MOST_DESCRIPTORS)};
    ssize_t there = 0;

    do
        there = recvmsg(socket, &m, MSG_CMSG_CLOEXEC);
    while (there < 0 && errno == EINTR);
    if (there <= 0)
        return MESSAGE_OVER;
    size_t got = take_descriptors(&m, came);
    if (there == (ssize_t)n && got == descriptors && !(m.msg_flags & (MSG_TRUNC | MSG_CTRUNC))) {
        if (got > 0)
            memcpy(descriptor, came, got * sizeof(int));
        return MESSAGE_THERE;
    }
    for (size_t i = 0; i < got; i++)
        close(came[i]);
    return MESSAGE_WRONG;
}
