/* How the city is looked after while it is served: its log, and where monitoring asks. */
#include "check/check.h"

#include "base/arena.h"
#include "log/log.h"
#include "store/city.h"
#include "watch/watch.h"

#include <sys/stat.h>

static const char what_log[] = "log";
static const char what_watch[] = "watch";

void check_log(const struct city *city, struct findings *out)
{
    struct log log;
    struct err e;

    if (log_read(city->file.log_form, city->file.log_slow, &log, &e) != OK)
        find_fault(out, what_log, S("Put it right in lykta.conf: until then the city cannot be served."),
                   "%s", e.what);
    else
        find_good(out, what_log, "is written as %s", log.form == LOG_JSON ? "JSON" : "words");
}

/* The folder of `socket`, a whole path. */
static const char *folder_of(struct str socket, struct arena *a)
{
    size_t n = socket.n;

    while (n > 1 && socket.p[n - 1] != '/')
        n--;
    return arena_cstr(a, socket.p, n);
}

void check_watch(const struct city *city, struct findings *out)
{
    const struct str socket = city->file.watch_socket;
    struct stat info;
    struct err e;

    if (socket.n == 0) {
        find_good(out, what_watch, "monitoring asks nowhere: no socket is named in [watch]");
        return;
    }
    if (watch_check(socket, &e) != OK) {
        find_fault(out, what_watch, S("Put it right in lykta.conf: until then the city cannot be served."),
                   "%s", e.what);
        return;
    }
    const char *folder = folder_of(socket, out->arena);
    if (stat(folder, &info) != 0 || !S_ISDIR(info.st_mode))
        find_fault(out, what_watch,
                   S("Start the city's service, which makes its folder in /run/lykta, or make the folder."),
                   "%s: there is no such folder for the socket of monitoring", folder);
    else
        find_good(out, what_watch, "monitoring asks at %.*s", STR(socket));
}
