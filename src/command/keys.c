/* lykta keys: the agencies of a project come to share a key, by files and by voice. */
#include "command/command.h"
#include "command/erase.h"

#include "base/arena.h"
#include "base/date.h"
#include "base/file.h"
#include "base/str.h"
#include "command/guard.h"
#include "command/verb.h"
#include "link/agreement.h"

#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { VERB_ARGUMENTS = 1 };

static enum status run(const struct call *call, struct err *e);

static const struct option options[] = {
    {"-o", "FILE", "Where the key, the shared key, the secret or the receipt goes"},
    {"--name", "NAME", "make: who the key belongs to, in plain words"},
    {"--schema", "SCHEMA.json",
     "What the agencies have agreed to link by: its project, round and hash are signed"},
    {"--reader", "LINKER.pub",
     "digits, share: the linkage unit's public key, which the encodings are sealed to"},
    {"--key", "OWN.key", "share, take: the agency's own key"},
    {"--digits", "\"12345 ..\"", "take: the thirty digits, as another agency read them over the telephone"},
    {"--list", "NAME", "take: the agency's list in plain words (the name of the key)"},
    {NULL, NULL, NULL},
};

const struct command command_keys = {
    .name = "keys",
    .arguments = "make|digits|share|take|delete [FILE..]",
    .summary = "Agree on the secret that lists are encoded with",
    .about =
        "Agencies share a secret; the linkage unit and whoever carries the files must not have it.\n\n"
        "make     makes a pair of keys: FILE.key stays, FILE.pub is given to the others\n"
        "digits   shows thirty digits for the public keys: every agency reads them to another by telephone\n"
        "share    one agency draws the secret, seals it to each and signs it for this project, round and schema\n"
        "take     each takes its own out, when the digits it was read are right\n"
        "delete   overwrites and removes a secret, or a ring's exponent, when the round is closed; writes a receipt",
    .examples =
        "  lykta keys make --name \"Socialtjänsten (exempel)\" -o soc.key\n"
        "  lykta keys digits --schema schema.json --reader linker.pub soc.pub fire.pub\n"
        "  lykta keys share --schema schema.json --reader linker.pub --key soc.key soc.pub fire.pub -o round.keys\n"
        "  lykta keys take --schema schema.json --key fire.key --digits \"12345 ..\" round.keys -o fire.secret\n"
        "  lykta keys delete fire.secret -o receipt.txt",
    .least = 1,
    .most = 1 + AGREEMENT_MAX_MEMBERS,
    .options = options,
    .run = run,
};

/* One run: what a verb needs. */
struct agreeing {
    const struct call *call;
    struct arena *secret;
    struct schema schema;
};

static enum status read_schema(struct agreeing *x, struct err *e)
{
    const char *path = NULL;
    struct str bytes;

    TRY(verb_need(x->call, "--schema", &path, e));
    TRY(file_read(path, SCHEMA_MAX_BYTES, x->call->arena, &bytes, e));
    return schema_read(&x->schema, path, bytes, x->call->arena, e);
}

static enum status read_public(const struct agreeing *x, const char *path, struct public_key *out,
                               struct err *e)
{
    struct str bytes;

    TRY(file_read(path, AGREEMENT_MAX_BYTES, x->call->arena, &bytes, e));
    return public_key_read(out, path, bytes, x->call->arena, e);
}

static enum status read_own(const struct agreeing *x, struct key_pair *out, struct err *e)
{
    const char *path = NULL;
    struct str bytes;

    TRY(verb_need(x->call, "--key", &path, e));
    TRY(file_read(path, AGREEMENT_MAX_BYTES, x->secret, &bytes, e));
    return key_pair_read(out, path, bytes, x->secret, e);
}

static enum status read_members(const struct agreeing *x, struct members *m, struct err *e)
{
    const char *reader = NULL;

    TRY(verb_need(x->call, "--reader", &reader, e));
    TRY(read_public(x, reader, &m->reader, e));
    for (size_t i = VERB_ARGUMENTS; i < x->call->n; i++)
        TRY(read_public(x, x->call->arguments[i], &m->member[m->n++], e));
    if (m->n < 2)
        return err_set(e, USAGE, "lykta keys %s: expected the public keys of all agencies",
                       x->call->arguments[0]);
    return OK;
}

/* The path of the public half beside that of the pair. */
static const char *public_path(const struct agreeing *x, const char *path)
{
    struct str s = str_of(path);

    if (str_ends(s, S(".key")))
        s.n -= 4;
    return arena_printf(x->call->arena, "%.*s.pub", STR(s));
}

static enum status make(void *context, struct err *e)
{
    struct agreeing *x = context;
    const char *path = NULL;
    const char *name = NULL;
    unsigned char seed[AGREEMENT_KEY_BYTES];
    struct key_pair pair;
    struct text file = text_open(x->secret);
    struct text open = text_open(x->call->arena);

