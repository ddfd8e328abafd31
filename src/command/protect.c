/* lykta protect: exact counts in, a table that may be shown out. */
#include "command/command.h"

#include "base/file.h"
#include "base/json.h"
#include "base/str.h"
#include "protect/protect.h"
#include "protect/published.h"
#include "protect/table_csv.h"

#include <sodium.h>
#include <string.h>

enum { COUNTS_MAX_BYTES = 64 * 1024 * 1024, KEY_FILE_MAX_BYTES = 1024 };

static enum status run(const struct call *call, struct err *e);
static enum status read_options(const struct call *call, struct protect_options *out,
                                enum cube_language *language, struct err *e);
static enum status read_table(const struct call *call, struct table *out, struct err *e);
static enum status take_key(const struct call *call, unsigned char key[CUBE_KEY_BYTES], struct err *e);
static enum status print_outcome(const struct call *call, const struct protection *p, enum status s,
                                 const struct err *e);

static const struct option options[] = {
    {"-o", "PROTECTED.csv", "Where the protected table goes, - for standard output"},
    {"--key", "FILE", "The city's secret key: 64 hexadecimal digits or 32 bytes"},
    {"--id", "TEXT",
     "City, period and name of the table, as 1281/2025/people; part of what is drawn from the key"},
    {"--base", "N", "Round to multiples of N, 5 to 100 (5; 10 for children and small towns)"},
    {"--groups", "A=B,..", "Column B groups column A, as district=area: the groups get sums of their own"},
    {"--lists", "A,B,..",
     "The columns of 0 and 1 that are lists; none for none (found by themselves, see above)"},
    {"--language", "sv|en", "Language of the column shown (sv)"},
    {"--json", NULL, "Print what was done and hidden as JSON"},
    {NULL, NULL, NULL},
};

const struct command command_protect = {
    .name = "protect",
    .arguments = "COUNTS.csv",
    .summary = "Make a table of counts safe to publish",
    .about = "Reads a table of counts of persons: a column for each dimension, and last a column named "
             "count, n or freq.\n"
             "Writes every cell and every sum (\"Total\") with the rounded figure n, the interval lo to hi "
             "that the true\n"
             "one lies in, and the text to show. No exact figure is written. The program attacks its own "
             "table before it\n"
             "writes it, and writes nothing if a cell can be worked out too closely (exit status 1).\n\n"
             "Every category of the classification must be in the file, if need be in a row with count 0: a "
             "category that\n"
             "is left out would show that it is empty.\n\n"
             "Where every column holds 0 and 1 alone, the columns are taken for lists that persons are on, "
             "and being on no\n"
             "list is shown as impossible (0). If there are other columns too, name the lists with --lists; "
             "if the columns\n"
             "mean something else, say --lists none.\n\n"
             "The same table, key and id give the same bytes. Without --key a key is made for this time "
             "alone and\n"
             "forgotten: protecting the table again then gives other figures, and who sees both can tell "
             "which cells are\n"
             "small. Publish one of them, and never the other.",
    .examples = "  lykta protect counts.csv -o protected.csv --key city.key --id 1281/2025/people\n"
                "  lykta protect counts.csv -o protected.csv --groups district=area\n"
                "  lykta protect histories.csv -o protected.csv --lists police,shelter,health --json",
    .least = 1,
    .most = 1,
    .options = options,
    .run = run,
};

static enum status run(const struct call *call, struct err *e)
{
    const char *path = call_option(call, "-o");
    struct protect_options protect_options = {.progress = call->progress};
    enum cube_language language = CUBE_SWEDISH;
    unsigned char key[CUBE_KEY_BYTES];
    struct table table;
    struct protection protection;
    struct text out = text_open(call->arena);

