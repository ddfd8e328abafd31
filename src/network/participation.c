/* What each organisation has taken part in. */
#include "network/participation.h"

#include "base/arena.h"
#include "store/db.h"

static const char *const kinds[] = {[PARTICIPATION_SEMINAR] = "seminar",
                                    [PARTICIPATION_MODULE] = "module",
                                    [PARTICIPATION_PLAN] = "plan",
                                    [PARTICIPATION_MEETING] = "meeting"};

enum status participation_note(struct db *db, const struct participation *participation, struct err *e)
{
    static const char sql[] =
        "insert into participation (organisation, kind, source, title, people, at) "
        "values ($1, $2, $3, $4, $5, $6) on conflict (organisation, kind, source) where source > 0 "
        "do update set title = excluded.title, people = excluded.people, at = excluded.at";
    struct query q = db_query(db, sql);

    bind_int(&q, 1, participation->organisation);
    bind_str(&q, 2, str_of(kinds[participation->kind]));
    bind_int(&q, 3, participation->source);
    bind_str(&q, 4, participation->title);
    bind_int(&q, 5, participation->people);
    bind_int(&q, 6, participation->at);
    return query_run(&q, e);
}

static enum participation_kind kind_of(struct str code)
{
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (str_is(code, kinds[i]))
            return (enum participation_kind)i;
    return PARTICIPATION_MEETING;
}

enum status participation_list(struct db *db, int64_t organisation, struct arena *a,
                               struct participation **out, size_t *n, struct err *e)
{
    static const char sql[] = "select organisation, kind, source, title, people, at from participation "
                              "where organisation = $1 order by at desc, id desc";
    struct query q = db_query(db, sql);
    size_t room = 0;

    *out = NULL;
    *n = 0;
    bind_int(&q, 1, organisation);
    while (query_next(&q)) {
        *out = arena_grow(a, *out, *n + 1, &room, sizeof **out);
        (*out)[(*n)++] = (struct participation){.organisation = query_int(&q, 0),
                                                .kind = kind_of(query_str(&q, 1, a)),
                                                .source = query_int(&q, 2),
                                                .title = query_str(&q, 3, a),
                                                .people = query_int(&q, 4),
                                                .at = query_int(&q, 5)};
    }
    return query_end(&q, e);
}
