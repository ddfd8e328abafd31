/* lykta encode: an agency's list in, encodings that hold no name out. No database, no network. */
#include "command/encode_write.h"

#include "base/arena.h"
#include "base/hkdf.h"
#include "base/number.h"
#include "base/str.h"
#include "command/guard.h"
#include "link/agreement.h"
#include "link/clk_file.h"
#include "link/rows.h"
#include "link/secret.h"

#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { KEY_FILE_BYTES = 4096 };

static enum status run(const struct call *call, struct err *e);
static enum status run_guarded(struct encoding *x, struct err *e);
static enum status check_options(const struct call *call, struct err *e);
static enum status tell(const struct encoding *x, struct err *e);
static enum status warn(const struct encoding *x);
static enum status guess(const struct encoding *x, struct err *e);
static enum status read_secret(struct encoding *x, struct err *e);
static void make_noise_key(struct encoding *x);

static const struct option options[] = {
    {"--schema", "SCHEMA.json", "What the agencies have agreed to link by: see --guess"},
    {"--secret", "FILE",
     "The secret of the agencies: a file, - or fd:N for an open descriptor; never the key itself"},
    {"-o", "OUT.clk", "Where the encodings go"},
    {"--to", "LINKER.pub",
     "Seal the encodings to the linkage unit's key (an agreed secret holds it already)"},
    {"--list", "NAME", "The list's name in plain words (the agreed one, or the file's)"},
    {"--rows", "ROWS.csv", "Also write which line each encoding comes from; this file stays at the agency"},
    {"--format", "clk|clkhash",
     "clkhash: base64 in JSON, as anonlink takes it; the profile must be clk (clk)"},
    {"--encoding", "utf-8|windows-1252", "How the list is written (utf-8)"},
    {"--preview", NULL, "Only show how many are missing or odd in each column, with line numbers"},
    {"--json", NULL, "Print what is missing or odd as JSON"},
    {"--guess", NULL, "Only print a schema to begin with, guessed from the names of the columns"},
    {NULL, NULL, NULL},
};

const struct command command_encode = {
    .name = "encode",
    .arguments = "LIST.csv",
    .summary = "Encode an agency's list so that no name leaves it",
    .about =
        "Reads a list of people and writes each as filters of bits under a key that the agencies share and the "
        "linkage\n"
        "unit does not have. Needs no network and no city. Names are never written: not to the file, not in a "
        "message,\n"
        "not to a temporary file, the swap or a core file. The order of the people in the file is random.\n\n"
        "Encodings are personal data all the same: whoever has them and the key can find out who is on the list. "
        "Delete\n"
        "them, and the key, when the round is closed.\n\n"
        "Begin with --guess, agree on the schema, then look at --preview: lines are told by number, never by what "
        "stands\n"
        "in them. A schema of clkhash (version 3) is understood too, and gives its bits exactly.\n\n"
        "A secret is 32 bytes, 64 hexadecimal digits, a passphrase of at least seven words drawn by dice, or a "
        "file made\n"
        "by lykta keys, which also names project, round and schema, so that an old round cannot be used again.",
    .examples =
        "  lykta encode --guess list.csv > schema.json\n"
        "  lykta encode --schema schema.json --preview list.csv\n"
        "  lykta encode --schema schema.json --secret round.secret list.csv -o list.clk\n"
        "  lykta encode --schema schema.json --secret fd:3 --to linker.pub list.csv -o list.clk 3<key",
    .least = 1,
    .most = 1,
    .options = options,
    .run = run,
};

static enum status run(const struct call *call, struct err *e)
{
    struct encoding *x = arena_new(call->arena, 1, struct encoding);
    const char *from = call_option(call, "--encoding");

    TRY(check_options(call, e));
    TRY(guard_begin(e));
    x->call = call;
    x->secret = arena_open_secret();
    x->row = arena_open_secret();
    enum status s = encode_list_open(&x->list, call->arguments[0], from && strcmp(from, "windows-1252") == 0,
                                     x->secret, e);
    if (s == OK)
        s = run_guarded(x, e);
    encode_list_close(&x->list);
    arena_close(x->row);
    arena_close(x->secret);
    sodium_memzero(&x->key, sizeof x->key);
    guard_wipe_stack();
    return s;
}

static enum status check_word(const struct call *call, const char *option, const char *one, const char *other,
                              struct err *e)
{
    const char *word = call_option(call, option);

    if (word && strcmp(word, one) != 0 && strcmp(word, other) != 0)
        return err_set(e, USAGE, "lykta encode: %s: expected %s or %s, found \"%.40s\"", option, one, other,
                       word);
    return OK;
}

