/* lykta encode: an agency's list in, encodings that hold no name out. No database, no network. */
#include "command/encode_list.h"

#include "base/arena.h"
#include "base/number.h"
#include "base/str.h"
#include "command/guard.h"
#include "link/clk_json.h"
#include "link/rows.h"
#include "link/sealed.h"
#include "link/secret.h"

#include "base/hkdf.h"

#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { KEY_FILE_BYTES = 4096 };

/* One run of the command. */
struct encoding {
    const struct call *call;
    struct arena *secret; /* names, keys and the encoder */
    struct arena *row;    /* the person at hand */
    struct encode_list list;
    struct schema schema;
    struct secret key;
    struct rows rows;
    bool is_sealed;
    unsigned char reader[SECRET_READER_BYTES];
};

static enum status run(const struct call *call, struct err *e);
static enum status run_guarded(struct encoding *x, struct err *e);
static enum status check_options(const struct call *call, struct err *e);
static enum status guess(const struct encoding *x, struct err *e);
static enum status read_secret(struct encoding *x, struct err *e);
static enum status write_list(struct encoding *x, struct err *e);

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
    guard_begin();
    if (sodium_init() < 0)
        return err_set(e, SYSTEM, "the cryptographic library cannot start: is there a source of randomness?");
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
    enum status s =
        rows_scan(&x->rows, &x->schema, x->list.path, x->list.bytes, x->secret, x->row, x->call->progress, e);
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
    if (is_of_clkhash(bytes) && call_has(x->call, "--preview"))
        return err_set(e, USAGE, "lykta encode: --preview is for lykta's own schemas");
    if (is_of_clkhash(bytes))
        return encode_as_clkhash(x->call, bytes, &x->list, x->secret, e);
    TRY(schema_read(&x->schema, path, bytes, x->call->arena, e));
    if (!call_has(x->call, "--preview"))
        TRY(read_secret(x, e));
    TRY(scan(x, e));
    TRY(guard_check(x->row, e));
    TRY(guard_check(x->secret, e));
    struct text told = text_open(x->call->arena);
    encode_preview(&told, &x->rows);
    if (call_has(x->call, "--preview"))
        return file_write("-", text_str(&told), 0, e);
    TRY(write_list(x, e));
    fwrite(told.p, 1, told.n, stderr);
    if (x->rows.n < CLK_FEW_PEOPLE)
        fprintf(stderr,
                "lykta: fewer than %d people: the linkage unit will read the list only when the "
                "coordinator has confirmed it\n",
                (int)CLK_FEW_PEOPLE);
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

/* A public key: 64 hexadecimal digits, the last word of the file's first line. */
static enum status read_reader(const char *path, struct arena *a, unsigned char *out, struct err *e)
{
    struct str bytes;
    size_t n = 0;

    TRY(file_read(path, KEY_FILE_BYTES, a, &bytes, e));
    bytes = str_trim(bytes);
    if (bytes.n < 2 * SECRET_READER_BYTES ||
        sodium_hex2bin(out, SECRET_READER_BYTES, bytes.p + bytes.n - 2 * SECRET_READER_BYTES,
                       2 * SECRET_READER_BYTES, NULL, &n, NULL) != 0 ||
        n != SECRET_READER_BYTES)
        return err_set(e, BAD_INPUT, "%s: not a public key: expected 64 hexadecimal digits at its end", path);
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

/* The name of the list: given, agreed, or that of the file without its folder and ending. */
static struct str list_name(const struct encoding *x)
{
    const char *given = call_option(x->call, "--list");
    const char *path = x->call->arguments[0];
    const char *slash = strrchr(path, '/');
    struct str name = given              ? str_of(given)
                      : x->key.is_agreed ? x->key.list
                                         : str_of(slash ? slash + 1 : path);

    if (!given && !x->key.is_agreed) {
        name = str_ends(name, S(".csv")) ? str_part(name, 0, name.n - 4) : name;
        name = str_equal(name, S("-")) ? S("list") : name;
    }
    return name;
}

static enum status check_name(struct str name, struct err *e)
{
    bool is_good = name.n > 0 && name.n <= SCHEMA_MAX_TEXT && str_is_utf8(name);

