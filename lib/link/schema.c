/* What the agencies have agreed to link by. */
#include "link/schema.h"

#include "base/arena.h"
#include "base/json.h"

#include <jansson.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>

/* Of a schema to begin with: docs/security-linkage.md says what it protects from and costs. */
enum { GUESSED_NOISE = 10 };

struct kind_row {
    const char *name;
    enum group group;
};

static const struct kind_row kinds[FIELD_KINDS] = {[FIELD_NAME] = {"name", GROUP_NAMES},
                                                   [FIELD_BIRTH_DATE] = {"birth_date", GROUP_BIRTH},
                                                   [FIELD_AGE] = {"age", GROUP_BIRTH},
                                                   [FIELD_SEX] = {"sex", GROUP_BIRTH},
                                                   [FIELD_PERSONNUMMER] = {"personnummer", GROUP_PLACE},
                                                   [FIELD_PHONE] = {"phone", GROUP_PLACE},
                                                   [FIELD_PLACE] = {"place", GROUP_PLACE},
                                                   [FIELD_OTHER_ID] = {"other_id", GROUP_PLACE}};

/* What is being read, for messages. */
struct reading {
    const char *name;
    struct arena *arena;
    struct err *e;
};

static enum status read_object(struct schema *s, const json_t *root, const struct reading *r);
static enum status read_fields(struct schema *s, const json_t *list, const struct reading *r);
static enum status read_words(struct schema *s, const json_t *list, const struct reading *r);
static enum status read_strata(struct schema *s, const json_t *list, const struct reading *r);
static enum status check_whole(const struct schema *s, const struct reading *r);
static void take_hash(struct schema *s, struct arena *a);

enum status schema_read(struct schema *out, const char *name, struct str bytes, struct arena *a,
                        struct err *e)
{
    struct reading r = {.name = name, .arena = a, .e = e};
    struct schema *s = arena_new(a, 1, struct schema);
    json_error_t fault;
    json_t *root = json_loadb(bytes.n ? bytes.p : "", bytes.n, JSON_REJECT_DUPLICATES, &fault);

    if (!root)
        return err_set(e, BAD_INPUT, "%s:%d:%d: not a schema in JSON: %.160s", name, fault.line, fault.column,
                       fault.text);
    enum status status = read_object(s, root, &r);
    if (status == OK)
        status = check_whole(s, &r);
    json_decref(root);
    if (status != OK)
        return status;
    take_hash(s, a);
    *out = *s;
    return OK;
}

const char *field_kind_name(enum field_kind kind)
{
    return kinds[kind].name;
}

enum group field_kind_group(enum field_kind kind)
{
    return kinds[kind].group;
}

size_t schema_group_fields(const struct schema *s, enum group group)
{
    size_t n = 0;

    for (size_t i = 0; i < s->fields; i++)
        n += kinds[s->field[i].kind].group == group;
    return n;
}

static void write_field(struct json *j, const struct schema_field *f)
{
    json_object_begin(j, NULL);
    json_str(j, "kind", str_of(kinds[f->kind].name));
    json_array_flat(j, "columns");
    for (size_t i = 0; i < f->columns; i++)
        json_str(j, NULL, f->column[i]);
    json_array_end(j);
    if (f->kind == FIELD_BIRTH_DATE)
        json_str(j, "order", f->order == BIRTH_DAY_FIRST ? S("day first") : S("year first"));
    json_bool(j, "optional", f->is_optional);
    json_object_end(j);
}