static enum status check_options(const struct call *call, struct err *e)
{
    bool is_look = call_has(call, "--guess") || call_has(call, "--preview");
    const char *secret = call_option(call, "--secret");
    unsigned char key[ENCODE_KEY_BYTES];
    size_t n = 0;

    TRY(check_word(call, "--format", "clk", "clkhash", e));
    TRY(check_word(call, "--encoding", "utf-8", "windows-1252", e));
    if (call_has(call, "--guess") && (call_has(call, "--schema") || call_has(call, "--preview")))
        return err_set(e, USAGE,
                       "lykta encode: --guess makes a schema, and takes neither --schema nor --preview");
    if (is_look && (secret || call_has(call, "-o") || call_has(call, "--to") || call_has(call, "--rows")))
        return err_set(e, USAGE,
                       "lykta encode: --guess and --preview write nothing: leave out --secret, -o, --to "
                       "and --rows");
    if (call_has(call, "--json") &&
        (call_has(call, "--guess") || (call_has(call, "-o") && strcmp(call_option(call, "-o"), "-") == 0)))
        return err_set(e, USAGE, "lykta encode: --json uses standard output: leave out --guess and -o -");
    if (!call_has(call, "--guess") && !call_has(call, "--schema"))
        return err_set(e, USAGE, "lykta encode: expected --schema SCHEMA.json; make one with --guess");
    if (!is_look && (!secret || !call_has(call, "-o")))
        return err_set(e, USAGE, "lykta encode: expected --secret FILE and -o OUT.clk");
    if (secret && access(secret, F_OK) != 0 &&
        sodium_hex2bin(key, sizeof key, secret, strlen(secret), NULL, &n, NULL) == 0 && n == sizeof key)
        return err_set(e, USAGE,
                       "lykta encode: a key on the command line is seen by every user of the machine: "
                       "put it in a file, and take another key");
    return OK;
}

static bool is_of_clkhash(struct str schema)
{
    return memmem(schema.p, schema.n, "\"clkConfig\"", 11) != NULL;
}

static enum status scan(struct encoding *x, struct err *e)
{
    enum status s = rows_scan(&x->rows, &x->schema, x->list.path, x->list.bytes, x->encoder, x->secret,
                              x->row, x->call->progress, e);
    struct err first = *e;

    if (s == BAD_INPUT && !call_has(x->call, "--encoding") && !str_is_utf8(x->list.bytes))
        return err_set(e, s, "%.300s, or say --encoding windows-1252", first.what);
    return s;
}

static enum status run_guarded(struct encoding *x, struct err *e)
{
    const char *path = call_option(x->call, "--schema");
    struct str bytes;

    if (call_has(x->call, "--guess"))
        return guess(x, e);
    TRY(file_read(path, SCHEMA_MAX_BYTES, x->call->arena, &bytes, e));
    if (is_of_clkhash(bytes) && (call_has(x->call, "--preview") || call_has(x->call, "--json")))
        return err_set(e, USAGE, "lykta encode: --preview and --json are for lykta's own schemas");
    if (is_of_clkhash(bytes))
        return encode_as_clkhash(x->call, bytes, &x->list, x->secret, e);
    TRY(schema_read(&x->schema, path, bytes, x->call->arena, e));
    if (!call_has(x->call, "--preview")) {
        TRY(read_secret(x, e));
        make_noise_key(x);
        x->encoder = encoder_open(&x->schema, x->key.key, x->key.noise_key, x->secret);
    }
    TRY(scan(x, e));
    TRY(guard_check(x->row, e));
    TRY(guard_check(x->secret, e));
    if (!call_has(x->call, "--preview"))
        TRY(encode_write(x, e));
    TRY(tell(x, e));
    return call_has(x->call, "--preview") ? OK : warn(x);
}

/* What the list is like: as a table for people (beside an encoding on standard error, since -o may be
 * standard output), or as JSON. */
static enum status tell(const struct encoding *x, struct err *e)
{
    struct text told = text_open(x->call->arena);

    if (call_has(x->call, "--json"))
        encode_preview_json(&told, &x->rows);
    else
        encode_preview(&told, &x->rows);
    if (call_has(x->call, "--json") || call_has(x->call, "--preview"))
        return file_write("-", text_str(&told), 0, e);
    fwrite(told.p, 1, told.n, stderr);
    return OK;
}

