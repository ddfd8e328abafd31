/* How the program ends when it cannot go on. */
#include "base/err.h"

#include "../unit.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/* What a process that ends so says, and its status as waitpid(2) tells it. */
static int status_of(void (*end)(void), char said[256])
{
    int ends[2];

    assert_int_equal(pipe(ends), 0);
    pid_t child = fork();
    if (child == 0) {
        dup2(ends[1], STDERR_FILENO);
        end();
        _exit(0);
    }
    close(ends[1]);
    ssize_t n = read(ends[0], said, 255);
    close(ends[0]);
    said[n > 0 ? n : 0] = '\0';
    int status = 0;
    assert_int_equal(waitpid(child, &status, 0), child);
    return status;
}

static void without_memory(void)
{
    give_up("out of memory: %d bytes", 12);
}

static void without_sense(void)
{
    die("two is %d", 3);
}

static void what_the_machine_does_not_give_ends_with_the_status_of_the_system(void **state)
{
    char said[256];
    int status = status_of(without_memory, said);

    (void)state;
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), SYSTEM);
    assert_string_equal(said, "lykta: out of memory: 12 bytes\n");
}

static void what_our_own_code_guarantees_ends_with_a_signal_when_it_does_not_hold(void **state)
{
    char said[256];
    int status = status_of(without_sense, said);

    (void)state;
    assert_true(WIFSIGNALED(status));
    assert_int_equal(WTERMSIG(status), SIGABRT);
    assert_memory_equal(said, "lykta: two is 3\n", strlen("lykta: two is 3\n"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_the_machine_does_not_give_ends_with_the_status_of_the_system),
        cmocka_unit_test(what_our_own_code_guarantees_ends_with_a_signal_when_it_does_not_hold),
    };

    return cmocka_run_group_tests_name("err", tests, NULL, NULL);
}