void schema_json(struct text *out, const struct schema *s)
{
    struct json j = json_open(out);
    char day[11];

    date_to_text(s->as_of, day);
    json_object_begin(&j, NULL);
    json_i64(&j, "lykta_schema", SCHEMA_VERSION);
    json_str(&j, "project", s->project);
    json_str(&j, "round", s->round);
    json_str(&j, "as_of", str_of(day));
    json_str(&j, "profile", s->profile == PROFILE_CLK ? S("clk") : S("grouped"));
    json_i64(&j, "noise_percent", s->noise_percent);
    json_array_begin(&j, "fields");
    for (size_t i = 0; i < s->fields; i++)
        write_field(&j, &s->field[i]);
    json_array_end(&j);
    json_array_flat(&j, "missing_words");
    for (size_t i = 0; i < s->words; i++)
        json_str(&j, NULL, s->word[i]);
    json_array_end(&j);
    json_array_flat(&j, "strata");
    if (s->gives_gender)
        json_str(&j, NULL, S("gender"));
    if (s->gives_age)
        json_str(&j, NULL, S("age"));
    json_array_end(&j);
    json_object_end(&j);
}

/* Words in a column's name, in loose form, and what they say about it; the first that occurs decides. */
static const struct {
    const char *word;
    enum field_kind kind;
} guesses[] = {{"personumer", FIELD_PERSONNUMMER},
               {"pnr", FIELD_PERSONNUMMER},
               {"samordning", FIELD_PERSONNUMMER},
               {"lma", FIELD_OTHER_ID},
               {"reserv", FIELD_OTHER_ID},
               {"birth", FIELD_BIRTH_DATE},
               {"born", FIELD_BIRTH_DATE},
               {"fod", FIELD_BIRTH_DATE},
               {"dob", FIELD_BIRTH_DATE},
               {"age", FIELD_AGE},
               {"alder", FIELD_AGE},
               {"sex", FIELD_SEX},
               {"kon", FIELD_SEX},
               {"gender", FIELD_SEX},
               {"fon", FIELD_PHONE},
               {"mobil", FIELD_PHONE},
               {"name", FIELD_NAME},
               {"nam", FIELD_NAME},
               {"alias", FIELD_NAME},
               {"city", FIELD_PLACE},
               {"ort", FIELD_PLACE},
               {"suburb", FIELD_PLACE},
               {"post", FIELD_PLACE},
               {"komun", FIELD_PLACE},
               {"adres", FIELD_PLACE},
               {"street", FIELD_PLACE}};

static bool guess_kind(struct str column, struct arena *a, enum field_kind *out)
{
    struct str loose = text_loose(column, a);

    for (size_t i = 0; i < sizeof guesses / sizeof guesses[0]; i++)
        if (loose.n > 0 && memmem(loose.p, loose.n, guesses[i].word, strlen(guesses[i].word))) {
            *out = guesses[i].kind;
            return true;
        }
    return false;
}

void schema_guess(struct schema *out, const struct str *header, size_t columns, struct date as_of,
                  struct arena *a)
{
    struct schema *s = arena_new(a, 1, struct schema);
    enum field_kind kind = FIELD_NAME;

    s->project = S("name the project");
    s->round = S("name the round");
    s->as_of = as_of;
    s->noise_percent = GUESSED_NOISE;
    for (size_t i = 0; i < columns && s->fields < SCHEMA_MAX_FIELDS; i++)
        if (header[i].n <= SCHEMA_MAX_TEXT && guess_kind(header[i], a, &kind)) {
            struct schema_field f = {.kind = kind, .columns = 1, .is_optional = true};

            f.column[0] = str_copy(header[i], a);
            s->field[s->fields++] = f;
        }
    take_hash(s, a);
    *out = *s;
}

static enum status fault(const struct reading *r, const char *where, const char *expected)
{
    return err_set(r->e, BAD_INPUT, "%s: %s: expected %s", r->name, where, expected);
}

/* A text of 1 to SCHEMA_MAX_TEXT bytes without control characters, copied. */
static enum status take_text(const json_t *value, const char *where, struct str *out, const struct reading *r)
{
    struct str s = {json_string_value(value), json_string_length(value)};