    TRY(verb_need(x->call, "-o", &path, e));
    TRY(verb_need(x->call, "--name", &name, e));
    if (!name[0] || strlen(name) > SCHEMA_MAX_TEXT || !str_is_utf8(str_of(name)) || strpbrk(name, "\n\r\t"))
        return err_set(e, USAGE, "lykta keys make: --name: expected 1 to 100 bytes on one line");
    randombytes_buf(seed, sizeof seed);
    key_pair_of(&pair, str_of(name), seed);
    key_pair_write(&file, &pair);
    public_key_write(&open, &pair.open);
    sodium_memzero(&pair, sizeof pair);
    sodium_memzero(seed, sizeof seed);
    if (access(path, F_OK) == 0)
        return err_set(e, USAGE, "%s: there is a key already: a key is never written over", path);
    TRY(file_write(path, text_str(&file), 0600, e));
    return file_write(public_path(x, path), text_str(&open), 0644, e);
}

static enum status digits(void *context, struct err *e)
{
    struct agreeing *x = context;
    struct members m = {0};
    char out[AGREEMENT_DIGITS + 1];

    TRY(read_schema(x, e));
    TRY(read_members(x, &m, e));
    agreement_digits(&x->schema, &m, out);
    return file_write("-", str_of(arena_printf(x->call->arena, "%s\n", out)), 0, e);
}

static enum status share(void *context, struct err *e)
{
    struct agreeing *x = context;
    const char *path = NULL;
    struct members m = {0};
    struct key_pair own = {0};
    unsigned char key[ENCODE_KEY_BYTES];
    struct text out = text_open(x->call->arena);

    TRY(verb_need(x->call, "-o", &path, e));
    TRY(read_schema(x, e));
    TRY(read_members(x, &m, e));
    TRY(read_own(x, &own, e));
    randombytes_buf(key, sizeof key);
    enum status s = agreement_write(&out, &x->schema, &m, &own, key, x->call->arena, e);
    sodium_memzero(key, sizeof key);
    sodium_memzero(&own, sizeof own);
    TRY(s);
    return file_write(path, text_str(&out), 0644, e);
}

static enum status take(void *context, struct err *e)
{
    struct agreeing *x = context;
    const char *path = NULL;
    const char *read = NULL;
    const char *list = call_option(x->call, "--list");
    struct key_pair own = {0};
    struct secret secret = {0};
    struct str bytes;
    struct text out = text_open(x->secret);

    TRY(verb_need(x->call, "-o", &path, e));
    TRY(verb_need(x->call, "--digits", &read, e));
    if (x->call->n != 2)
        return err_set(e, USAGE, "lykta keys take: expected the file of the shared key");
    if (list && (strlen(list) > SCHEMA_MAX_TEXT || strpbrk(list, "\n\r\t") || !list[0]))
        return err_set(e, USAGE, "lykta keys take: --list: expected 1 to 100 bytes on one line");
    TRY(read_schema(x, e));
    TRY(read_own(x, &own, e));
    TRY(file_read(x->call->arguments[1], AGREEMENT_MAX_BYTES, x->call->arena, &bytes, e));
    enum status s =
        agreement_take(&secret, &x->schema, &own, read, x->call->arguments[1], bytes, x->secret, e);
    sodium_memzero(&own, sizeof own);
    TRY(s);
    if (list)
        secret.list = str_of(list);
    randombytes_buf(secret.noise_key, sizeof secret.noise_key);
    secret_write(&out, &secret, &x->schema);
    sodium_memzero(&secret, sizeof secret);
    return file_write(path, text_str(&out), 0600, e);
}

static enum status delete_secret(void *context, struct err *e)
{
    struct agreeing *x = context;
    static const char *const told[] = {"project", "round", "schema", "list"};
    const char *path = NULL;
    struct str bytes;
    struct str line;
    struct text receipt = text_open(x->call->arena);
    struct erasable gone;
    char now[21];

    TRY(verb_need(x->call, "-o", &path, e));
    if (x->call->n != 2)
        return err_set(e, USAGE, "lykta keys delete: expected the file of the secret");
    TRY(file_read(x->call->arguments[1], SECRET_MAX_BYTES, x->secret, &bytes, e));
    if (!str_starts(bytes, S("lykta-secret 1\n")) && !str_starts(bytes, S("lykta-ring-key 1\n")))
        return err_set(e, BAD_INPUT,
                       "%s: not a secret made by lykta keys take or lykta ring key; nothing was removed",
                       x->call->arguments[1]);
    moment_to_text((int64_t)time(NULL), now);
    text_format(&receipt, "lykta-receipt 1\nremoved %s\n", now);
    for (struct str rest = bytes; rest.n > 0;) {
        str_cut(rest, '\n', &line, &rest);
        for (size_t i = 0; i < sizeof told / sizeof told[0]; i++)
            if (str_starts(line, str_of(told[i])))
                text_format(&receipt, "%.*s\n", STR(line));
    }
    TRY(erase_look(&gone, x->call->arguments[1], e));
    TRY(erase_file(&gone, e));
    return file_write(path, text_str(&receipt), 0644, e);
}

static const struct verb verbs[] = {{"make", "-o --name", make},
                                    {"digits", "--schema --reader", digits},
                                    {"share", "-o --schema --reader --key", share},
                                    {"take", "-o --schema --key --digits --list", take},
                                    {"delete", "-o", delete_secret},
                                    {NULL, NULL, NULL}};

static enum status run(const struct call *call, struct err *e)
{
    struct agreeing x = {.call = call};
    enum status s = verb_run_guarded(call, verbs, &x, &x.secret, e);

    guard_wipe_stack();
    return s;
}
