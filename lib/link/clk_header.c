/* The first line of an OUT.clk. */
#include "link/clk_header.h"

#include "base/arena.h"
#include "base/json.h"

#include <jansson.h>
#include <sodium.h>
#include <string.h>

/* What is being read, for messages. */
struct reading {
    const char *name;
    const json_t *root;
    struct arena *arena;
    struct err *e;
};

static const char *const profile_names[] = {[PROFILE_GROUPED] = "grouped", [PROFILE_CLK] = "clk"};

static enum status read_line(struct clk_header *h, const struct reading *r);

static struct str hex_of(const unsigned char *bytes, size_t n, struct arena *a)
{
    char *hex = arena_new(a, 2 * n + 1, char);

    sodium_bin2hex(hex, 2 * n + 1, bytes, n);
    return (struct str){hex, 2 * n};
}

/* Keys in fixed order: the same list gives the same line. */
void clk_header_write(struct text *out, const struct clk_header *h, struct arena *a)
{
    struct text indented = text_open(a);
    struct json j = json_open(&indented);

    json_object_begin(&j, NULL);
    json_str(&j, "format", S("lykta-clk"));
    json_i64(&j, "version", CLK_VERSION);
    json_str(&j, "profile", str_of(profile_names[h->profile]));
    json_str(&j, "project", h->project);
    json_str(&j, "round", h->round);
    json_str(&j, "list", h->list);
    json_str(&j, "schema_sha256", hex_of(h->schema_hash, sizeof h->schema_hash, a));
    json_str(&j, "key_check", hex_of(h->key_check, sizeof h->key_check, a));
    json_i64(&j, "normaliser", h->normaliser);
    json_i64(&j, "noise_percent", h->noise_percent);
    json_i64(&j, "created_at", h->created_at);
    json_i64(&j, "n", (int64_t)h->n);
    json_array_flat(&j, "bits");
    for (size_t g = 0; g < h->groups; g++)
        json_i64(&j, NULL, (int64_t)h->bits[g]);
    json_array_end(&j);
    json_array_flat(&j, "present");
    for (size_t g = 0; g < h->groups; g++)
        json_i64(&j, NULL, h->present[g]);
    json_array_end(&j);
    json_bool(&j, "gender", h->has_gender);
    json_bool(&j, "age", h->has_age);
    json_object_end(&j);
    /* A newline never stands inside a JSON text: leaving it and the indent but one blank out makes one line.
     */
    for (size_t i = 0; i < indented.n; i++) {
        if (indented.p[i] != '\n') {
            text_byte(out, indented.p[i]);
            continue;
        }
        while (i + 2 < indented.n && indented.p[i + 1] == ' ' && indented.p[i + 2] == ' ')
            i++;
    }
    text_byte(out, '\n');
}

enum status clk_header_read(struct clk_header *out, const char *name, struct str line, struct arena *a,
                            struct err *e)
{
    struct clk_header h = {0};
    json_error_t fault;
    json_t *root = json_loadb(line.n ? line.p : "", line.n, JSON_REJECT_DUPLICATES, &fault);
    struct reading r = {.name = name, .root = root, .arena = a, .e = e};

    if (!root)
        return err_set(e, BAD_INPUT, "%s:1:%d: not a list of encodings: its first line is no JSON", name,
                       fault.column);
    enum status s = read_line(&h, &r);
    json_decref(root);
    if (s == OK)
        *out = h;
    return s;
}

static enum status fault(const struct reading *r, const char *key, const char *expected)
{
    return err_set(r->e, BAD_INPUT, "%s:1: \"%s\": expected %s", r->name, key, expected);
}

static enum status take_text(const struct reading *r, const char *key, struct str *out)
{
    const json_t *value = json_object_get(r->root, key);
    struct str s = {json_string_value(value), json_string_length(value)};

    if (!json_is_string(value) || s.n == 0 || s.n > SCHEMA_MAX_TEXT)
        return fault(r, key, "a text of 1 to 100 bytes");
    for (size_t i = 0; i < s.n; i++)
        if ((unsigned char)s.p[i] < ' ' || s.p[i] == 0x7F)
            return fault(r, key, "a text without control characters");
    *out = str_copy(s, r->arena);
    return OK;
}

