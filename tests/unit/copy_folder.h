/* Copies a folder with all that is in it. */
#ifndef LYKTA_TESTS_COPY_FOLDER_H
#define LYKTA_TESTS_COPY_FOLDER_H

#include "unit.h"

#include <sys/wait.h>
#include <unistd.h>

/* By a program, and no shell. */
static inline void copy_folder(const char *from, const char *to)
{
    int outcome = 0;
    pid_t child = fork();

    if (child == 0) {
        execlp("cp", "cp", "-a", from, to, (char *)NULL);
        _exit(1);
    }
    assert_int_equal(waitpid(child, &outcome, 0), child);
    assert_true(WIFEXITED(outcome) && WEXITSTATUS(outcome) == 0);
}

#endif
