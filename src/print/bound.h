/* The bounds of the program that makes a page into PDF: what it may reach of this machine. */
#ifndef LYKTA_PRINT_BOUND_H
#define LYKTA_PRINT_BOUND_H

#include "base/err.h"

enum { BOUND_SECONDS = 60, BOUND_FILES = 256, BOUND_FILE_BYTES = 16 * 1024 * 1024 };

/* From here on this process, and whatever it runs, reads programs, libraries and fonts of the system and
 * nothing else, and writes in the folder `workplace` alone: no city, no key, no home. It has no socket, and
 * looks into no other process; trying ends it with SIGSYS. Time on the processor, files and core files are
 * limited, and it gains no rights. Where the kernel has no Landlock (before 5.13) files are guarded by the
 * user's rights alone. SYSTEM when the system does not allow it: then the process must not go on. */
enum status bound(const char *workplace, struct err *e) MUST_USE;

#endif
