/* lykta ring: lists are compared without anybody who holds a key, by files that are passed on. */
#include "command/command.h"

#include "base/arena.h"
#include "base/file.h"
#include "base/str.h"
#include "command/encode_list.h"
#include "command/guard.h"
#include "command/ring_step.h"
#include "command/verb.h"
#include "link/rows.h"

#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { SECRET_FILE_BYTES = 4096 };

static enum status run(const struct call *call, struct err *e);

static const struct option options[] = {
    {"-o", "FILE", "Where the exponent, the raised list or the histories go"},
    {"--schema", "SCHEMA.json", "key, start, pass: what the agencies have agreed to link by"},
    {"--key", "OWN.ringkey", "start, pass: the agency's own exponent of this round"},
    {"--list", "NAME", "start: the list's name in plain words"},
    {"--kinds", "A,B,..",
     "start: kinds of match keys (personnummer,names+date; also sounds+date, names+year)"},
    {"--verify", "PROOF", "pass writes a proof of the raising here; verify checks it"},
    {"--json", NULL, "count: also print what was matched by which kind of key"},
    {NULL, NULL, NULL},
};

const struct command command_ring = {
    .name = "ring",
    .arguments = "key|start|pass|digits|verify|count [FILE..]",
    .summary = "Compare lists exactly, where nobody holds a key",
    .about =
        "Every list goes round all agencies, and each raises it to an exponent of its own. When all have, equal "
        "people\n"
        "are equal elements, and anyone may count. To guess who they are all agencies must come together.\n\n"
        "key      makes the agency's exponent for this round\n"
        "start    makes the agency's own list from a CSV and raises it\n"
        "pass     raises a list that came from another agency, shuffled\n"
        "digits   shows thirty digits for a list: who wrote it and who read it compare them by telephone\n"
        "verify   checks that one list is another, raised: IN.ring OUT.ring with the proof that pass wrote\n"
        "count    writes the histories of lists that all agencies have raised\n\n"
        "Only equal keys match: a misspelled name is found by --kinds sounds+date at the best. The count shows how "
        "large\n"
        "the lists are, and which kinds of keys fall together. A proof shows the order that a list was shuffled to: "
        "it\n"
        "goes to agencies, never to whoever counts. When an agency drops out, start every list again that it has "
        "raised.",
    .examples =
        "  lykta ring key --schema schema.json -o soc.ringkey\n"
        "  lykta ring start --schema schema.json --key soc.ringkey --list Soc list.csv -o soc.ring\n"
        "  lykta ring pass --schema schema.json --key fire.ringkey soc.ring -o soc2.ring --verify soc2.proof\n"
        "  lykta ring digits soc2.ring\n"
        "  lykta ring verify --verify soc2.proof soc.ring soc2.ring\n"
        "  lykta ring count soc2.ring fire2.ring -o histories.csv",
    .least = 1,
    .most = 1 + RING_MAX_AGENCIES,
    .options = options,
    .run = run,
};

/* One run: what a verb needs. */
struct ringing {
    const struct call *call;
    struct arena *secret;
    struct schema schema;
    struct ring_secret own;
};

static enum status read_schema(struct ringing *x, struct err *e)
{
    const char *path = NULL;
    struct str bytes;

    TRY(verb_need(x->call, "--schema", &path, e));
    TRY(file_read(path, SCHEMA_MAX_BYTES, x->call->arena, &bytes, e));
    return schema_read(&x->schema, path, bytes, x->call->arena, e);
}

static enum status read_own(struct ringing *x, struct err *e)
{
    const char *path = NULL;
    struct str bytes;

    TRY(verb_need(x->call, "--key", &path, e));
    TRY(file_read(path, SECRET_FILE_BYTES, x->secret, &bytes, e));
    return ring_secret_read(&x->own, &x->schema, path, bytes, e);
}

static enum status write_list(const struct ringing *x, const char *path, const struct ring_list *list,
                              struct err *e)
{
    struct file_out *file = NULL;

    TRY(file_begin(&file, path, 0644, x->call->arena, e));
    struct sink to = file_sink(file);
    enum status s = ring_write(list, &to, x->call->arena, e);
    if (s == OK)
        s = file_commit(file, e);
    file_abandon(file);
    return s;
}

/* A proof's file: the order that the rows were shuffled to, as the list before it was raised, and the proof.
 */
static enum status write_proof(const struct ringing *x, const char *path, const struct ring_list *before,
                               const struct ring_list *after, struct err *e)
{
    unsigned char proof[RING_PROOF];
    struct text out = text_open(x->call->arena);
    struct sink to = sink_to_text(&out);

    ring_prove(proof, before, after, &x->own);
    text_add(&out, (struct str){(const char *)proof, sizeof proof});
    TRY(ring_write(before, &to, x->call->arena, e));
    return file_write(path, text_str(&out), 0600, e);
}

/* Shuffles, raises, and writes the list, with a proof when one is asked for. */
static enum status raise_and_write(struct ringing *x, struct ring_list *list, struct err *e)
{
    const char *path = NULL;
    const char *proof = call_option(x->call, "--verify");

    TRY(verb_need(x->call, "-o", &path, e));
    ring_shuffle(list, x->secret);
    struct ring_list before = *list;
    TRY(ring_raise(list, &x->own, x->call->arena, x->call->progress, e));
    if (proof)
        TRY(write_proof(x, proof, &before, list, e));
    return write_list(x, path, list, e);
}

