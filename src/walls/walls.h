/* The walls of a process: what it gives up for good, so that whoever takes it over by a fault in it gets no
 * further. Rights that are given up never come back, and every process started from here has them not either.
 *
 *     walls_files    which files are left                      Landlock, where the kernel has it (5.13)
 *     walls_calls    which calls of the system end the process seccomp
 *
 * Landlock binds the thread that calls and those it starts: raise the walls before there are others. The
 * filter of calls binds all threads there are. docs/security.md has the table of processes and their walls.
 */
#ifndef LYKTA_WALLS_WALLS_H
#define LYKTA_WALLS_WALLS_H

#include "base/err.h"

#include <stdbool.h>
#include <stddef.h>

enum walls_use {
    WALLS_READ,  /* read, and list where it is a folder */
    WALLS_RUN,   /* the same, and run what is a program */
    WALLS_WRITE, /* read, write, make, rename within a folder, delete */
};

/* A file, or a folder with all that is below it. What is not on this machine is passed over. */
struct walls_place {
    const char *path;
    enum walls_use use;
};

/* From here on no other file than these can be opened, made or deleted: trying is refused with EACCES. What
 * is open stays open. SYSTEM when the system does not allow it: the process must not go on then. */
enum status walls_files(const struct walls_place *places, size_t n, struct err *e) MUST_USE;

/* Can files be guarded here? Where the kernel cannot, or a container keeps that from it, walls_files is OK
 * and the user's rights are the only ones. */
bool walls_guard_files(void);

/* What is given up; added together. */
enum walls_without {
    WALLS_WITHOUT_NETWORK = 1,   /* no socket is made: no connection, no door */
    WALLS_WITHOUT_DOORS = 2,     /* nobody else is let in by a new door */
    WALLS_WITHOUT_PROGRAMS = 4,  /* no other program takes its place */
    WALLS_WITHOUT_PROCESSES = 8, /* no other process is made; threads are */
    WALLS_WITHOUT_SIGNALS = 16,  /* no other process is ended */
};

/* What each process of a served city gives up: the table of docs/security.md. */
enum {
    WALLS_OF_STARTER = WALLS_WITHOUT_NETWORK,
    WALLS_OF_KEEPER = WALLS_WITHOUT_DOORS | WALLS_WITHOUT_PROGRAMS,
    WALLS_OF_WORKER =
        WALLS_WITHOUT_DOORS | WALLS_WITHOUT_PROGRAMS | WALLS_WITHOUT_PROCESSES | WALLS_WITHOUT_SIGNALS,
    WALLS_OF_PAGES = WALLS_WITHOUT_PROGRAMS | WALLS_WITHOUT_PROCESSES | WALLS_WITHOUT_SIGNALS,
    WALLS_OF_PAGES_SERVED = WALLS_OF_PAGES | WALLS_WITHOUT_NETWORK /* when its doors are open */
};

/* From here on a call that is given up ends the process with SIGSYS; so do, always, the calls that no process
 * of ours makes: looking into another one, file systems, the kernel's programs, keys, clocks and modules. It
 * gains no rights by any program it runs (no_new_privs). SYSTEM as walls_files. */
enum status walls_calls(unsigned without, struct err *e) MUST_USE;

/* From here on every call ends the process but these: numbers as SCMP_SYS gives them. For a process that does
 * one thing. SYSTEM as walls_files. */
enum status walls_only(const int *calls, size_t n, struct err *e) MUST_USE;

#endif