    if (!json_is_string(value) || s.n == 0 || s.n > SCHEMA_MAX_TEXT)
        return fault(r, where, "a text of 1 to 100 bytes");
    for (size_t i = 0; i < s.n; i++)
        if ((unsigned char)s.p[i] < ' ')
            return fault(r, where, "a text without control characters");
    *out = str_copy(s, r->arena);
    return OK;
}

static enum status check_keys(const json_t *object, const char *where, const char *const *known,
                              const struct reading *r)
{
    const char *key = NULL;
    json_t *value = NULL;

    json_object_foreach((json_t *)object, key, value)
    {
        bool is_known = false;

        for (size_t i = 0; known[i]; i++)
            is_known |= strcmp(key, known[i]) == 0;
        if (!is_known)
            return err_set(r->e, BAD_INPUT, "%s: %sunknown key \"%.40s\"; see lykta help encode", r->name,
                           where, key);
    }
    return OK;
}

static enum status read_head(struct schema *s, const json_t *root, const struct reading *r)
{
    const json_t *version = json_object_get(root, "lykta_schema");
    const json_t *profile = json_object_get(root, "profile");
    const json_t *noise = json_object_get(root, "noise_percent");
    struct str day;

    if (json_integer_value(version) != SCHEMA_VERSION)
        return fault(r, "lykta_schema", "1, the version of the schema");
    TRY(take_text(json_object_get(root, "project"), "project", &s->project, r));
    TRY(take_text(json_object_get(root, "round"), "round", &s->round, r));
    TRY(take_text(json_object_get(root, "as_of"), "as_of", &day, r));
    if (!date_from_str(day, &s->as_of))
        return fault(r, "as_of", "a day as 2026-11-24");
    const char *word = profile ? json_string_value(profile) : "grouped";
    if (!word || (strcmp(word, "grouped") != 0 && strcmp(word, "clk") != 0))
        return fault(r, "profile", "\"grouped\" or \"clk\"");
    s->profile = strcmp(word, "clk") == 0 ? PROFILE_CLK : PROFILE_GROUPED;
    if (noise && (!json_is_integer(noise) || json_integer_value(noise) < 0 || json_integer_value(noise) > 20))
        return fault(r, "noise_percent", "a whole number from 0 to 20");
    s->noise_percent = noise ? (int)json_integer_value(noise) : 5;
    return OK;
}

static enum status read_object(struct schema *s, const json_t *root, const struct reading *r)
{
    static const char *const keys[] = {"lykta_schema",  "project", "round",         "as_of",  "profile",
                                       "noise_percent", "fields",  "missing_words", "strata", NULL};

    if (!json_is_object(root))
        return fault(r, "the schema", "a JSON object");
    TRY(check_keys(root, "", keys, r));
    TRY(read_head(s, root, r));
    TRY(read_fields(s, json_object_get(root, "fields"), r));
    TRY(read_words(s, json_object_get(root, "missing_words"), r));
    return read_strata(s, json_object_get(root, "strata"), r);
}

static enum status read_columns(struct schema_field *f, const json_t *list, const char *where,
                                const struct reading *r)
{
    f->columns = json_array_size(list);
    if (f->columns == 0 || f->columns > SCHEMA_MAX_COLUMNS)
        return fault(r, where, "\"columns\": a list of 1 to 8 names of columns");
    for (size_t i = 0; i < f->columns; i++)
        TRY(take_text(json_array_get(list, i), where, &f->column[i], r));
    return OK;
}

