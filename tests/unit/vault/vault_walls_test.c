/* What is left to the vault, and what ends it. Built without sanitizers, whose own calls its list has not. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "vault/vault_process.h"

#include <fcntl.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <sodium.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

/* How a child ends that raises the vault's walls and then does `act`: a wait status. */
static int end_of(void (*act)(const void *), const void *what)
{
    struct err e;
    int outcome = 0;
    pid_t child = fork();

    if (child == 0) {
        if (vault_walls(&e) != OK)
            _exit(77);
        act(what);
        syscall(SYS_exit_group, 0);
    }
    assert_true(child > 0);
    assert_int_equal(waitpid(child, &outcome, 0), child);
    return outcome;
}

struct call {
    const char *name;
    long number, a, b, c;
};

static void make_call(const void *what)
{
    const struct call *c = what;

    syscall(c->number, c->a, c->b, c->c);
}

static void a_forbidden_call_ends_it(void **state)
{
    static const char path[] = "/etc/passwd";
    static const struct call forbidden[] = {
        {"open a file", SYS_openat, AT_FDCWD, (long)path, O_RDONLY},
        {"open it the old way", SYS_open, (long)path, O_RDONLY, 0},
        {"read what is open", SYS_read, 0, 0, 0},
        {"delete a file", SYS_unlink, (long)path, 0, 0},
        {"look at a file", SYS_newfstatat, AT_FDCWD, (long)path, 0},
        {"a socket", SYS_socket, AF_INET, SOCK_STREAM, 0},
        {"a socket in a file", SYS_socket, AF_UNIX, SOCK_STREAM, 0},
        {"a connection", SYS_connect, -1, 0, 0},
        {"send elsewhere", SYS_sendto, -1, 0, 0},
        {"send a descriptor", SYS_sendmsg, -1, 0, 0},
        {"another process", SYS_fork, 0, 0, 0},
        {"a thread", SYS_clone, CLONE_VM | CLONE_THREAD | CLONE_SIGHAND, 0, 0},
        {"another program", SYS_execve, (long)path, 0, 0},
        {"a signal", SYS_kill, 1, 0, 0},
        {"look into another process", SYS_ptrace, 0, 0, 0},
        {"read another's memory", SYS_process_vm_readv, 1, 0, 0},
        {"be looked into again", SYS_prctl, 4, 1, 0},
        {"other limits", SYS_prlimit64, 0, 7, 0},
        {"a pipe", SYS_pipe2, 0, 0, 0},
        {"one descriptor more", SYS_dup, 1, 0, 0},
        {"a file in memory", SYS_memfd_create, (long)path, 0, 0},
        {"control of a device", SYS_ioctl, 0, 0, 0},
    };

    (void)state;
    for (size_t i = 0; i < sizeof forbidden / sizeof *forbidden; i++) {
        int outcome = end_of(make_call, &forbidden[i]);

        if (!WIFSIGNALED(outcome) || WTERMSIG(outcome) != SIGSYS)
            fail_msg("%s: wait status %d", forbidden[i].name, outcome);
    }
}

/* Argon2id with its memory, locked memory, randomness: what an ask needs. */
static void do_the_work(const void *what)
{
    unsigned char key[32];
    unsigned char salt[crypto_pwhash_SALTBYTES] = {1};
    unsigned char *secret = sodium_malloc(1000);

    (void)what;
    randombytes_buf(secret, 1000);
    if (crypto_pwhash(key, sizeof key, "passphrase", 10, salt, 3, (size_t)64 * 1024 * 1024,
                      crypto_pwhash_ALG_ARGON2ID13) != 0)
        syscall(SYS_exit_group, 1);
    sodium_free(secret);
    free(malloc((size_t)8 * 1024 * 1024));
    if (write(STDOUT_FILENO, "", 0) != 0)
        syscall(SYS_exit_group, 2);
}

static void what_an_ask_needs_is_left(void **state)
{
    int outcome = end_of(do_the_work, NULL);

    (void)state;
    assert_true(WIFEXITED(outcome));
    assert_int_equal(WEXITSTATUS(outcome), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_forbidden_call_ends_it),
        cmocka_unit_test(what_an_ask_needs_is_left),
    };

    if (sodium_init() < 0)
        return 1;
    return cmocka_run_group_tests_name("vault walls", tests, NULL, NULL);
}
