/* Writing JSON (RFC 8259). */
#include "base/json.h"

#include "base/err.h"
#include "base/number.h"

#include <math.h>

static void begin_item(struct json *j, const char *key);
static void open_level(struct json *j, const char *key, char bracket, bool is_flat);
static void close_level(struct json *j, char bracket);
static void put_escaped(struct text *out, struct str s);

struct json json_open(struct text *out)
{
    return (struct json){.out = out};
}

struct json json_open_in_array(struct text *out)
{
    return (struct json){.out = out, .depth = 1, .has_item = {true, true}};
}

void json_object_begin(struct json *j, const char *key)
{
    open_level(j, key, '{', false);
}

void json_object_flat(struct json *j, const char *key)
{
    open_level(j, key, '{', true);
}

void json_object_end(struct json *j)
{
    close_level(j, '}');
}

void json_array_begin(struct json *j, const char *key)
{
    open_level(j, key, '[', false);
}

void json_array_flat(struct json *j, const char *key)
{
    open_level(j, key, '[', true);
}

void json_array_end(struct json *j)
{
    close_level(j, ']');
}

void json_str(struct json *j, const char *key, struct str value)
{
    begin_item(j, key);
    put_escaped(j->out, value);
}

void json_i64(struct json *j, const char *key, int64_t value)
{
    begin_item(j, key);
    text_i64(j->out, value);
}

void json_f64(struct json *j, const char *key, double value)
{
    char digits[32];

    if (!isfinite(value)) {
        json_nothing(j, key);
        return;
    }
    begin_item(j, key);
    text_add(j->out, (struct str){digits, f64_to_text(value, digits)});
}

void json_bool(struct json *j, const char *key, bool value)
{
    begin_item(j, key);
    text_add(j->out, value ? S("true") : S("false"));
}

void json_nothing(struct json *j, const char *key)
{
    begin_item(j, key);
    text_lit(j->out, "null");
}

static void new_line(struct json *j)
{
    static const char indented[] = "\n                                ";
    _Static_assert(sizeof indented == 2 + 2 * JSON_MAX_DEPTH, "two spaces a level");

    text_add(j->out, (struct str){indented, 1 + 2 * (size_t)j->depth});
}

static void begin_item(struct json *j, const char *key)
{
    bool is_first = !j->has_item[j->depth];

    j->has_item[j->depth] = true;
    if (!is_first)
        text_byte(j->out, ',');
    if (j->depth > 0 && !j->is_flat[j->depth])
        new_line(j);
    else if (!is_first)
        text_byte(j->out, ' ');
    if (key) {
        put_escaped(j->out, str_of(key));
        text_lit(j->out, ": ");
    }
}

static void open_level(struct json *j, const char *key, char bracket, bool is_flat)
{
    begin_item(j, key);
    text_byte(j->out, bracket);
    if (j->depth + 1 >= JSON_MAX_DEPTH)
        die("JSON nested deeper than %d", JSON_MAX_DEPTH);
    j->depth++;
    j->has_item[j->depth] = false;
    j->is_flat[j->depth] = is_flat || j->is_flat[j->depth - 1];
}

static void close_level(struct json *j, char bracket)
{
    bool had_items = j->has_item[j->depth];
    bool was_flat = j->is_flat[j->depth];

    j->depth--;
    if (had_items && !was_flat)
        new_line(j);
    text_byte(j->out, bracket);
    if (j->depth == 0)
        text_byte(j->out, '\n');
}

static void put_escape(struct text *out, unsigned char c)
{
    if (c == '\n')
        text_lit(out, "\\n");
    else if (c < 0x20)
        text_format(out, "\\u%04x", c);
    else
        text_add(out, (struct str){(const char[]){'\\', (char)c}, 2});
}

/* What needs no escape is copied in one piece. */
static void put_escaped(struct text *out, struct str s)
{
    size_t copied = 0;

    text_byte(out, '"');
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];

        if (c >= 0x20 && c != '"' && c != '\\')
            continue;
        text_add(out, (struct str){s.p + copied, i - copied});
        put_escape(out, c);
        copied = i + 1;
    }
    if (copied < s.n)
        text_add(out, (struct str){s.p + copied, s.n - copied});
    text_byte(out, '"');
}
