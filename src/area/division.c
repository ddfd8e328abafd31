/* Divisions and their areas in the database. */
#include "area/division.h"

#include "base/arena.h"
#include "base/number.h"
#include "base/text.h"
#include "store/db.h"

#include <inttypes.h>
#include <math.h>

static enum status area_add(struct db *db, int64_t division, size_t position, const struct area *area,
                            struct err *e);

size_t areas_points(const struct areas *areas)
{
    size_t n = 0;

    for (size_t i = 0; i < areas->n; i++)
        for (size_t j = 0; j < areas->area[i].n; j++)
            n += areas->area[i].ring[j].n;
    return n;
}

static enum status row_add(struct db *db, struct division *division, int64_t now_at, struct err *e)
{
    static const char sql[] = "insert into area_division (name, column_code, source, added_at) "
                              "values ($1, $2, $3, $4) returning id";
    struct query q = db_query(db, sql);

    bind_str(&q, 1, division->name);
    bind_str(&q, 2, division->column);
    bind_str(&q, 3, division->source);
    bind_int(&q, 4, now_at);
    if (query_next(&q))
        division->id = query_int(&q, 0);
    return query_run(&q, e);
}

enum status division_add(struct db *db, struct division *division, const struct areas *areas,
                         const struct who *who, struct err *e)
{
    struct audit_line line = {.who = *who, .action = "area.add", .detail = division->name};

    TRY(db_change(db, e));
    enum status s = row_add(db, division, who->now_at, e);
    for (size_t i = 0; s == OK && i < areas->n; i++)
        s = area_add(db, division->id, i, &areas->area[i], e);
    line.subject = division->id;
    return db_change_end(db, s, &line, e);
}

static struct str shape_text(const struct area *area, struct arena *a)
{
    struct text t = text_open(a);

    for (size_t i = 0; i < area->n; i++) {
        if (i > 0)
            text_byte(&t, ';');
        for (size_t j = 0; j < area->ring[i].n; j++) {
            struct sweref p = area->ring[i].points[j];

            text_format(&t, "%s%lld %lld", j ? " " : "", llround(p.east), llround(p.north));
        }
    }
    return text_str(&t);
}

static enum status area_add(struct db *db, int64_t division, size_t position, const struct area *area,
                            struct err *e)
{
    static const char sql[] = "insert into area (division, position, code, name, shape, middle_e, "
                              "middle_n, radius) values ($1, $2, $3, $4, $5, $6, $7, $8)";
    struct arena *a = arena_open();
    struct query q = db_query(db, sql);

    bind_int(&q, 1, division);
    bind_int(&q, 2, (int64_t)position);
    bind_str(&q, 3, area->code);
    bind_str(&q, 4, area->name);
    bind_str(&q, 5, shape_text(area, a));
    bind_int(&q, 6, llround(area->circle.middle.east));
    bind_int(&q, 7, llround(area->circle.middle.north));
    bind_int(&q, 8, llround(area->circle.radius));
    enum status s = query_run(&q, e);
    arena_close(a);
    return s;
}

/* The columns id, name, column_code, source, added_at and how many areas. */
static struct division division_of(const struct query *q, struct arena *a)
{
    return (struct division){.id = query_int(q, 0),
                             .name = query_str(q, 1, a),
                             .column = query_str(q, 2, a),
                             .source = query_str(q, 3, a),
                             .added_at = query_int(q, 4),
                             .areas = query_int(q, 5)};
}

#define DIVISION_COLUMNS                                                                                     \
    "select id, name, column_code, source, added_at, (select count(*) from area where division = d.id) "     \
    "from area_division as d where removed_at is null "

enum status division_list(struct db *db, struct arena *a, struct divisions *out, struct err *e)
{
    static const char sql[] = DIVISION_COLUMNS "order by id desc";
    struct query q = db_query(db, sql);
    size_t room = 0;

    *out = (struct divisions){0};
    while (query_next(&q)) {
        out->division = arena_grow(a, out->division, out->n + 1, &room, sizeof *out->division);
        out->division[out->n++] = division_of(&q, a);
    }
    return query_end(&q, e);
}

enum status division_find(struct db *db, int64_t id, struct arena *a, struct division *out, struct err *e)
{
    static const char sql[] = DIVISION_COLUMNS "and id = $1";
    struct query q = db_query(db, sql);

    bind_int(&q, 1, id);
    bool is_there = query_next(&q);
    if (is_there)
        *out = division_of(&q, a);
    TRY(query_end(&q, e));
    return is_there ? OK : err_set(e, REFUSED, "areas %" PRId64 ": there are none with this number", id);
}

/* The next number of `*rest`, parted by blanks; the database only holds what shape_text wrote. */
static double next_metres(struct str *rest)
{
    struct str number;
    int64_t value = 0;

    str_cut(*rest, ' ', &number, rest);
    i64_from_str(number, INT32_MIN, INT32_MAX, &value);
    return (double)value;
}

static struct chart_ring ring_of(struct str text, struct arena *a)
{
    struct sweref *points = NULL;
    size_t room = 0;
    size_t n = 0;

    while (text.n > 0) {
        points = arena_grow(a, points, n + 1, &room, sizeof *points);
        points[n].east = next_metres(&text);
        points[n++].north = next_metres(&text);
    }
    return (struct chart_ring){points, n};
}

static void shape_read(struct str shape, struct arena *a, struct area *out)
{
    size_t room = 0;
    struct str ring;

    while (shape.n > 0) {
        str_cut(shape, ';', &ring, &shape);
        out->ring = arena_grow(a, out->ring, out->n + 1, &room, sizeof *out->ring);
        out->ring[out->n++] = ring_of(ring, a);
    }
}

enum status division_areas(struct db *db, int64_t id, struct arena *a, struct areas *out, struct err *e)
{
    static const char sql[] = "select code, name, shape, middle_e, middle_n, radius from area "
                              "where division = $1 order by position";
    struct query q = db_query(db, sql);
    size_t room = 0;

    *out = (struct areas){0};
    bind_int(&q, 1, id);
    while (query_next(&q)) {
        out->area = arena_grow(a, out->area, out->n + 1, &room, sizeof *out->area);
        struct area *area = &out->area[out->n++];

        *area = (struct area){.code = query_str(&q, 0, a),
                              .name = query_str(&q, 1, a),
                              .circle = {.middle = {(double)query_int(&q, 3), (double)query_int(&q, 4)},
                                         .radius = (double)query_int(&q, 5)}};
        shape_read(query_str(&q, 2, a), a, area);
    }
    return query_end(&q, e);
}

enum status division_remove(struct db *db, int64_t id, const struct who *who, struct err *e)
{
    static const char sql[] = "update area_division set removed_at = $2 where id = $1";
    struct audit_line line = {.who = *who, .action = "area.remove", .subject = id};
    struct arena *a = arena_open();
    struct division division;
    enum status s = db_change(db, e);

    if (s == OK) {
        s = division_find(db, id, a, &division, e);
        if (s == OK) {
            struct query q = db_query(db, sql);

            bind_int(&q, 1, id);
            bind_int(&q, 2, who->now_at);
            s = query_run(&q, e);
            line.detail = division.name;
        }
        s = db_change_end(db, s, &line, e);
    }
    arena_close(a);
    return s;
}

enum status division_version(struct db *db, int64_t *out, struct err *e)
{
    static const char sql[] = "select count(*) + count(removed_at) from area_division";
    struct query q = db_query(db, sql);

    if (query_next(&q))
        *out = query_int(&q, 0);
    return query_end(&q, e);
}