    for (size_t i = 0; i < name.n; i++)
        is_good &= (unsigned char)name.p[i] >= ' ' && name.p[i] != 0x7F;
    return is_good ? OK : err_set(e, USAGE, "lykta encode: --list: expected a name of 1 to 100 bytes");
}

static enum status write_rows(const struct encoding *x, const uint32_t *order, struct file_out *file,
                              struct err *e)
{
    struct sink to = file_sink(file);
    struct rows *rows = (struct rows *)&x->rows;
    int64_t line = 0;
    char buffer[64];

    TRY(sink_put(&to, S("place,line\n"), e));
    for (size_t i = 0; i < x->rows.n; i++) {
        TRY(rows_line(rows, order[i], x->row, &line, e));
        int n = snprintf(buffer, sizeof buffer, "%zu,%lld\n", i + 1, (long long)line);
        TRY(sink_put(&to, (struct str){buffer, (size_t)n}, e));
    }
    return file_commit(file, e);
}

/* Header, people and hash into `to`. */
static enum status put_people(struct encoding *x, const struct sink *to, uint32_t **order, struct err *e)
{
    struct encoder *encoder = encoder_open(&x->schema, x->key.key, x->key.noise_key, x->secret);
    struct clk_writer *w = NULL;
    struct clk_header h;

    clk_header_of(&h, &x->schema, encoder);
    h.list = list_name(x);
    h.created_at = (int64_t)time(NULL);
    h.n = x->rows.n;
    if (h.groups == 1)
        h.present[0] = x->rows.known;
    else
        memcpy(h.present, x->rows.present, sizeof h.present);
    TRY(check_name(h.list, e));
    TRY(clk_writer_open(&w, &h, to, x->call->arena, e));
    TRY(rows_encode(&x->rows, encoder, w, order, x->call->arena, x->row, x->call->progress, e));
    return clk_writer_close(w, e);
}

static enum status put_sealed(struct encoding *x, const struct sink *to, uint32_t **order, struct err *e)
{
    struct sealed_writer *sealed = NULL;

    if (!x->is_sealed)
        return put_people(x, to, order, e);
    TRY(sealed_writer_open(&sealed, x->reader, to, x->call->arena, e));
    struct sink inner = sealed_sink(sealed);
    TRY(put_people(x, &inner, order, e));
    return sealed_writer_close(sealed, e);
}

static enum status put_clkhash(struct encoding *x, const struct sink *to, uint32_t **order, struct err *e)
{
    struct text file = text_open(x->call->arena);
    struct sink memory = sink_to_text(&file);
    struct clk_header h;
    struct encodings people;

    if (x->schema.profile != PROFILE_CLK)
        return err_set(e, USAGE, "lykta encode: --format clkhash needs a schema with \"profile\": \"clk\"");
    TRY(put_people(x, &memory, order, e));
    struct str rest = text_str(&file);
    struct source from = source_of_str(&rest, "encodings");
    TRY(clk_read(&h, &people, &from, rest.n, x->call->arena, e));
    return clk_json_write(clk_json_order(&people, 0, x->call->arena), people.n, people.group[0].bits, to,
                          x->call->arena, e);
}

static enum status write_list(struct encoding *x, struct err *e)
{
    const char *format = call_option(x->call, "--format");
    const char *rows_path = call_option(x->call, "--rows");
    struct file_out *file = NULL;
    struct file_out *rows = NULL;
    uint32_t *order = NULL;

    make_noise_key(x);
    TRY(file_begin(&file, call_option(x->call, "-o"), 0600, x->call->arena, e));
    struct sink to = file_sink(file);
    enum status s = format && strcmp(format, "clkhash") == 0 ? put_clkhash(x, &to, &order, e)
                                                             : put_sealed(x, &to, &order, e);
    if (s == OK && rows_path)
        s = file_begin(&rows, rows_path, 0600, x->call->arena, e);
    if (s == OK && rows_path)
        s = write_rows(x, order, rows, e);
    if (s == OK)
        s = file_commit(file, e);
    file_abandon(rows);
    file_abandon(file);
    return s;
}
