/* Runs the program under test. What goes in and out passes through unnamed files, so that no pipe can fill
 * up. */
#include "program.h"

#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum { MOST_ARGUMENTS = 32, NOT_RUN = 127 };

static int unnamed_file(struct str content)
{
    FILE *file = tmpfile();

    assert_non_null(file);
    assert_int_equal(fwrite(content.p ? content.p : "", 1, content.n, file), content.n);
    assert_int_equal(fflush(file), 0);
    int fd = dup(fileno(file));
    assert_true(fd >= 0 && lseek(fd, 0, SEEK_SET) == 0);
    fclose(file);
    return fd;
}

static struct str whole_of(int fd, struct arena *a)
{
    struct stat info;

    assert_int_equal(fstat(fd, &info), 0);
    size_t size = (size_t)info.st_size;
    char *bytes = arena_new(a, size + 1, char);
    assert_int_equal(pread(fd, bytes, size, 0), (ssize_t)size);
    close(fd);
    return (struct str){bytes, size};
}

struct program program_run(const char *const *arguments, struct str input, struct arena *a)
{
    const char *argv[MOST_ARGUMENTS + 2] = {TEST_PROGRAM};

    for (size_t i = 0; arguments[i]; i++) {
        assert_true(i < MOST_ARGUMENTS);
        argv[i + 1] = arguments[i];
    }
    return program_run_other(argv, input, a);
}

struct program program_run_other(const char *const *argv, struct str input, struct arena *a)
{
    char *copy[MOST_ARGUMENTS + 2] = {NULL};
    struct program p = {0};
    int in = unnamed_file(input);
    int out = unnamed_file(S(""));
    int err = unnamed_file(S(""));
    int status = 0;

    for (size_t i = 0; argv[i]; i++) {
        assert_true(i <= MOST_ARGUMENTS);
        copy[i] = arena_cstr(a, argv[i], str_of(argv[i]).n);
    }
    pid_t child = fork();
    if (child == 0) {
        if (dup2(in, STDIN_FILENO) >= 0 && dup2(out, STDOUT_FILENO) >= 0 && dup2(err, STDERR_FILENO) >= 0)
            execvp(copy[0], copy);
        _exit(NOT_RUN);
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status) && WEXITSTATUS(status) != NOT_RUN);
    p.status = WEXITSTATUS(status);
    close(in);
    p.out = whole_of(out, a);
    p.err = whole_of(err, a);
    return p;
}

struct program program_run_line(const struct scratch *s, const char *line)
{
    const char *words[MOST_ARGUMENTS + 1] = {NULL};
    struct str rest = str_of(line);
    struct str word;

    for (size_t n = 0; rest.n > 0; n++) {
        assert_true(n < MOST_ARGUMENTS);
        str_cut(rest, ' ', &word, &rest);
        bool is_path = word.p[0] == '@';
        struct str name = is_path ? str_part(word, 1, word.n) : word;
        words[n] =
            arena_printf(s->arena, "%s%s%.*s", is_path ? s->folder : "", is_path ? "/" : "", STR(name));
    }
    return program_run(words, S(""), s->arena);
}