static enum status take_number(const struct reading *r, const json_t *value, const char *key, int64_t lo,
                               int64_t hi, int64_t *out)
{
    if (!json_is_integer(value) || json_integer_value(value) < lo || json_integer_value(value) > hi)
        return err_set(r->e, BAD_INPUT, "%s:1: \"%s\": expected a whole number from %lld to %lld", r->name,
                       key, (long long)lo, (long long)hi);
    *out = json_integer_value(value);
    return OK;
}

static enum status take_hex(const struct reading *r, const char *key, unsigned char *out, size_t n)
{
    const json_t *value = json_object_get(r->root, key);
    size_t got = 0;

    if (!json_is_string(value) ||
        sodium_hex2bin(out, n, json_string_value(value), json_string_length(value), NULL, &got, NULL) != 0 ||
        got != n || json_string_length(value) != 2 * n)
        return err_set(r->e, BAD_INPUT, "%s:1: \"%s\": expected %zu hexadecimal digits", r->name, key, 2 * n);
    return OK;
}

static enum status take_profile(const struct reading *r, enum profile *out)
{
    const char *word = json_string_value(json_object_get(r->root, "profile"));

    if (!word || (strcmp(word, "grouped") != 0 && strcmp(word, "clk") != 0))
        return fault(r, "profile", "\"grouped\" or \"clk\"");
    *out = strcmp(word, "clk") == 0 ? PROFILE_CLK : PROFILE_GROUPED;
    return OK;
}

static enum status take_groups(const struct reading *r, struct clk_header *h)
{
    const json_t *bits = json_object_get(r->root, "bits");
    const json_t *present = json_object_get(r->root, "present");
    int64_t number = 0;

    h->groups = json_array_size(bits);
    if (h->groups != (h->profile == PROFILE_CLK ? 1 : GROUPS) || json_array_size(present) != h->groups)
        return fault(r, "bits", "as many numbers as the profile has groups, and as many in \"present\"");
    for (size_t g = 0; g < h->groups; g++) {
        TRY(take_number(r, json_array_get(bits, g), "bits", 0, CLK_MAX_BITS, &number));
        h->bits[g] = (size_t)number;
        if (number % 64 != 0 || (g == GROUP_NAMES && number == 0))
            return fault(r, "bits", "multiples of 64");
        TRY(take_number(r, json_array_get(present, g), "present", 0, number ? (int64_t)h->n : 0,
                        &h->present[g]));
    }
    return OK;
}

static enum status take_flag(const struct reading *r, const char *key, bool *out)
{
    const json_t *value = json_object_get(r->root, key);

    if (!json_is_boolean(value))
        return fault(r, key, "true or false");
    *out = json_is_true(value);
    return OK;
}

static enum status read_line(struct clk_header *h, const struct reading *r)
{
    const char *format = json_string_value(json_object_get(r->root, "format"));
    const json_t *version = json_object_get(r->root, "version");
    int64_t number = 0;

    if (!format || strcmp(format, "lykta-clk") != 0)
        return fault(r, "format", "\"lykta-clk\": this is not a list of encodings");
    if (json_integer_value(version) != CLK_VERSION)
        return fault(r, "version", "1; a later version of lykta may have written it");
    TRY(take_profile(r, &h->profile));
    TRY(take_text(r, "project", &h->project));
    TRY(take_text(r, "round", &h->round));
    TRY(take_text(r, "list", &h->list));
    TRY(take_hex(r, "schema_sha256", h->schema_hash, sizeof h->schema_hash));
    TRY(take_hex(r, "key_check", h->key_check, sizeof h->key_check));
    TRY(take_number(r, json_object_get(r->root, "normaliser"), "normaliser", 1, 1000, &number));
    h->normaliser = (int)number;
    TRY(take_number(r, json_object_get(r->root, "noise_percent"), "noise_percent", 0, 100, &number));
    h->noise_percent = (int)number;
    TRY(take_number(r, json_object_get(r->root, "created_at"), "created_at", 0, INT64_C(253402300799),
                    &h->created_at));
    TRY(take_number(r, json_object_get(r->root, "n"), "n", 0, ENCODINGS_MAX_PEOPLE, &number));
    h->n = (size_t)number;
    TRY(take_groups(r, h));
    TRY(take_flag(r, "gender", &h->has_gender));
    return take_flag(r, "age", &h->has_age);
}