    if (!path)
        return err_set(e, USAGE, "lykta protect: expected -o PROTECTED.csv");
    if (call_has(call, "--json") && strcmp(path, "-") == 0)
        return err_set(e, USAGE, "lykta protect: --json and -o - cannot both use standard output");
    TRY(read_options(call, &protect_options, &language, e));
    TRY(read_table(call, &table, e));
    TRY(take_key(call, key, e));
    enum status s = protect(&table, &protect_options, key, call->arena, &protection, e);
    sodium_memzero(key, sizeof key);
    if (s == OK) {
        published_write(&out, &protection.cube, language);
        TRY(file_write(path, text_str(&out), 0644, e));
    }
    if (s == OK || s == REFUSED)
        TRY(print_outcome(call, &protection, s, e));
    return s;
}

static enum status read_options(const struct call *call, struct protect_options *out,
                                enum cube_language *language, struct err *e)
{
    const char *word = call_option(call, "--language");

    out->cube.base = CUBE_STANDARD_BASE;
    out->cube.id = str_of(call_option(call, "--id"));
    TRY(call_i64(call, "--base", CUBE_STANDARD_BASE, CUBE_MAX_BASE, &out->cube.base, e));
    if (word && strcmp(word, "sv") != 0 && strcmp(word, "en") != 0)
        return err_set(e, USAGE, "lykta protect: --language: expected sv or en, found \"%.40s\"", word);
    *language = word && strcmp(word, "en") == 0 ? CUBE_ENGLISH : CUBE_SWEDISH;
    return OK;
}

static enum status read_table(const struct call *call, struct table *out, struct err *e)
{
    const char *path = call->arguments[0];
    const char *name = strcmp(path, "-") == 0 ? "standard input" : path;
    struct table_csv_options how = {.lists = str_of(call_option(call, "--lists")),
                                    .groups = str_of(call_option(call, "--groups"))};
    struct str bytes = {NULL, 0};

    TRY(file_read(path, COUNTS_MAX_BYTES, call->arena, &bytes, e));
    return table_csv_read(name, bytes, &how, call->arena, out, e);
}

static enum status take_key(const struct call *call, unsigned char key[CUBE_KEY_BYTES], struct err *e)
{
    const char *path = call_option(call, "--key");
    struct str bytes = {NULL, 0};
    size_t found = 0;

    if (sodium_init() < 0)
        return err_set(e, SYSTEM, "the system gives no random numbers to make a key of");
    if (!path) {
        randombytes_buf(key, CUBE_KEY_BYTES);
        return OK;
    }
    TRY(file_read(path, KEY_FILE_MAX_BYTES, call->arena, &bytes, e));
    if (bytes.n == CUBE_KEY_BYTES) {
        memcpy(key, bytes.p, CUBE_KEY_BYTES);
        found = CUBE_KEY_BYTES;
    } else {
        struct str digits = str_trim(bytes);

        if (digits.n != 2 * (size_t)CUBE_KEY_BYTES ||
            sodium_hex2bin(key, CUBE_KEY_BYTES, digits.p, digits.n, NULL, &found, NULL) != 0)
            found = 0;
    }
    sodium_memzero((void *)bytes.p, bytes.n);
    if (found != CUBE_KEY_BYTES)
        return err_set(e, BAD_INPUT, "%s:1:1: not a key: expected 64 hexadecimal digits or 32 bytes", path);
    return OK;
}

static enum status print_outcome(const struct call *call, const struct protection *p, enum status s,
                                 const struct err *e)
{
    struct text out = text_open(call->arena);
    struct json j = json_open(&out);
    struct err unwritten;

    if (!call_has(call, "--json"))
        return OK;
    json_object_begin(&j, NULL);
    json_str(&j, "status", s == OK ? S("protected") : S("refused"));
    if (s == OK) {
        statement_json(&j, &p->statement);
        json_i64(&j, "attacked_cells", (int64_t)p->proof.cells);
        json_i64(&j, "exposed_cells", (int64_t)p->proof.exposed);
    } else {
        json_str(&j, "reason", str_of(e->what));
    }
    json_str(&j, "version", S(LYKTA_VERSION));
    json_object_end(&j);
    return file_write("-", text_str(&out), 0, &unwritten);
}
