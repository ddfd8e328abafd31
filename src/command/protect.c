/* lykta protect: exact counts in, a table that may be shown out. */
#include "command/command.h"

#include "base/arena.h"
#include "base/file.h"
#include "base/json.h"
#include "base/str.h"
#include "protect/cellkey.h"
#include "protect/protect.h"
#include "protect/published.h"
#include "protect/suppress.h"
#include "protect/table_csv.h"

#include <sodium.h>
#include <string.h>

enum { COUNTS_MAX_BYTES = 64 * 1024 * 1024, KEY_FILE_MAX_BYTES = 1024 };

static enum status run(const struct call *call, struct err *e);
struct method;
static enum status find_method(const struct call *call, const struct method **out, struct err *e);
static enum status make_cube(const struct call *call, struct text *file, struct json *told, struct err *e);
static enum status make_suppressed(const struct call *call, struct text *file, struct json *told,
                                   struct err *e);
static enum status make_cellkey(const struct call *call, struct text *file, struct json *told, struct err *e);
static enum status read_options(const struct call *call, struct protect_options *out,
                                enum cube_language *language, struct err *e);
static enum status read_table(const struct call *call, struct table *out, struct err *e);
static enum status take_key(const struct call *call, unsigned char key[CUBE_KEY_BYTES], struct err *e);
static enum status print_outcome(struct text *told, struct json *j, enum status s, struct err *e);

static const struct option options[] = {
    {"-o", "PROTECTED.csv", "Where the protected table goes, - for standard output"},
    {"--method", "cube|suppress|cellkey", "How the table is protected, see above (cube)"},
    {"--profile", "standard|strict",
     "strict rounds to multiples of 10: for small towns and first releases (standard)"},
    {"--key", "FILE", "The city's secret key: 64 hexadecimal digits or 32 bytes"},
    {"--id", "TEXT",
     "City, period and name of the table, as 1281/2025/people; part of what is drawn from the key"},
    {"--base", "N", "Round to multiples of N, 5 to 100 (5; 10 for children and small towns)"},
    {"--groups", "A=B,..", "Column B groups column A, as district=area: the groups get sums of their own"},
    {"--lists", "A,B,..",
     "The columns of 0 and 1 that are lists; none for none (found by themselves, see above)"},
    {"--threshold", "N", "suppress: hide figures below N (5)"},
    {"--person", "COLUMN", "cellkey: rows are persons, and the last column COLUMN holds their pseudonyms"},
    {"--language", "sv|en", "Language of the column shown (sv)"},
    {"--json", NULL, "Print what was done and hidden as JSON"},
    {NULL, NULL, NULL},
};

const struct command command_protect = {
    .name = "protect",
    .arguments = "COUNTS.csv",
    .summary = "Make a table of counts safe to publish",
    .about =
        "Reads a table of counts of persons: a column for each dimension, and last a column named "
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
        "Methods. cube rounds every cell once so that sums still add up: for everything that is published. "
        "suppress\n"
        "hides small figures and those that would tell them, and shows the rest exactly: only for a "
        "delivery under\n"
        "secrecy to an authority that needs large figures, and refused when a hidden figure can be worked "
        "out too\n"
        "closely, which with many small ones is the rule. cellkey moves each figure by a key of the "
        "persons in it, so\n"
        "that the same persons show the same figure in every table: for tables that are asked for; "
        "figures do not add up.\n\n"
        "The same table, key and id give the same bytes. Without --key a key is made for this time "
        "alone and\n"
        "forgotten: protecting the table again then gives other figures, and who sees both can tell "
        "which cells are\n"
        "small. Publish one of them, and never the other.",
    .examples =
        "  lykta protect counts.csv -o protected.csv --key city.key --id 1281/2025/people\n"
        "  lykta protect counts.csv -o delivery.csv --method suppress\n"
        "  lykta protect persons.csv -o asked.csv --method cellkey --person pseudonym --key city.key\n"
        "  lykta protect counts.csv -o protected.csv --groups district=area\n"
        "  lykta protect histories.csv -o protected.csv --lists police,shelter,health --json",
    .least = 1,
    .most = 1,
    .options = options,
    .run = run,
};