static enum status make_key(void *context, struct err *e)
{
    struct ringing *x = context;
    const char *path = NULL;
    struct text out = text_open(x->secret);

    TRY(verb_need(x->call, "-o", &path, e));
    TRY(read_schema(x, e));
    if (access(path, F_OK) == 0)
        return err_set(e, USAGE, "%s: there is a key already: a key is never written over", path);
    ring_secret_new(&x->own);
    ring_secret_write(&out, &x->own, &x->schema);
    return file_write(path, text_str(&out), 0600, e);
}

static enum status read_kinds(const struct call *call, unsigned *out, struct err *e)
{
    const char *value = call_option(call, "--kinds");
    struct str rest = value ? str_of(value) : S("personnummer,names+date");
    struct str word;

    *out = 0;
    while (rest.n > 0) {
        unsigned found = 0;

        str_cut(rest, ',', &word, &rest);
        for (int k = 0; k < RING_KEYS; k++)
            if (str_is(word, ring_key_name((enum ring_key)k)))
                found = 1U << k;
        if (!found)
            return err_set(e, USAGE,
                           "lykta ring start: --kinds: expected personnummer, names+date, sounds+date or "
                           "names+year, with commas between them");
        *out |= found;
    }
    return *out ? OK : err_set(e, USAGE, "lykta ring start: --kinds: expected at least one kind");
}

/* The people of `rows` as elements that only their agency has seen. */
static enum status hash_rows(struct ringing *x, struct rows *rows, struct arena *row, struct ring_list *list,
                             struct err *e)
{
    struct person person;

    for (size_t i = 0; i < rows->n; i++) {
        TRY(rows_read(rows, i, row, &person, e));
        ring_hash(list, i, &x->schema, &person, row);
    }
    size_t doubles = ring_dedupe(list, x->secret);
    fprintf(stderr, "%zu people, and %zu rows of people who were there already\n", list->n, doubles);
    return guard_check(row, e);
}

/* There is no proof of the first raising: it would show the elements as they were before, which can be
 * guessed. */
static enum status start(void *context, struct err *e)
{
    struct ringing *x = context;
    const char *name = NULL;
    struct arena *row = arena_open_secret();
    struct encode_list in = {0};
    struct ring_list list = {0};
    struct rows rows;
    unsigned kinds = 0;
    enum status s = ring_step_files(x->call, 1, 1, e);

    if (s == OK)
        s = verb_need(x->call, "--list", &name, e);
    if (s == OK && (!name[0] || strlen(name) > SCHEMA_MAX_TEXT || strpbrk(name, "\n\r\t")))
        s = err_set(e, USAGE, "lykta ring start: --list: expected 1 to 100 bytes on one line");
    if (s == OK)
        s = read_kinds(x->call, &kinds, e);
    if (s == OK)
        s = read_schema(x, e);
    if (s == OK)
        s = read_own(x, e);
    if (s == OK)
        s = encode_list_open(&in, x->call->arguments[1], false, x->secret, e);
    if (s == OK)
        s = rows_scan(&rows, &x->schema, in.path, in.bytes, NULL, x->call->arena, row, x->call->progress, e);
    if (s == OK && rows.n > RING_MAX_PEOPLE)
        s = err_set(e, BAD_INPUT, "%s: more than %d people, the most that go round", in.path,
                    RING_MAX_PEOPLE);
    if (s == OK) {
        ring_list_new(&list, &x->schema, str_of(name), kinds, rows.n, x->secret); /* could be guessed */
        s = hash_rows(x, &rows, row, &list, e);
    }
    if (s == OK)
        s = raise_and_write(x, &list, e);
    encode_list_close(&in);
    arena_close(row);
    return s;
}

static enum status pass_on(void *context, struct err *e)
{
    struct ringing *x = context;
    struct ring_list list;

    TRY(ring_step_files(x->call, 1, 1, e));
    TRY(read_schema(x, e));
    TRY(read_own(x, e));
    TRY(ring_step_list(x->call, x->call->arguments[1], &list, e));
    if (!str_equal(list.project, x->schema.project) || !str_equal(list.round, x->schema.round) ||
        memcmp(list.schema_hash, x->schema.hash, sizeof list.schema_hash) != 0)
        return err_set(e, BAD_INPUT, "%s: of another project, round or schema: it is not passed on",
                       x->call->arguments[1]);
    return raise_and_write(x, &list, e);
}

static enum status digits(void *context, struct err *e)
{
    return ring_step_digits(((const struct ringing *)context)->call, e);
}

static enum status verify(void *context, struct err *e)
{
    return ring_step_verify(((const struct ringing *)context)->call, e);
}

static enum status count(void *context, struct err *e)
{
    return ring_step_count(((const struct ringing *)context)->call, e);
}

static const struct verb verbs[] = {{"key", "-o --schema", make_key},
                                    {"start", "-o --schema --key --list --kinds", start},
                                    {"pass", "-o --schema --key --verify", pass_on},
                                    {"digits", "", digits},
                                    {"verify", "--verify", verify},
                                    {"count", "-o --json", count},
                                    {NULL, NULL, NULL}};

static enum status run(const struct call *call, struct err *e)
{
    struct ringing x = {.call = call};
    enum status s = verb_run_guarded(call, verbs, &x, &x.secret, e);

    sodium_memzero(&x.own, sizeof x.own);
    guard_wipe_stack();
    return s;
}
