/* Forms with files: multipart/form-data (RFC 7578), divided as RFC 2046, section 5.1 says. */
#include "web/form.h"

#include "base/arena.h"

#include <string.h>
#include <strings.h>

enum { BOUNDARY_MAX_BYTES = 70, HEAD_MAX_BYTES = 4096 };

static bool find_boundary(struct str content_type, struct arena *a, struct str *out);
/* A form being read. */
struct reading {
    struct form form;
    size_t files_most;
    size_t fields_room, files_room;
    struct arena *arena;
};

static enum status read_part(struct reading *x, struct str head, struct str body, struct err *e);

bool form_is_multipart(struct str content_type)
{
    static const struct str type = {"multipart/form-data", 19};

    return content_type.n >= type.n && strncasecmp(content_type.p, type.p, type.n) == 0;
}

/* Cuts `s` at the first `mark`; false, and *before = s, when there is none. */
static bool cut_at(struct str s, struct str mark, struct str *before, struct str *after)
{
    const char *found = s.n > 0 ? memmem(s.p, s.n, mark.p, mark.n) : NULL;

    if (!found) {
        *before = s;
        *after = S("");
        return false;
    }
    *before = (struct str){s.p, (size_t)(found - s.p)};
    *after = str_part(s, before->n + mark.n, s.n);
    return true;
}

enum status form_parse_multipart(struct str content_type, struct str bytes, size_t files_most,
                                 struct arena *a, struct form *out, struct err *e)
{
    struct reading x = {.files_most = files_most, .arena = a};
    struct str mark; /* CR LF, two hyphens, the boundary */
    struct str part;
    struct str head;
    struct str body;

    if (!find_boundary(content_type, a, &mark))
        return err_set(e, BAD_INPUT, "the form does not say how its parts are divided");
    /* Only the first mark has no line end before it. */
    struct str first = str_part(mark, 2, mark.n);
    if (!str_starts(bytes, first))
        return err_set(e, BAD_INPUT, "the form does not begin with its first part");
    bytes = str_part(bytes, first.n, bytes.n);
    while (!str_starts(bytes, S("--"))) {
        if (!str_starts(bytes, S("\r\n")) || !cut_at(str_part(bytes, 2, bytes.n), mark, &part, &bytes))
            return err_set(e, BAD_INPUT, "a part of the form does not end");
        if (!cut_at(part, S("\r\n\r\n"), &head, &body) || head.n > HEAD_MAX_BYTES)
            return err_set(e, BAD_INPUT, "a part of the form has no head, or one that is too long");
        TRY(read_part(&x, head, body, e));
    }
    *out = x.form;
    return OK;
}

/* The value of `name` in a header's parameters, `; name="value"` or `; name=value`; false when it is not
 * there. Browsers write %22 for a quote in a value (HTML Standard, "multipart form data"). */
static bool find_parameter(struct str header, const char *name, struct str *out)
{
    struct str before;
    struct str rest;
    struct str key;

    for (str_cut(header, ';', &before, &rest); rest.n > 0;) {
        if (!str_cut(str_trim(rest), '=', &key, &rest))
            return false;
        bool is_quoted = str_starts(rest, S("\""));
        bool is_closed =
            str_cut(is_quoted ? str_part(rest, 1, rest.n) : rest, is_quoted ? '"' : ';', out, &rest);
        if (is_quoted && !is_closed)
            return false;
        if (key.n == strlen(name) && strncasecmp(key.p, name, key.n) == 0)
            return true;
        if (is_quoted)
            str_cut(rest, ';', &before, &rest);
    }
    return false;
}

static bool find_boundary(struct str content_type, struct arena *a, struct str *out)
{
    struct str boundary;

    if (!form_is_multipart(content_type) || !find_parameter(content_type, "boundary", &boundary))
        return false;
    boundary = str_trim(boundary);
    if (boundary.n == 0 || boundary.n > BOUNDARY_MAX_BYTES)
        return false;
    *out = str_of(arena_printf(a, "\r\n--%.*s", STR(boundary)));
    return true;
}

/* The value of the header `name` among the lines of `head`; empty when it is not there. */
static struct str header_of(struct str head, const char *name)
{
    struct str line;
    struct str key;
    struct str value;

    while (head.n > 0) {
        cut_at(head, S("\r\n"), &line, &head);
        if (str_cut(line, ':', &key, &value) && key.n == strlen(name) && strncasecmp(key.p, name, key.n) == 0)
            return str_trim(value);
    }
    return S("");
}

/* The last piece of what may be a path on the sender's machine. */
static struct str without_folders(struct str filename)
{
    for (size_t i = filename.n; i > 0; i--)
        if (filename.p[i - 1] == '/' || filename.p[i - 1] == '\\')
            return str_part(filename, i, filename.n);
    return filename;
}

static enum status add_file(struct reading *x, struct str name, struct str filename, struct str body,
                            struct err *e)
{
    struct form *form = &x->form;
    struct form_file file = {.bytes = body};

    if (filename.n == 0 && body.n == 0)
        return OK;
    if (form->files == x->files_most)
        return err_set(e, REFUSED, "the form has more than %zu files", x->files_most);
    TRY(form_text(name, x->arena, &file.name, e));
    TRY(form_text(str_part(without_folders(filename), 0, FORM_FILENAME_MAX_BYTES), x->arena, &file.filename,
                  e));
    form->file = arena_grow(x->arena, form->file, form->files + 1, &x->files_room, sizeof file);
    form->file[form->files++] = file;
    return OK;
}

static enum status read_part(struct reading *x, struct str head, struct str body, struct err *e)
{
    struct form *form = &x->form;
    struct str disposition = header_of(head, "Content-Disposition");
    struct form_field field;
    struct str filename;
    struct str name;

    if (!str_starts(disposition, S("form-data")) || !find_parameter(disposition, "name", &name))
        return err_set(e, BAD_INPUT, "a part of the form has no name");
    if (find_parameter(disposition, "filename", &filename))
        return add_file(x, name, filename, body, e);
    if (form->n == FORM_MAX_FIELDS)
        return err_set(e, BAD_INPUT, "the form has more than %d fields", (int)FORM_MAX_FIELDS);
    TRY(form_text(name, x->arena, &field.name, e));
    TRY(form_text(body, x->arena, &field.value, e));
    form->fields = arena_grow(x->arena, form->fields, form->n + 1, &x->fields_room, sizeof field);
    form->fields[form->n++] = field;
    return OK;
}

const struct form_file *form_file(const struct form *f, const char *name)
{
    for (size_t i = 0; i < f->files; i++)
        if (str_is(f->file[i].name, name))
            return &f->file[i];
    return NULL;
}