/* A method reads its own options, makes the file, and tells what it did as members of an open JSON object. */
struct method {
    const char *name;
    enum status (*make)(const struct call *call, struct text *file, struct json *told, struct err *e);
};

static const struct method methods[] = {
    {"cube", make_cube}, {"suppress", make_suppressed}, {"cellkey", make_cellkey}};

static enum status run(const struct call *call, struct err *e)
{
    const char *path = call_option(call, "-o");
    const struct method *method = methods;
    struct text file = text_open(call->arena);
    struct text told = text_open(call->arena);
    struct json j = json_open(&told);

    if (!path)
        return err_set(e, USAGE, "lykta protect: expected -o PROTECTED.csv");
    if (call_has(call, "--json") && strcmp(path, "-") == 0)
        return err_set(e, USAGE, "lykta protect: --json and -o - cannot both use standard output");
    TRY(find_method(call, &method, e));
    json_object_begin(&j, NULL);
    enum status s = method->make(call, &file, &j, e);
    if (s == OK)
        TRY(file_write(path, text_str(&file), 0644, e));
    if (call_has(call, "--json") && (s == OK || s == REFUSED))
        TRY(print_outcome(&told, &j, s, e));
    return s;
}

/* An option of another method is a mistake, and never silently ignored. */
static enum status find_method(const struct call *call, const struct method **out, struct err *e)
{
    static const struct {
        const char *option, *method;
    } only[] = {{"--threshold", "suppress"},
                {"--person", "cellkey"},
                {"--base", "cube"},
                {"--profile", "cube"},
                {"--id", "cube"}};
    const char *name = call_option(call, "--method") ? call_option(call, "--method") : "cube";

    for (size_t i = 0; i < sizeof only / sizeof *only; i++)
        if (call_has(call, only[i].option) && strcmp(only[i].method, name) != 0)
            return err_set(e, USAGE, "lykta protect: %s is for --method %s", only[i].option, only[i].method);
    for (size_t i = 0; i < sizeof methods / sizeof *methods; i++)
        if (strcmp(methods[i].name, name) == 0) {
            *out = &methods[i];
            return OK;
        }
    return err_set(e, USAGE, "lykta protect: --method: expected cube, suppress or cellkey, found \"%.40s\"",
                   name);
}

static enum status make_cube(const struct call *call, struct text *file, struct json *told, struct err *e)
{
    struct protect_options wanted = {.progress = call->progress};
    enum cube_language language = CUBE_SWEDISH;
    unsigned char key[CUBE_KEY_BYTES];
    struct table table;
    struct protection p;

    TRY(read_options(call, &wanted, &language, e));
    TRY(read_table(call, &table, e));
    TRY(take_key(call, key, e));
    enum status s = protect(&table, &wanted, key, call->arena, &p, e);
    sodium_memzero(key, sizeof key);
    TRY(s);
    published_write(file, &p.cube, language);
    statement_json(told, &p.statement);
    json_i64(told, "attacked_cells", (int64_t)p.proof.cells);
    json_i64(told, "exposed_cells", (int64_t)p.proof.exposed);
    return OK;
}

static enum status make_suppressed(const struct call *call, struct text *file, struct json *told,
                                   struct err *e)
{
    struct suppress_options wanted = {.threshold = SUPPRESS_THRESHOLD, .progress = call->progress};
    struct attack_report proof;
    struct suppression s;
    struct table table;

