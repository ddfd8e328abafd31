/* A call of a command, taken apart and checked against its row of the table. */
#include "command/command.h"

#include "base/number.h"
#include "base/str.h"

#include <assert.h>
#include <inttypes.h>
#include <string.h>

static int find_option(const struct command *c, struct str name);
static enum status take_argument(struct call *call, const char *word, struct err *e);
static enum status take_option(struct call *call, char ***next, char **end, struct err *e);

enum status call_parse(struct call *call, int argc, char **argv, struct err *e)
{
    char **next = argv;
    char **end = argv + argc;
    bool only_arguments = false;
    enum status s = OK;

    while (s == OK && next < end) {
        bool is_option = !only_arguments && next[0][0] == '-' && next[0][1] != '\0';

        if (is_option && strcmp(*next, "--") == 0) {
            only_arguments = true;
            next++;
        } else if (is_option) {
            s = take_option(call, &next, end, e);
        } else {
            s = take_argument(call, *next++, e);
        }
    }
    if (s == OK && call->n < call->command->least)
        s = err_set(e, USAGE, "lykta %s: expected %s; see lykta help %s", call->command->name,
                    call->command->arguments, call->command->name);
    return s;
}

const char *call_option(const struct call *call, const char *name)
{
    int i = find_option(call->command, str_of(name));

    assert(i >= 0);
    return call->values[i];
}

bool call_has(const struct call *call, const char *name)
{
    return call_option(call, name) != NULL;
}

enum status call_i64(const struct call *call, const char *name, int64_t lo, int64_t hi, int64_t *out,
                     struct err *e)
{
    const char *value = call_option(call, name);

    if (value && !i64_from_str(str_of(value), lo, hi, out))
        return err_set(e, USAGE,
                       "lykta %s: %s: expected a whole number from %" PRId64 " to %" PRId64
                       ", found \"%.40s\"",
                       call->command->name, name, lo, hi, value);
    return OK;
}

enum status call_f64(const struct call *call, const char *name, double lo, double hi, double *out,
                     struct err *e)
{
    const char *value = call_option(call, name);

    if (value && !f64_from_str(str_of(value), lo, hi, out))
        return err_set(e, USAGE, "lykta %s: %s: expected a number from %g to %g, found \"%.40s\"",
                       call->command->name, name, lo, hi, value);
    return OK;
}

static int find_option(const struct command *c, struct str name)
{
    for (int i = 0; c->options && c->options[i].name; i++)
        if (str_is(name, c->options[i].name))
            return i;
    return -1;
}

static enum status take_argument(struct call *call, const char *word, struct err *e)
{
    if (call->n == call->command->most || call->n == COMMAND_MAX_ARGUMENTS)
        return err_set(e, USAGE, "lykta %s: \"%s\" is one argument too many; see lykta help %s",
                       call->command->name, word, call->command->name);
    call->arguments[call->n++] = word;
    return OK;
}

/* "--name value", "--name=value" or a switch. */
static enum status take_option(struct call *call, char ***next, char **end, struct err *e)
{
    struct str name;
    struct str value;
    bool has_value = str_cut(str_of(**next), '=', &name, &value);
    int i = find_option(call->command, name);
    const char *command = call->command->name;

    if (i < 0)
        return err_set(e, USAGE, "lykta %s: unknown option %.*s; see lykta help %s", command, STR(name),
                       command);
    const struct option *option = &call->command->options[i];
    if (call->values[i])
        return err_set(e, USAGE, "lykta %s: %s is given twice", command, option->name);
    (*next)++;
    if (!option->value) {
        if (has_value)
            return err_set(e, USAGE, "lykta %s: %s takes no value", command, option->name);
        call->values[i] = "";
        return OK;
    }
    if (!has_value && *next == end)
        return err_set(e, USAGE, "lykta %s: %s needs a value: %s", command, option->name, option->value);
    call->values[i] = has_value ? value.p : *(*next)++;
    return OK;
}
