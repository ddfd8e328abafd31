/* The address sanitizer looks for leaks, at a program's end, with a process of its own that it lets look into
 * this one, and in /proc: that little is left in builds for tests. tests/unit/walls is built without it. */
#ifndef LYKTA_WALLS_SANITIZER_H
#define LYKTA_WALLS_SANITIZER_H

#include "base/poison.h"

#ifdef LYKTA_IS_WATCHED
enum { HAS_SANITIZER = 1 };
#else
enum { HAS_SANITIZER = 0 };
#endif

#endif