static enum status read_field(struct schema_field *f, const json_t *object, const char *where,
                              const struct reading *r)
{
    static const char *const keys[] = {"kind", "columns", "order", "optional", NULL};
    const char *kind = json_string_value(json_object_get(object, "kind"));
    const json_t *order = json_object_get(object, "order");
    const json_t *optional = json_object_get(object, "optional");
    size_t k = 0;

    if (!json_is_object(object))
        return fault(r, where, "an object");
    TRY(check_keys(object, where, keys, r));
    while (kind && k < FIELD_KINDS && strcmp(kind, kinds[k].name) != 0)
        k++;
    if (!kind || k == FIELD_KINDS)
        return fault(r, where,
                     "\"kind\": name, birth_date, age, sex, personnummer, phone, place or other_id");
    f->kind = (enum field_kind)k;
    const char *word = order ? json_string_value(order) : "year first";
    if (!word || (strcmp(word, "year first") != 0 && strcmp(word, "day first") != 0))
        return fault(r, where, "\"order\": \"year first\" or \"day first\"");
    f->order = strcmp(word, "day first") == 0 ? BIRTH_DAY_FIRST : BIRTH_YEAR_FIRST;
    if (optional && !json_is_boolean(optional))
        return fault(r, where, "\"optional\": true or false");
    f->is_optional = json_is_true(optional);
    return read_columns(f, json_object_get(object, "columns"), where, r);
}

static enum status read_fields(struct schema *s, const json_t *list, const struct reading *r)
{
    s->fields = json_array_size(list);
    if (s->fields == 0 || s->fields > SCHEMA_MAX_FIELDS)
        return fault(r, "fields", "a list of 1 to 32 fields");
    for (size_t i = 0; i < s->fields; i++) {
        char where[40];

        snprintf(where, sizeof where, "fields[%zu]", i);
        TRY(read_field(&s->field[i], json_array_get(list, i), where, r));
    }
    return OK;
}

static enum status read_words(struct schema *s, const json_t *list, const struct reading *r)
{
    struct str word;

    s->words = json_array_size(list);
    if ((list && !json_is_array(list)) || s->words > SCHEMA_MAX_WORDS)
        return fault(r, "missing_words", "a list of at most 64 words");
    for (size_t i = 0; i < s->words; i++) {
        TRY(take_text(json_array_get(list, i), "missing_words", &word, r));
        s->word[i] = text_loose(word, r->arena);
    }
    return OK;
}

static enum status read_strata(struct schema *s, const json_t *list, const struct reading *r)
{
    if (list && !json_is_array(list))
        return fault(r, "strata", "a list of \"gender\" and \"age\"");
    for (size_t i = 0; i < json_array_size(list); i++) {
        const char *word = json_string_value(json_array_get(list, i));

        if (word && strcmp(word, "gender") == 0)
            s->gives_gender = true;
        else if (word && strcmp(word, "age") == 0)
            s->gives_age = true;
        else
            return fault(r, "strata", "\"gender\" or \"age\"");
    }
    return OK;
}

/* Does a field before field `i`, of the same kind, take `column` too? */
static bool is_named_before(const struct schema *s, size_t i, struct str column)
{
    for (size_t m = 0; m < i; m++)
        for (size_t k = 0; k < s->field[m].columns && s->field[m].kind == s->field[i].kind; k++)
            if (str_equal(s->field[m].column[k], column))
                return true;
    return false;
}

static enum status check_whole(const struct schema *s, const struct reading *r)
{
    bool has_name = schema_group_fields(s, GROUP_NAMES) > 0;
    bool has_other = schema_group_fields(s, GROUP_BIRTH) + schema_group_fields(s, GROUP_PLACE) > 0;

    if (!has_name || !has_other)
        return fault(r, "fields", "a name and at least one other field: one alone tells no persons apart");
    for (size_t i = 0; i < s->fields; i++)
        for (size_t k = 0; k < s->field[i].columns; k++)
            if (is_named_before(s, i, s->field[i].column[k]))
                return err_set(r->e, BAD_INPUT,
                               "%s: fields[%zu]: column \"%.*s\" is named twice for one kind", r->name, i,
                               STR(s->field[i].column[k]));
    return OK;
}

static void take_hash(struct schema *s, struct arena *a)
{
    struct text canonical = text_open(a);

    schema_json(&canonical, s);
    crypto_hash_sha256(s->hash, (const unsigned char *)canonical.p, canonical.n);
}
