/* lykta programme invite, answer and accept: a city joins by a signed invitation. */
#include "base/arena.h"
#include "base/date.h"
#include "base/file.h"
#include "base/text.h"
#include "command/programme_run.h"
#include "command/verb.h"
#include "programme/joining.h"
#include "programme/programme.h"
#include "programme/trust.h"
#include "store/city.h"

static enum status read_day(const struct programme_work *w, struct date *out, struct err *e)
{
    const char *until = call_option(w->call, "--until");

    *out = date_from_days(date_days(date_of(w->who.now_at)) + JOINING_USUAL_DAYS);
    if (until && !date_from_str(str_of(until), out))
        return err_set(e, USAGE, "--until: expected a day as 2027-01-31, found \"%.40s\"", until);
    return OK;
}

enum status programme_verb_invite(void *context, struct err *e)
{
    struct programme_work *w = context;
    struct joining_file made;
    const char *municipality = NULL;
    const char *name = NULL;
    const char *path = NULL;
    struct date last_day;
    char day[11];

    TRY(verb_need(w->call, "--municipality", &municipality, e));
    TRY(verb_need(w->call, "--name", &name, e));
    TRY(verb_need(w->call, "-o", &path, e));
    TRY(read_day(w, &last_day, e));
    TRY(joining_invite(w->city, &w->who, str_of(municipality), str_of(name), last_day, w->call->arena, &made,
                       e));
    TRY(file_write(path, made.bytes, 0644, e));
    date_to_text(last_day, day);
    text_format(
        w->out,
        "%s can be answered by %.*s until %s. Fingerprint of the programme's key, to be read out to the city in person:\n%.*s\n",
        path, STR(made.invitation.name), day,
        STR(key_fingerprint(made.invitation.programme_key, w->call->arena)));
    return OK;
}

/* What a person has typed of a key; empty when there is no such option. */
static enum status read_key(const struct programme_work *w, struct str *out, struct err *e)
{
    const char *key = call_option(w->call, "--key");

    *out = S("");
    if (key && !key_parse(str_of(key), w->call->arena, out))
        return err_set(e, USAGE,
                       "--key: expected a fingerprint of 32 hexadecimal digits, or a public key of 64");
    return OK;
}

static enum status read_file(const struct programme_work *w, struct str *bytes, struct err *e)
{
    if (w->call->n != 3)
        return err_set(e, USAGE, "lykta programme %s: expected one file; see lykta help programme",
                       w->call->arguments[0]);
    return file_read(w->call->arguments[2], CITY_INVITATION_MAX_BYTES, w->call->arena, bytes, e);
}

enum status programme_verb_answer(void *context, struct err *e)
{
    struct programme_work *w = context;
    struct arena *a = w->call->arena;
    struct joining_file made;
    const char *key_text = NULL;
    const char *path = NULL;
    struct str bytes;
    struct str key;

    TRY(verb_need(w->call, "--key", &key_text, e));
    TRY(verb_need(w->call, "-o", &path, e));
    TRY(read_key(w, &key, e));
    TRY(read_file(w, &bytes, e));
    TRY(joining_answer(w->city, &w->who, w->call->arguments[2], bytes, key, a, &made, e));
    TRY(file_write(path, made.bytes, 0644, e));
    text_format(
        w->out,
        "%s answers the invitation to %.*s. Fingerprint of this city's key, to be read out to the programme in person:\n%.*s\n",
        path, STR(made.invitation.programme), STR(key_fingerprint(made.answer.city_key, a)));
    return OK;
}

enum status programme_verb_accept(void *context, struct err *e)
{
    struct programme_work *w = context;
    struct str bytes;
    struct str key;
    struct str name;

    TRY(read_key(w, &key, e));
    TRY(read_file(w, &bytes, e));
    TRY(joining_accept(w->city, &w->who, w->call->arguments[2], bytes, key, w->call->arena, &name, e));
    text_format(w->out, "%.*s takes part.\n", STR(name));
    return OK;
}
