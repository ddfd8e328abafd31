/* What mappings begin from. */
#include "mapping/specification.h"

#include "base/arena.h"
#include "base/csv.h"
#include "base/text.h"
#include "store/audit.h"
#include "store/db.h"

#include <string.h>

enum status mapping_specification_names(struct mapping_specification *x, const char *file, struct str bytes,
                                        struct arena *a, struct err *e)
{
    struct csv in;
    bool has_row = false;
    size_t room = 0;

    x->names = 0;
    x->name = NULL;
    TRY(csv_open(&in, file, bytes, a, e));
    if (in.n != 3 || csv_column(&in, "code") != 0 || csv_column(&in, "sv") != 1 || csv_column(&in, "en") != 2)
        return err_set(e, BAD_INPUT, "%s:1:1: expected the header code,sv,en: areas are each city's own",
                       file);
    TRY(csv_next(&in, &has_row, e));
    while (has_row) {
        if (x->names == SPECIFICATION_MOST_NAMES)
            return csv_fault(e, &in, 0, "expected %d names at most", (int)SPECIFICATION_MOST_NAMES);
        x->name = arena_grow(a, x->name, x->names + 1, &room, sizeof *x->name);
        x->name[x->names++] =
            (struct label){str_copy(in.fields[0], a), str_copy(in.fields[1], a), str_copy(in.fields[2], a)};
        TRY(csv_next(&in, &has_row, e));
    }
    return OK;
}

void mapping_specification_csv(const struct mapping_specification *x, struct text *out)
{
    text_lit(out, "code,sv,en\n");
    for (size_t i = 0; i < x->names; i++) {
        csv_put(out, x->name[i].code, ',');
        text_byte(out, ',');
        csv_put(out, x->name[i].sv, ',');
        text_byte(out, ',');
        csv_put(out, x->name[i].en, ',');
        text_byte(out, '\n');
    }
}

static bool is_line(struct str s, size_t most)
{
    for (size_t i = 0; i < s.n; i++)
        if ((unsigned char)s.p[i] < ' ')
            return false;
    return str_is_utf8(s) && str_letters(s) <= most;
}

static enum status check_line(const char *what, struct str s, bool may_be_empty, struct err *e)
{
    if (is_line(s, SPECIFICATION_LINE_LETTERS) && (may_be_empty || str_trim(s).n > 0))
        return OK;
    return err_set(e, BAD_INPUT, "%s: expected a text on one line, of %d letters at most%s", what,
                   (int)SPECIFICATION_LINE_LETTERS, may_be_empty ? "" : ", and one that is not empty");
}

/* A spreadsheet would take it for a formula; in CSV it would come back with an apostrophe. */
static bool is_formula(struct str s)
{
    return s.n > 0 && strchr("=+-@", s.p[0]) != NULL;
}

static bool is_name(struct str s)
{
    return is_line(s, SPECIFICATION_NAME_LETTERS) && str_trim(s).n > 0 && !is_formula(s);
}

/* "LA", or "gender=woman". */
static bool is_code(struct str code)
{
    struct str column;
    struct str category;

    if (code.n > MAPPING_MAX_CODE_BYTES * 2)
        return false;
    if (!str_cut(code, '=', &column, &category))
        return mapping_is_code(code);
    return mapping_is_code(column) && mapping_is_code(category);
}

static enum status check_name(const struct mapping_specification *x, size_t i, struct err *e)
{
    const struct label *name = &x->name[i];

    if (!is_code(name->code))
        return err_set(e, BAD_INPUT, "the names: \"%.*s\" is no code: LIST, COLUMN or COLUMN=CATEGORY",
                       STR(str_part(name->code, 0, 60)));
    if (is_formula(name->code) || !is_name(name->sv) || !is_name(name->en))
        return err_set(
            e, BAD_INPUT,
            "the names: \"%.*s\" needs a name in Swedish and in English, on one line, of %d letters at "
            "most, which begins with none of = + - @",
            STR(name->code), (int)SPECIFICATION_NAME_LETTERS);
    for (size_t k = 0; k < i; k++)
        if (str_equal(x->name[k].code, name->code))
            return err_set(e, BAD_INPUT, "the names: \"%.*s\" stands twice", STR(name->code));
    return OK;
}

enum status mapping_specification_check(const struct mapping_specification *x, struct err *e)
{
    TRY(check_line("who is counted, in Swedish", x->people_sv, false, e));
    TRY(check_line("who is counted, in English", x->people_en, false, e));
    TRY(check_line("whose lists, in Swedish", x->source_sv, true, e));
    TRY(check_line("whose lists, in English", x->source_en, true, e));
    if (str_trim(x->words).n == 0 || !str_is_utf8(x->words) || str_letters(x->words) > SPECIFICATION_LETTERS)
        return err_set(e, BAD_INPUT, "the specification: expected a text of %d letters at most",
                       (int)SPECIFICATION_LETTERS);
    if (x->names > SPECIFICATION_MOST_NAMES)
        return err_set(e, BAD_INPUT, "the names: expected %d at most", (int)SPECIFICATION_MOST_NAMES);
    for (size_t i = 0; i < x->names; i++)
        TRY(check_name(x, i, e));
    return OK;
}

static enum status put(struct db *db, const struct mapping_specification *x, struct str names, struct err *e)
{
    static const char sql[] =
        "insert into mapping_specification (id, people_sv, people_en, source_sv, source_en, words, names) "
        "values (1, $1, $2, $3, $4, $5, $6) on conflict (id) do update set people_sv = excluded.people_sv, "
        "people_en = excluded.people_en, source_sv = excluded.source_sv, source_en = excluded.source_en, "
        "words = excluded.words, names = excluded.names";
    struct query q = db_query(db, sql);

    bind_str(&q, 1, x->people_sv);
    bind_str(&q, 2, x->people_en);
    bind_str(&q, 3, x->source_sv);
    bind_str(&q, 4, x->source_en);
    bind_str(&q, 5, x->words);
    bind_str(&q, 6, names);
    return query_run(&q, e);
}

enum status mapping_specification_set(struct db *db, const struct mapping_specification *x,
                                      const struct who *who, struct err *e)
{
    const struct audit_line line = {.who = *who, .action = "mapping.specification", .subject = 1};

    TRY(mapping_specification_check(x, e));
    TRY(db_change(db, e));
    struct arena *a = arena_open();
    struct text names = text_open(a);
    mapping_specification_csv(x, &names);
    enum status s = put(db, x, text_str(&names), e);
    arena_close(a);
    return db_change_end(db, s, &line, e);
}

enum status mapping_specification_read(struct db *db, struct arena *a, struct mapping_specification *out,
                                       bool *is_there, struct err *e)
{
    static const char sql[] = "select people_sv, people_en, source_sv, source_en, words, names "
                              "from mapping_specification where id = 1";
    struct query q = db_query(db, sql);
    struct str names = S("");

    *out = (struct mapping_specification){0};
    *is_there = query_next(&q);
    if (*is_there) {
        *out = (struct mapping_specification){.people_sv = query_str(&q, 0, a),
                                              .people_en = query_str(&q, 1, a),
                                              .source_sv = query_str(&q, 2, a),
                                              .source_en = query_str(&q, 3, a),
                                              .words = query_str(&q, 4, a)};
        names = query_str(&q, 5, a);
    }
    TRY(query_end(&q, e));
    return *is_there ? mapping_specification_names(out, "the specification's names", names, a, e) : OK;
}
