/* Programs that are started by another process. A served city's pages can start nothing (walls/walls.h): one
 * process that was made before their walls starts the programs below, and no others, when it is asked over a
 * socket (process/starter.h). That socket is descriptor START_SOCKET of whoever may ask, so that nothing
 * between a page and its PDF has to carry it; child_run looks for it there. */
#ifndef LYKTA_CHILD_START_H
#define LYKTA_CHILD_START_H

#include "base/err.h"

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

enum { START_SOCKET = 100, START_DESCRIPTORS = 3 };

enum start_program { START_PICTURE, START_PRINT_ACCESSIBLE, START_PRINT_ARCHIVED, START_PROGRAMS };

/* What each is: the program's name and its argument, NULL for none. */
struct start_command {
    const char *name;
    const char *argument;
};
extern const struct start_command start_commands[START_PROGRAMS];

/* What is asked, with START_DESCRIPTORS descriptors: the program's standard input and output, and the end of
 * a pipe where its end is told. When nobody holds the other end of that pipe, the program is ended. */
struct start_ask {
    uint32_t program; /* an enum start_program */
};

/* What is told. */
struct start_end {
    int32_t failed;  /* errno when it could not be started, else 0 */
    int32_t outcome; /* its wait status */
};

/* Is there another process to ask? */
bool start_is_elsewhere(void);

/* Asks for the program that `arguments` names: its path, its argument, NULL. It reads `in` and writes `out`,
 * which stay the caller's to close; *end is where a struct start_end comes, closed by the caller. BAD_INPUT
 * when it is none of the programs, SYSTEM when nobody answers. */
enum status start_ask(const char *const *arguments, int in, int out, int *end, struct err *e) MUST_USE;

/* Starts `arguments` as a child of this process: 0, or an errno. Its standard error is thrown away. */
int start_here(const char *const *arguments, int in, int out, pid_t *child);

#endif
