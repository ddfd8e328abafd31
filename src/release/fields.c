/* Facts out of a JSON file from outside. */
#include "release/fields.h"

#include "base/arena.h"

#include <jansson.h>

static const json_t *get(struct fields f, const char *key);
static const json_t *item(struct fields f, const char *key, size_t i);
static struct str str_in(struct fields f, const char *key, const json_t *value);
static int64_t int_in(struct fields f, const char *key, const json_t *value, int64_t lo, int64_t hi);

struct fields fields_open(struct fields_file *file, const char *name, struct str bytes, struct arena *a)
{
    json_error_t fault;

    *file = (struct fields_file){.name = name, .arena = a};
    file->root = json_loadb(bytes.p, bytes.n, JSON_REJECT_DUPLICATES, &fault);
    if (!json_is_object((json_t *)file->root))
        err_set(&file->fault, BAD_INPUT, "%s:%d:%d: is not the JSON object it should be: %s", name,
                file->root ? 1 : fault.line, file->root ? 1 : fault.column,
                file->root ? "another value" : fault.text);
    return (struct fields){file, file->root};
}

enum status fields_close(struct fields_file *file, struct err *e)
{
    json_decref(file->root);
    file->root = NULL;
    if (file->fault.status != OK)
        *e = file->fault;
    return file->fault.status;
}

void fields_fault(struct fields f, const char *key, const char *expected)
{
    if (f.file->fault.status == OK)
        err_set(&f.file->fault, BAD_INPUT, "%s: \"%s\": expected %s", f.file->name, key, expected);
}

struct str fields_str(struct fields f, const char *key)
{
    return str_in(f, key, get(f, key));
}

int64_t fields_int(struct fields f, const char *key, int64_t lo, int64_t hi)
{
    return int_in(f, key, get(f, key), lo, hi);
}

double fields_real(struct fields f, const char *key)
{
    const json_t *value = get(f, key);

    if (!json_is_number(value))
        fields_fault(f, key, "a number");
    return json_number_value(value);
}

bool fields_bool(struct fields f, const char *key)
{
    const json_t *value = get(f, key);

    if (!json_is_boolean(value))
        fields_fault(f, key, "true or false");
    return json_is_true(value);
}

struct fields fields_object(struct fields f, const char *key)
{
    const json_t *value = get(f, key);

    if (!json_is_object(value))
        fields_fault(f, key, "an object");
    return (struct fields){f.file, json_object_get(f.value, key)};
}

bool fields_is_null(struct fields f, const char *key)
{
    return json_is_null(get(f, key));
}

bool fields_has(struct fields f, const char *key)
{
    return get(f, key) != NULL;
}

int64_t fields_int_or(struct fields f, const char *key, int64_t lo, int64_t hi, int64_t otherwise)
{
    return fields_is_null(f, key) ? otherwise : fields_int(f, key, lo, hi);
}

size_t fields_count(struct fields f, const char *key, size_t most)
{
    const json_t *value = get(f, key);

    if (!json_is_array(value) || json_array_size(value) > most) {
        fields_fault(f, key, "a list that is not too long");
        return 0;
    }
    return json_array_size(value);
}

struct fields fields_item(struct fields f, const char *key, size_t i)
{
    const json_t *value = item(f, key, i);

    if (!json_is_object(value))
        fields_fault(f, key, "a list of objects");
    return (struct fields){f.file, json_array_get(json_object_get(f.value, key), i)};
}

struct str fields_item_str(struct fields f, const char *key, size_t i)
{
    return str_in(f, key, item(f, key, i));
}

int64_t fields_item_int(struct fields f, const char *key, size_t i, int64_t lo, int64_t hi)
{
    return int_in(f, key, item(f, key, i), lo, hi);
}

int64_t fields_item_int_or(struct fields f, const char *key, size_t i, int64_t otherwise)
{
    const json_t *value = item(f, key, i);

    return json_is_null(value) ? otherwise : int_in(f, key, value, 0, INT64_MAX);
}

static const json_t *get(struct fields f, const char *key)
{
    return json_object_get(f.value, key);
}

static const json_t *item(struct fields f, const char *key, size_t i)
{
    return json_array_get(json_object_get(f.value, key), i);
}

static struct str str_in(struct fields f, const char *key, const json_t *value)
{
    if (!json_is_string(value)) {
        fields_fault(f, key, "text");
        return S("");
    }
    return str_copy((struct str){json_string_value(value), json_string_length(value)}, f.file->arena);
}

static int64_t int_in(struct fields f, const char *key, const json_t *value, int64_t lo, int64_t hi)
{
    json_int_t number = json_integer_value(value);

    if (json_is_integer(value) && number >= lo && number <= hi)
        return number;
    fields_fault(f, key, "a whole number within its bounds");
    return lo;
}
