/* The release that waits to be approved. */
#include "publishing/round_draft.h"

#include "base/arena.h"
#include "mapping/mapping.h"
#include "release/bundle.h"
#include "release/release.h"
#include "release/release_files.h"
#include "store/db.h"

#include <inttypes.h>

#define MANIFEST S("manifest.json")

static enum status delete_old(struct db *db, int64_t id, struct err *e)
{
    static const char files[] = "delete from mapping_round_draft where round = $1";
    static const char audits[] = "delete from mapping_round_audit where round = $1";
    struct query q = db_query(db, files);

    bind_int(&q, 1, id);
    TRY(query_run(&q, e));
    q = db_query(db, audits);
    bind_int(&q, 1, id);
    return query_run(&q, e);
}

static enum status file_add(struct db *db, int64_t id, struct str name, struct str bytes, struct err *e)
{
    static const char sql[] = "insert into mapping_round_draft (round, name, bytes) values ($1, $2, $3)";
    struct query q = db_query(db, sql);

    bind_int(&q, 1, id);
    bind_str(&q, 2, name);
    bind_blob(&q, 3, bytes);
    return query_run(&q, e);
}

static enum status audit_add(struct db *db, int64_t id, size_t position, const struct round_audit *audit,
                             struct err *e)
{
    static const char sql[] =
        "insert into mapping_round_audit (round, position, release, is_same_people, figures, exposed, "
        "narrowest) values ($1, $2, $3, $4, $5, $6, $7)";
    struct query q = db_query(db, sql);

    bind_int(&q, 1, id);
    bind_int(&q, 2, (int64_t)position);
    bind_str(&q, 3, audit->release);
    bind_int(&q, 4, audit->is_same_people);
    bind_int(&q, 5, audit->figures);
    bind_int(&q, 6, audit->exposed);
    bind_int(&q, 7, audit->narrowest);
    return query_run(&q, e);
}

enum status round_draft_keep(struct db *db, int64_t id, const struct release *draft,
                             const struct round_audit *audit, size_t n, struct err *e)
{
    struct arena *a = arena_open();
    struct bundle *b = arena_new(a, 1, struct bundle);
    enum status s = delete_old(db, id, e);

    release_files(draft, a, b);
    if (s == OK)
        s = file_add(db, id, MANIFEST, b->manifest, e);
    for (size_t i = 0; s == OK && i < b->files; i++)
        s = file_add(db, id, b->file[i].name, b->file[i].bytes, e);
    for (size_t i = 0; s == OK && i < n; i++)
        s = audit_add(db, id, i, &audit[i], e);
    arena_close(a);
    return s;
}

enum status round_draft_read(struct db *db, int64_t id, struct arena *a, struct release *out, struct err *e)
{
    static const char sql[] = "select name, bytes from mapping_round_draft where round = $1 order by name";
    struct bundle *b = arena_new(a, 1, struct bundle);
    struct query q = db_query(db, sql);

    bind_int(&q, 1, id);
    while (query_next(&q)) {
        struct str name = query_str(&q, 0, a);

        if (str_equal(name, MANIFEST))
            b->manifest = query_blob(&q, 1, a);
        else if (b->files < BUNDLE_MAX_FILES)
            bundle_add(b, arena_cstr(a, name.p, name.n), query_blob(&q, 1, a));
    }
    TRY(query_end(&q, e));
    if (b->manifest.n == 0)
        return err_set(e, REFUSED, "mapping under way %" PRId64 ": nothing is worked out yet", id);
    return release_from_files(b, a, out, e);
}

enum status round_audits(struct db *db, int64_t id, struct arena *a, struct round_audit **out, size_t *n,
                         struct err *e)
{
    static const char sql[] = "select release, is_same_people, figures, exposed, narrowest "
                              "from mapping_round_audit where round = $1 order by position";
    struct round_audit *rows = NULL;
    struct query q = db_query(db, sql);
    size_t room = 0;
    size_t found = 0;

    bind_int(&q, 1, id);
    while (query_next(&q)) {
        rows = arena_grow(a, rows, found + 1, &room, sizeof *rows);
        rows[found++] = (struct round_audit){.release = query_str(&q, 0, a),
                                             .is_same_people = query_int(&q, 1) != 0,
                                             .figures = query_int(&q, 2),
                                             .exposed = query_int(&q, 3),
                                             .narrowest = query_int(&q, 4)};
    }
    *out = rows;
    *n = found;
    return query_end(&q, e);
}

/* Tables of a release that are not of one column of categories. */
static bool is_of_lists(struct str code)
{
    return str_is(code, "lists") || str_is(code, "overlap") || str_is(code, "number");
}

void round_draft_mapping(const struct release *draft, struct mapping *out)
{
    *out = draft->mapping;
    out->dimensions = 0;
    for (size_t t = 0; t < draft->tables && out->dimensions < COUNTS_MAX_STRATA; t++) {
        const struct release_table *table = &draft->table[t];
        struct mapping_dimension *d = &out->dimension[out->dimensions];

        if (is_of_lists(table->label.code))
            continue;
        d->label = table->label;
        for (d->n = 0; d->n < table->n && d->n < MAPPING_MAX_CATEGORIES; d->n++)
            d->category[d->n] = table->row[d->n].label;
        out->dimensions++;
    }
}
