/* lykta check: is a city ready to be served, and will it be tomorrow? */
#include "command/command.h"

#include "base/arena.h"
#include "base/file.h"
#include "base/json.h"
#include "base/text.h"
#include "check/check.h"

#include <time.h>

static enum status run(const struct call *call, struct err *e);

static const struct option options[] = {
    {"--network", NULL,
     "Ask the mail server and the city's own address, too: connection, certificate, user and password"},
    {"--json", NULL, "Print what was found as JSON"},
    {NULL, NULL, NULL},
};

const struct command command_check = {
    .name = "check",
    .arguments = "DIR",
    .summary = "See whether a city is ready to be served, and what to do",
    .about =
        "Looks at the clock, at who may read the folder and its keys, at the databases, the address and the settings of\n"
        "mail, log and monitoring, at the age of the latest backup and the latest trial of one, and at the room on the disks. Says of each how\n"
        "it is and, where something needs doing, what. Nothing is changed, and the city may be served meanwhile.\n\n"
        "With --network the mail server is asked to let us in, and the city's address is visited as a reader would: a\n"
        "certificate that is not trusted, of another name, or ends within two weeks is told of.\n"
        "Without --network nothing leaves the machine. Run it as the user who serves the city.\n\n"
        "Exit status 3: something needs doing.",
    .examples = "  lykta check lund\n"
                "  lykta check lund --network --json",
    .least = 1,
    .most = 1,
    .options = options,
    .run = run,
};

static void tell(const struct findings *found, struct text *out)
{
    for (size_t i = 0; i < found->n; i++) {
        const struct finding *f = &found->finding[i];

        text_format(out, "%-4s %-9s %.*s\n", f->act.n > 0 ? "DO" : "ok", f->what, STR(f->is));
        if (f->act.n > 0)
            text_format(out, "%-14s -> %.*s\n", "", STR(f->act));
    }
}

static void tell_json(const struct findings *found, const char *path, struct text *out)
{
    struct json j = json_open(out);

    json_object_begin(&j, NULL);
    json_str(&j, "city", str_of(path));
    json_bool(&j, "ready", findings_faults(found) == 0);
    json_array_begin(&j, "findings");
    for (size_t i = 0; i < found->n; i++) {
        const struct finding *f = &found->finding[i];

        json_object_begin(&j, NULL);
        json_str(&j, "what", str_of(f->what));
        json_bool(&j, "good", f->act.n == 0);
        json_str(&j, "is", f->is);
        json_str(&j, "do", f->act);
        json_object_end(&j);
    }
    json_array_end(&j);
    json_object_end(&j);
}

static enum status run(const struct call *call, struct err *e)
{
    const char *path = call->arguments[0];
    const struct check_network network = {.carrier = carrier_load, .certificate = certificate_load};
    struct findings found = findings_open(call->arena);
    struct text out = text_open(call->arena);

    check_city(path, (int64_t)time(NULL), call_has(call, "--network") ? &network : NULL, &found);
    if (call_has(call, "--json"))
        tell_json(&found, path, &out);
    else
        tell(&found, &out);
    TRY(file_write("-", text_str(&out), 0, e));
    size_t n = findings_faults(&found);
    if (n > 0)
        return err_set(e, BAD_INPUT, "%s: %zu thing%s to see to", path, n, n == 1 ? "" : "s");
    return OK;
}