    if (call_has(call, "--key"))
        return err_set(e, USAGE, "lykta protect: --method suppress draws nothing and takes no --key");
    TRY(call_i64(call, "--threshold", 2, TABLE_MAX_COUNT, &wanted.threshold, e));
    TRY(read_table(call, &table, e));
    TRY(suppress(&table, &wanted, call->arena, &s, e));
    json_str(told, "method", S("cell suppression, Gaussian elimination"));
    json_i64(told, "threshold", s.threshold);
    json_i64(told, "published_cells", (int64_t)s.shape.published);
    json_i64(told, "hidden_cells", (int64_t)(s.primary + s.secondary));
    struct published seen = published_of_suppression(&s, call->arena);
    TRY(attack_published(&seen, &(struct attack_options){.progress = call->progress}, call->arena, &proof,
                         e));
    json_i64(told, "attacked_cells", (int64_t)proof.cells);
    json_i64(told, "exposed_cells", (int64_t)proof.exposed);
    TRY(protect_check(&proof, &s.shape, e));
    published_write_suppression(file, &s);
    return OK;
}

static enum status make_cellkey(const struct call *call, struct text *file, struct json *told, struct err *e)
{
    const char *path = call->arguments[0];
    const char *name = strcmp(path, "-") == 0 ? "standard input" : path;
    struct table_csv_options how = {.lists = str_of(call_option(call, "--lists")),
                                    .groups = str_of(call_option(call, "--groups")),
                                    .person = str_of(call_option(call, "--person"))};
    unsigned char key[CUBE_KEY_BYTES];
    struct table_csv_people people;
    struct str bytes = {NULL, 0};
    struct table table;
    struct ptable p;

    if (how.person.n == 0 || !call_has(call, "--key"))
        return err_set(e, USAGE, "lykta protect: --method cellkey needs --person COLUMN and --key FILE");
    TRY(ptable_make(CELLKEY_MOST_MOVE, CELLKEY_SMALL, CELLKEY_VARIANCE, &p, e));
    TRY(file_read(path, COUNTS_MAX_BYTES, call->arena, &bytes, e));
    TRY(table_csv_read_people(name, bytes, &how, call->arena, &table, &people, e));
    TRY(take_key(call, key, e));
    int64_t *cell_key = arena_new(call->arena, table.shape.inner, int64_t);
    for (size_t i = 0; i < people.n; i++)
        cell_key[people.inner[i]] += cellkey_record(key, people.person[i]);
    sodium_memzero(key, sizeof key);
    struct published moved = cellkey_move(&table, cell_key, &p, call->arena);
    published_write_moved(file, &moved);
    json_str(told, "method", S("cell keys, perturbation of greatest entropy"));
    json_i64(told, "most_move", p.most);
    json_f64(told, "variance", p.variance);
    json_i64(told, "published_cells", (int64_t)table.shape.published);
    json_bool(told, "adds_up", false);
    return OK;
}

static enum status read_options(const struct call *call, struct protect_options *out,
                                enum cube_language *language, struct err *e)
{
    const char *word = call_option(call, "--language");
    const char *profile = call_option(call, "--profile");
    bool is_strict = profile && strcmp(profile, "strict") == 0;

    if (profile && !is_strict && strcmp(profile, "standard") != 0)
        return err_set(e, USAGE, "lykta protect: --profile: expected standard or strict, found \"%.40s\"",
                       profile);
    out->cube.base = is_strict ? CUBE_STRICT_BASE : CUBE_STANDARD_BASE;
    out->cube.profile = is_strict ? S("strict") : S("standard");
    out->cube.id = str_of(call_option(call, "--id"));
    TRY(call_i64(call, "--base", is_strict ? CUBE_STRICT_BASE : CUBE_STANDARD_BASE, CUBE_MAX_BASE,
                 &out->cube.base, e));
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

static enum status print_outcome(struct text *told, struct json *j, enum status s, struct err *e)
{
    json_str(j, "status", s == OK ? S("protected") : S("refused"));
    if (s != OK)
        json_str(j, "reason", str_of(e->what));
    json_str(j, "version", S(LYKTA_VERSION));
    json_object_end(j);
    struct err unwritten;
    return file_write("-", text_str(told), 0, &unwritten);
}
