/* Which files are taken as results. */
#include "results/results_file.h"

#include "base/arena.h"
#include "words/scanner.h"

#include <ctype.h>
#include <string.h>

enum { METHOD = 1 << RESULTS_METHOD, CODE = 1 << RESULTS_CODE };

typedef bool holds(struct str bytes, struct arena *a);

static bool is_pdf(struct str bytes, struct arena *a)
{
    (void)a;
    return str_starts(bytes, S("%PDF-"));
}

static bool is_zip(struct str bytes, struct arena *a)
{
    struct str *name = NULL;
    size_t n = 0;

    return results_zip_names(bytes, a, &name, &n);
}

static bool is_text(struct str bytes, struct arena *a)
{
    (void)a;
    for (size_t i = 0; i < bytes.n; i++) {
        unsigned char c = (unsigned char)bytes.p[i];

        if ((c < ' ' && c != '\t' && c != '\n' && c != '\r' && c != '\f') || c == 0x7f)
            return false;
    }
    return str_is_utf8(bytes);
}

static const struct kind {
    const char *ending, *type;
    int parts;
    holds *is_held;
} kinds[] = {
    {".pdf", "application/pdf", METHOD, is_pdf},
    {".md", "text/markdown; charset=utf-8", METHOD | CODE, is_text},
    {".txt", "text/plain; charset=utf-8", METHOD | CODE, is_text},
    {".zip", "application/zip", CODE, is_zip},
    {".r", "text/plain; charset=utf-8", CODE, is_text},
    {".py", "text/plain; charset=utf-8", CODE, is_text},
    {".jl", "text/plain; charset=utf-8", CODE, is_text},
    {".do", "text/plain; charset=utf-8", CODE, is_text},
    {".sas", "text/plain; charset=utf-8", CODE, is_text},
    {".stan", "text/plain; charset=utf-8", CODE, is_text},
    {".c", "text/plain; charset=utf-8", CODE, is_text},
};

/* Endings are compared without regard to case: "analys.R". */
static bool ends_so(struct str name, const char *ending)
{
    size_t n = strlen(ending);

    if (name.n <= n)
        return false;
    for (size_t i = 0; i < n; i++)
        if (tolower((unsigned char)name.p[name.n - n + i]) != ending[i])
            return false;
    return true;
}

static const struct kind *kind_of(struct str name)
{
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (ends_so(name, kinds[i].ending))
            return &kinds[i];
    return NULL;
}

static bool names_a_person(struct str text, struct arena *a)
{
    const struct scan found = scan_text(text, a);

    for (size_t i = 0; i < found.n; i++)
        if (found.span[i].kind == SCAN_IDENTITY_NUMBER)
            return true;
    return false;
}

enum results_fault results_file_judge(enum results_part part, struct str filename, struct str bytes,
                                      struct arena *a, struct results_file *out)
{
    const struct kind *kind = kind_of(filename);

    if (bytes.n > RESULTS_FILE_BYTES)
        return RESULTS_TOO_LARGE;
    if (!kind || !(kind->parts & (1 << part)))
        return RESULTS_WRONG_NAME;
    if (!kind->is_held(bytes, a))
        return RESULTS_OTHERWISE;
    if (kind->is_held == is_text && names_a_person(bytes, a))
        return RESULTS_PERSON;
    *out =
        (struct results_file){.name = str_of(arena_printf(a, "%s%s", results_part_name(part), kind->ending)),
                              .size = (int64_t)bytes.n,
                              .bytes = bytes};
    return RESULTS_FINE;
}

const char *results_part_name(enum results_part part)
{
    static const char *const names[RESULTS_PARTS] = {[RESULTS_METHOD] = "metod", [RESULTS_CODE] = "kod"};

    return names[part];
}

const char *results_part_code(enum results_part part)
{
    static const char *const codes[RESULTS_PARTS] = {[RESULTS_METHOD] = "method", [RESULTS_CODE] = "code"};

    return codes[part];
}

const char *results_file_type(struct str name)
{
    const struct kind *kind = kind_of(name);

    return kind ? kind->type : "application/octet-stream";
}
