/* The register of public records. */
#include "observation/register.h"

#include "base/arena.h"
#include "base/csv.h"
#include "store/db.h"

/* The rows of a query for the columns below. */
#define REGISTER_COLUMNS "year, number, observation, received_on, sender, decision, decided_on, disposed_on "

static enum status entries_of(struct query *q, struct arena *a, struct register_entries *out, struct err *e)
{
    size_t room = 0;

    *out = (struct register_entries){0};
    while (query_next(q)) {
        out->entry = arena_grow(a, out->entry, out->n + 1, &room, sizeof *out->entry);
        out->entry[out->n++] = (struct register_entry){.year = query_int(q, 0),
                                                       .number = query_int(q, 1),
                                                       .observation = query_int(q, 2),
                                                       .received_on = query_date(q, 3),
                                                       .sender = query_str(q, 4, a),
                                                       .decision = query_str(q, 5, a),
                                                       .decided_on = query_date(q, 6),
                                                       .disposed_on = query_date(q, 7)};
    }
    return query_end(q, e);
}

enum status register_read(struct db *db, int64_t year, struct arena *a, struct register_entries *out,
                          struct err *e)
{
    static const char sql[] =
        "select " REGISTER_COLUMNS "from register_entry where year = $1 order by number";
    struct query q = db_query(db, sql);

    bind_int(&q, 1, year);
    return entries_of(&q, a, out, e);
}

enum status register_kept(struct db *db, struct date day, struct arena *a, struct register_entries *out,
                          struct err *e)
{
    static const char sql[] = "select " REGISTER_COLUMNS "from register_entry where received_on <= $1 "
                              "and disposed_on is null order by year, number";
    struct query q = db_query(db, sql);

    bind_date(&q, 1, day);
    return entries_of(&q, a, out, e);
}

static void put_date(struct text *out, struct date d)
{
    char day[11] = "";

    if (d.year != 0)
        date_to_text(d, day);
    text_byte(out, ';');
    csv_put(out, str_of(day), ';');
}

void register_csv(const struct register_entries *entries, struct text *out)
{
    text_lit(out, "number;received_on;sender;subject;decision;decided_on;disposed_on\r\n");
    for (size_t i = 0; i < entries->n; i++) {
        const struct register_entry *r = &entries->entry[i];

        text_format(out, "%lld-%03lld", (long long)r->year, (long long)r->number);
        put_date(out, r->received_on);
        text_byte(out, ';');
        csv_put(out, r->sender, ';');
        text_lit(out, ";Iakttagelse;");
        csv_put(out, r->decision, ';');
        put_date(out, r->decided_on);
        put_date(out, r->disposed_on);
        text_lit(out, "\r\n");
    }
}

enum status register_gap(struct db *db, int64_t year, int64_t *gap, struct err *e)
{
    static const char sql[] = "select number from register_entry where year = $1 order by number";
    struct query q = db_query(db, sql);
    int64_t expected = 1;

    *gap = 0;
    bind_int(&q, 1, year);
    while (query_next(&q) && *gap == 0)
        if (query_int(&q, 0) == expected)
            expected++;
        else
            *gap = expected;
    return query_end(&q, e);
}
