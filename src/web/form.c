/* What a form or a query string holds. */
#include "web/form.h"

#include "base/arena.h"
#include "base/number.h"
#include "web/percent.h"

static enum status decode(struct str encoded, struct arena *a, struct str *out, struct err *e);

enum status form_parse(struct str bytes, struct arena *a, struct form *out, struct err *e)
{
    struct form form = {0};
    struct str rest = bytes;
    struct str pair;
    size_t room = 0;

    while (rest.n > 0) {
        struct str name;
        struct str value;
        str_cut(rest, '&', &pair, &rest);
        if (pair.n == 0)
            continue;
        if (form.n == FORM_MAX_FIELDS)
            return err_set(e, BAD_INPUT, "the form has more than %d fields", (int)FORM_MAX_FIELDS);
        str_cut(pair, '=', &name, &value);
        form.fields = arena_grow(a, form.fields, form.n + 1, &room, sizeof *form.fields);
        TRY(decode(name, a, &form.fields[form.n].name, e));
        TRY(decode(value, a, &form.fields[form.n].value, e));
        form.n++;
    }
    *out = form;
    return OK;
}

/* Browsers end lines with CR LF; one kind of line end is enough for all that follows. */
static bool normalise_lines(char *p, size_t *n)
{
    size_t kept = 0;

    for (size_t i = 0; i < *n; i++) {
        char c = p[i];
        if (c == '\r' && i + 1 < *n && p[i + 1] == '\n')
            continue;
        if (c == '\r')
            c = '\n';
        if ((unsigned char)c < ' ' && c != '\n' && c != '\t')
            return false;
        p[kept++] = c;
    }
    *n = kept;
    return true;
}

static enum status decode(struct str encoded, struct arena *a, struct str *out, struct err *e)
{
    char *spaced = arena_cstr(a, encoded.p, encoded.n);
    struct str decoded;

    for (size_t i = 0; i < encoded.n; i++)
        if (spaced[i] == '+')
            spaced[i] = ' ';
    if (!percent_decode((struct str){spaced, encoded.n}, a, &decoded))
        return err_set(e, BAD_INPUT, "a field of the form is not percent-encoded UTF-8");
    return form_text(decoded, a, out, e);
}

enum status form_text(struct str typed, struct arena *a, struct str *out, struct err *e)
{
    char *text = arena_cstr(a, typed.p, typed.n);
    size_t n = typed.n;

    if (!str_is_utf8(typed))
        return err_set(e, BAD_INPUT, "a field of the form is not UTF-8");
    if (!normalise_lines(text, &n))
        return err_set(e, BAD_INPUT, "a field of the form holds a control character");
    *out = (struct str){text, n};
    return OK;
}

static const struct form_field *find_field(const struct form *f, const char *name)
{
    for (size_t i = 0; i < f->n; i++)
        if (str_is(f->fields[i].name, name))
            return &f->fields[i];
    return NULL;
}

struct str form_value(const struct form *f, const char *name)
{
    const struct form_field *field = find_field(f, name);

    return field ? str_trim(field->value) : (struct str){NULL, 0};
}

struct str form_raw(const struct form *f, const char *name)
{
    const struct form_field *field = find_field(f, name);

    return field ? field->value : (struct str){NULL, 0};
}

bool form_has(const struct form *f, const char *name)
{
    return find_field(f, name) != NULL;
}

bool form_i64(const struct form *f, const char *name, int64_t lo, int64_t hi, int64_t *out)
{
    return i64_from_str(form_value(f, name), lo, hi, out);
}
