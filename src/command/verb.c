/* Commands of several steps. */
#include "command/verb.h"

#include "base/arena.h"
#include "base/str.h"
#include "command/guard.h"

#include <string.h>

static bool takes(const struct verb *verb, const char *option)
{
    struct str rest = str_of(verb->takes);
    struct str word;

    while (rest.n > 0) {
        str_cut(rest, ' ', &word, &rest);
        if (str_is(word, option))
            return true;
    }
    return false;
}

/* "make, share or delete" */
static struct str names(const struct verb *verbs, struct arena *a)
{
    struct text out = text_open(a);

    for (size_t i = 0; verbs[i].name; i++)
        text_format(&out, "%s%s", i == 0 ? "" : verbs[i + 1].name ? ", " : " or ", verbs[i].name);
    return text_str(&out);
}

enum status verb_find(const struct call *call, const struct verb *verbs, const struct verb **out,
                      struct err *e)
{
    const char *command = call->command->name;
    const struct verb *verb = verbs;

    while (verb->name && strcmp(call->arguments[0], verb->name) != 0)
        verb++;
    if (!verb->name)
        return err_set(e, USAGE, "lykta %s: expected %.*s, found \"%.40s\"", command,
                       STR(names(verbs, call->arena)), call->arguments[0]);
    for (size_t i = 0; call->command->options[i].name; i++)
        if (call->values[i] && !takes(verb, call->command->options[i].name))
            return err_set(e, USAGE, "lykta %s %s: takes no %s", command, verb->name,
                           call->command->options[i].name);
    *out = verb;
    return OK;
}

enum status verb_need(const struct call *call, const char *option, const char **out, struct err *e)
{
    const char *command = call->command->name;

    *out = call_option(call, option);
    if (!*out)
        return err_set(e, USAGE, "lykta %s %s: expected %s; see lykta help %s", command, call->arguments[0],
                       option, command);
    return OK;
}

enum status verb_run_guarded(const struct call *call, const struct verb *verbs, void *context,
                             struct arena **secret, struct err *e)
{
    const struct verb *verb = NULL;

    TRY(verb_find(call, verbs, &verb, e));
    TRY(guard_begin(e));
    *secret = arena_open_secret();
    enum status s = verb->run(context, e);
    arena_close(*secret);
    return s;
}
