/* Another user of the machine for a while: what is not theirs they may not open. For tests that run as root,
 * who may open all; whoever else runs them is bound by the modes of files as it is. */
#ifndef LYKTA_TESTS_STRANGER_H
#define LYKTA_TESTS_STRANGER_H

#include "base/err.h"

#include <unistd.h>

enum { STRANGER = 65534 /* "nobody" */ };

static inline void stranger_begin(void)
{
    if (getuid() == 0 && setresuid(STRANGER, STRANGER, 0) != 0)
        die("cannot be another user");
}

static inline void stranger_end(void)
{
    if (getuid() == STRANGER && setresuid(0, 0, 0) != 0)
        die("cannot be root again");
}

#endif
