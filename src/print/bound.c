/* Limits, the files that can be reached, and the calls that end the process. */
#include "print/bound.h"

#include "walls/walls.h"

#include <errno.h>
#include <stdbool.h>
#include <string.h>
#include <sys/resource.h>

static bool limit(int what, rlim_t most)
{
    const struct rlimit both = {most, most};

    return setrlimit((__rlimit_resource_t)what, &both) == 0;
}

static bool limit_all(void)
{
    return limit(RLIMIT_CPU, BOUND_SECONDS) && limit(RLIMIT_NOFILE, BOUND_FILES) &&
           limit(RLIMIT_FSIZE, BOUND_FILE_BYTES) && limit(RLIMIT_CORE, 0);
}

enum status bound(const char *workplace, struct err *e)
{
    /* What is read: programs, libraries, fonts and their lists. */
    const struct walls_place places[] = {
        {workplace, WALLS_WRITE},
        {"/usr", WALLS_RUN},
        {"/bin", WALLS_RUN},
        {"/sbin", WALLS_RUN},
        {"/lib", WALLS_RUN},
        {"/lib64", WALLS_RUN},
        {"/etc/fonts", WALLS_READ},
        {"/etc/ld.so.cache", WALLS_READ},
        {"/etc/localtime", WALLS_READ},
        {"/etc/mime.types", WALLS_READ},
        {"/var/cache/fontconfig", WALLS_READ},
        {"/dev/null", WALLS_READ},
        {"/dev/urandom", WALLS_READ},
    };

    if (!limit_all())
        return err_set(e, SYSTEM, "the limits of the printing program cannot be set: %s", strerror(errno));
    TRY(walls_files(places, sizeof places / sizeof *places, e));
    return walls_calls(WALLS_WITHOUT_NETWORK | WALLS_WITHOUT_SIGNALS, e);
}