/* What whoever encodes should know, and that does not stop it. */
static enum status warn(const struct encoding *x)
{
    if (x->rows.n < CLK_FEW_PEOPLE)
        fprintf(stderr,
                "lykta: fewer than %d people: the linkage unit will read the list only when the "
                "coordinator has confirmed it\n",
                (int)CLK_FEW_PEOPLE);
    if (str_is(x->schema.project, "name the project") || str_is(x->schema.round, "name the round"))
        fputs(
            "lykta: the schema's project or round has not been named: rounds of one name and key can be joined\n",
            stderr);
    if (!x->is_sealed)
        fputs(
            "lykta: the encodings are not sealed: send them on a way that only the linkage unit can read, or "
            "use --to\n",
            stderr);
    return OK;
}

static enum status guess(const struct encoding *x, struct err *e)
{
    struct csv *in = arena_new(x->secret, 1, struct csv);
    struct text out = text_open(x->call->arena);
    struct schema *s = arena_new(x->call->arena, 1, struct schema);

    TRY(csv_open(in, x->list.path, x->list.bytes, x->secret, e));
    schema_guess(s, in->fields, in->n, date_of((int64_t)time(NULL)), x->secret);
    if (s->fields == 0)
        return err_set(e, REFUSED,
                       "%s: none of the columns' names is understood: is the first line a header?",
                       x->list.path);
    schema_json(&out, s);
    return file_write("-", text_str(&out), 0, e);
}

/* The bytes of --secret: a file, "-", or "fd:N". */
static enum status secret_bytes(const struct encoding *x, struct str *out, struct err *e)
{
    const char *path = call_option(x->call, "--secret");
    int64_t fd = 0;
    unsigned char *bytes = arena_new(x->secret, SECRET_MAX_BYTES, unsigned char);
    size_t n = 0;
    struct stat info;

    if (strncmp(path, "fd:", 3) != 0) {
        if (stat(path, &info) == 0 && S_ISREG(info.st_mode) && (info.st_mode & 077) != 0)
            fprintf(stderr, "lykta: %s can be read by other users of this machine: chmod 600 it\n", path);
        return file_read(path, SECRET_MAX_BYTES, x->secret, out, e);
    }
    if (!i64_from_str(str_of(path + 3), 0, 1 << 20, &fd))
        return err_set(e, USAGE, "lykta encode: --secret: expected fd: and the number of an open descriptor");
    struct source from = source_of_descriptor(&(struct descriptor){(int)fd, "the secret's descriptor"});
    TRY(source_fill(&from, bytes, SECRET_MAX_BYTES, &n, e));
    *out = (struct str){(const char *)bytes, n};
    return OK;
}

/* A public key made by lykta keys, or its 64 hexadecimal digits alone. */
static enum status read_reader(const char *path, struct arena *a, unsigned char *out, struct err *e)
{
    struct public_key key;
    struct str bytes;
    size_t n = 0;

    TRY(file_read(path, KEY_FILE_BYTES, a, &bytes, e));
    if (str_starts(bytes, S("lykta-"))) {
        TRY(public_key_read(&key, path, bytes, a, e));
        memcpy(out, key.box, SECRET_READER_BYTES);
        return OK;
    }
    bytes = str_trim(bytes);
    if (bytes.n != 2 * SECRET_READER_BYTES ||
        sodium_hex2bin(out, SECRET_READER_BYTES, bytes.p, bytes.n, NULL, &n, NULL) != 0 ||
        n != SECRET_READER_BYTES)
        return err_set(e, BAD_INPUT,
                       "%s: not a public key: expected a file made by lykta keys make, or 64 "
                       "hexadecimal digits",
                       path);
    return OK;
}

static enum status read_secret(struct encoding *x, struct err *e)
{
    const char *to = call_option(x->call, "--to");
    struct str bytes = S("");

    TRY(secret_bytes(x, &bytes, e));
    TRY(secret_read(&x->key, &x->schema, "--secret", bytes, x->secret, e));
    if (to)
        TRY(read_reader(to, x->call->arena, x->reader, e));
    else if (x->key.is_agreed)
        memcpy(x->reader, x->key.reader, sizeof x->reader);
    x->is_sealed = to || x->key.is_agreed;
    return OK;
}

/* Without an agreement there is no key of the agency's own for the noise: it is made of the shared key and
 * the list itself, so that the same list gives the same noise and two lists never do. */
static void make_noise_key(struct encoding *x)
{
    unsigned char hash[crypto_generichash_BYTES];

    if (x->key.is_agreed)
        return;
    crypto_generichash(hash, sizeof hash, (const unsigned char *)x->list.bytes.p, x->list.bytes.n, x->key.key,
                       sizeof x->key.key);
    hkdf_sha256((struct str){(const char *)x->key.key, sizeof x->key.key},
                (struct str){(const char *)hash, sizeof hash}, S("lykta/noise/v1"), x->key.noise_key,
                sizeof x->key.noise_key);
}
