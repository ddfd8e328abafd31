/* lykta-print pdf/ua-1|pdf/a-3b: a page as HTML on standard input becomes such a PDF on standard output, by
 * WeasyPrint within bounds (print/bound.h). It is a large program that others wrote, and it is given text
 * that people have typed. */
#include "base/file.h"
#include "print/bound.h"

#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

enum { CANNOT_BE_RUN = 127 }; /* as of a shell */

/* In a process of its own; it ends with us. */
static int print_within_bounds(const char *variant, const char *workplace)
{
    const char *const arguments[] = {"weasyprint", "--pdf-variant", variant, "--quiet", "-", "-", NULL};
    char temporary[64];
    /* Nothing of ours is passed on. Without a PATH it looks for no compiler to find its libraries with. */
    const char *const environment[] = {"LANG=C.UTF-8", "PATH=/nonexistent", "HOME=/nonexistent", temporary,
                                       NULL};
    struct err e;

    snprintf(temporary, sizeof temporary, "TMPDIR=%s", workplace);
    if (prctl(PR_SET_PDEATHSIG, SIGKILL) != 0 || bound(workplace, &e) != OK)
        return SYSTEM;
    /* exec takes them without const, and does not change them. */
    execvpe(arguments[0], (char *const *)(void *)arguments, (char *const *)(void *)environment);
    return CANNOT_BE_RUN;
}

static bool is_variant(const char *word)
{
    return strcmp(word, "pdf/ua-1") == 0 || strcmp(word, "pdf/a-3b") == 0;
}

int main(int n, char **argument)
{
    char workplace[] = "/tmp/lykta-print-XXXXXX"; /* for what it writes beside the PDF */
    int outcome = 0;

    if (n != 2 || !is_variant(argument[1]))
        return USAGE;
    if (!mkdtemp(workplace))
        return SYSTEM;
    pid_t child = fork();
    if (child == 0)
        _exit(print_within_bounds(argument[1], workplace));
    if (child > 0)
        waitpid(child, &outcome, 0);
    folder_remove(workplace);
    return child > 0 && WIFEXITED(outcome) ? WEXITSTATUS(outcome) : SYSTEM;
}
