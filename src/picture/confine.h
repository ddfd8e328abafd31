/* A process that gives up all it does not need, for good. */
#ifndef LYKTA_PICTURE_CONFINE_H
#define LYKTA_PICTURE_CONFINE_H

#include "base/err.h"

enum { CONFINE_MEMORY_BYTES = 256 * 1024 * 1024, CONFINE_SECONDS = 10 };

/* From here on this process can read and write what it has open, use memory and end. Any other call of the
 * system ends it with SIGSYS: it opens no file and no connection, starts nothing and asks for nothing.
 * Memory, time on the processor, core files and new descriptors are limited, and it gains no rights. SYSTEM
 * when the system does not allow it: then the process must not go on. */
enum status confine(struct err *e) MUST_USE;

#endif
