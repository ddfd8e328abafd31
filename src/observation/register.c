/* The register of public records. */
#include "observation/register.h"

#include "base/arena.h"
#include "base/csv.h"
#include "store/db.h"

enum status register_read(struct db *db, int64_t year, struct arena *a, struct register_entries *out,
                          struct err *e)
{
    static const char sql[] =
        "select number, observation, received_on, sender, decision, decided_on, disposed_on "
        "from register_entry where year = $1 order by number";
    struct query q = db_query(db, sql);
    size_t room = 0;

    *out = (struct register_entries){0};
    bind_int(&q, 1, year);
    while (query_next(&q)) {
        out->entry = arena_grow(a, out->entry, out->n + 1, &room, sizeof *out->entry);
        out->entry[out->n++] = (struct register_entry){.year = year,
                                                       .number = query_int(&q, 0),
                                                       .observation = query_int(&q, 1),
                                                       .received_on = query_date(&q, 2),
                                                       .sender = query_str(&q, 3, a),
                                                       .decision = query_str(&q, 4, a),
                                                       .decided_on = query_date(&q, 5),
                                                       .disposed_on = query_date(&q, 6)};
    }
    return query_end(&q, e);
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
