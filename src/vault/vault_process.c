/* The vault as a process of its own. */
#include "vault/vault_process.h"

#include "base/arena.h"
#include "base/message.h"
#include "process/process.h"
#include "seal/secret.h"

#include <errno.h>
#include <fcntl.h>
#include <malloc.h>
#include <poll.h>
#include <pthread.h>
#include <string.h>
#include <sys/pidfd.h>
#include <unistd.h>

enum {
    /* As many as may wait for Argon2id or run it, and two for those who are at work. */
    THREADS = VAULT_WAITING + VAULT_AT_ONCE + 2,
    STACK_BYTES = 256 * 1024,
    LAST_MS = 5000
};

struct vault_process {
    struct arena *arena;
    pid_t process;
    int watch; /* readable when it has ended */
    int socket;
};

/* What an ask needs, in locked memory. */
struct desk {
    struct vault_ask ask;
    struct vault_reply reply;
};

/* In the process itself, on each of its threads: answers until nobody can ask any longer. */
static void *answer_all(void *vault)
{
    struct desk *d = secret_open(sizeof *d);
    enum message m;
    int to = -1;

    while ((m = message_receive(PROCESS_SOCKET, &d->ask, sizeof d->ask, &to, 1)) != MESSAGE_OVER) {
        if (m == MESSAGE_WRONG)
            continue;
        vault_answer(vault, &d->ask, &d->reply);
        /* Who asked may be gone. */
        ssize_t n = write(to, &d->reply, sizeof d->reply);
        (void)n;
        close(to);
        secret_wipe(d, sizeof *d);
    }
    secret_close(d);
    return NULL;
}

/* Threads first: making one is not among the calls that are left. */
static int run(void *context)
{
    struct vault *vault = vault_open();
    pthread_t thread[THREADS];
    pthread_attr_t small;
    struct err e;

    (void)context;
    mallopt(M_ARENA_MAX, 1);
    pthread_attr_init(&small);
    pthread_attr_setstacksize(&small, STACK_BYTES);
    for (size_t i = 0; i < THREADS; i++)
        if (pthread_create(&thread[i], &small, answer_all, vault) != 0)
            return (int)SYSTEM;
    if (vault_walls(&e) != OK)
        return (int)SYSTEM;
    for (size_t i = 0; i < THREADS; i++)
        pthread_join(thread[i], NULL);
    vault_close(vault);
    return (int)OK;
}

static enum status start(struct vault_process *p, struct err *e)
{
    const struct process process = {.name = "lykta-vault", .run = run};
    int ends[2];

    TRY(process_pair(ends, e));
    enum status s = process_start(&process, ends[1], &p->process, e);
    close(ends[1]);
    p->socket = ends[0];
    if (s == OK && (p->watch = pidfd_open(p->process, 0)) < 0)
        s = err_set(e, SYSTEM, "a process cannot be watched: %s", strerror(errno));
    return s;
}

enum status vault_process_open(struct vault_process **out, struct err *e)
{
    struct arena *a = arena_open();
    struct vault_process *p = arena_new(a, 1, struct vault_process);

    *p = (struct vault_process){.arena = a, .watch = -1, .socket = -1};
    enum status s = start(p, e);
    if (s == OK)
        *out = p;
    else
        vault_process_close(p);
    return s;
}

static bool read_reply(int from, struct vault_reply *reply)
{
    ssize_t n = 0;

    do
        n = read(from, reply, sizeof *reply); /* it is written in one piece */
    while (n < 0 && errno == EINTR);
    return n == (ssize_t)sizeof *reply;
}

enum status vault_process_ask(const struct vault_process *p, const struct vault_ask *ask,
                              struct vault_reply *reply, struct err *e)
{
    int reply_to[2];

    if (pipe2(reply_to, O_CLOEXEC) != 0)
        return err_set(e, SYSTEM, "no pipe to the vault: %s", strerror(errno));
    bool is_sent = message_send(p->socket, ask, sizeof *ask, &reply_to[1], 1);
    close(reply_to[1]);
    bool is_there = is_sent && read_reply(reply_to[0], reply);
    close(reply_to[0]);
    return is_there ? OK : err_set(e, SYSTEM, "the vault does not answer");
}

bool vault_process_is_there(const struct vault_process *p)
{
    struct pollfd ended = {p->watch, POLLIN, 0};

    return poll(&ended, 1, 0) == 0;
}

void vault_process_close(struct vault_process *p)
{
    if (!p)
        return;
    if (p->socket >= 0)
        close(p->socket); /* which it ends by */
    if (p->process > 0)
        process_end(p->process, LAST_MS);
    if (p->watch >= 0)
        close(p->watch);
    arena_close(p->arena);
}
