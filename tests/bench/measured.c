/* Runs a program and prints what it took: wall seconds, CPU seconds, peak resident kilobytes. A process that
 * begins as the copy of a large one is told to have been as large; this one is small.
 * usage: measured PROGRAM ARGUMENT.. */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static double seconds(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static double of_processor(const struct rusage *used)
{
    return (double)(used->ru_utime.tv_sec + used->ru_stime.tv_sec) +
           1e-6 * (double)(used->ru_utime.tv_usec + used->ru_stime.tv_usec);
}

static void become(char **program)
{
    int nowhere = open("/dev/null", O_WRONLY);

    if (nowhere >= 0 && dup2(nowhere, STDOUT_FILENO) >= 0)
        execvp(program[0], program);
    perror(program[0]);
    _exit(127);
}

int main(int argc, char **argv)
{
    struct rusage used;
    int status = 0;

    if (argc < 2)
        return 2;
    double start = seconds();
    pid_t child = fork();
    if (child == 0)
        become(argv + 1);
    if (child < 0 || wait4(child, &status, 0, &used) != child)
        return 1;
    printf("%.6f %.6f %ld\n", seconds() - start, of_processor(&used), used.ru_maxrss);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 1;
}
