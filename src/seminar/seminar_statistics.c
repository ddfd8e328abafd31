/* Who came, by kind of actor. */
#include "seminar/seminar_statistics.h"

#include "base/arena.h"
#include "store/db.h"

enum { STEP = 5 };

struct seminar_figure seminar_figure(int64_t count)
{
    if (count <= 0)
        return (struct seminar_figure){SEMINAR_NONE, 0};
    if (count < STEP)
        return (struct seminar_figure){SEMINAR_FEW, 0};
    return (struct seminar_figure){SEMINAR_ABOUT, (count + STEP / 2) / STEP * STEP};
}

enum status seminar_statistics(struct db *db, struct arena *a, struct seminar_share **out, size_t *n,
                               struct seminar_share *all, struct err *e)
{
    static const char sql[] =
        "select actor, sum(invited), sum(signed_up), sum(came) from ("
        "select actor, 1 as invited, 0 as signed_up, 0 as came from seminar_invitation union all "
        "select actor, 0, 1, case when came_at is null then 0 else 1 end from seminar_signup "
        "where state = 'confirmed' union all "
        "select actor, invited, signed_up, came from seminar_count) as everyone group by actor order by actor";
    struct query q = db_query(db, sql);
    struct seminar_share *found = NULL;
    size_t room = 0;
    int64_t sums[3] = {0};

    *n = 0;
    while (query_next(&q)) {
        found = arena_grow(a, found, *n + 1, &room, sizeof *found);
        found[(*n)++] = (struct seminar_share){.actor = query_str(&q, 0, a),
                                               .invited = seminar_figure(query_int(&q, 1)),
                                               .signed_up = seminar_figure(query_int(&q, 2)),
                                               .came = seminar_figure(query_int(&q, 3))};
        for (int i = 0; i < 3; i++)
            sums[i] += query_int(&q, 1 + i);
    }
    TRY(query_end(&q, e));
    *out = found;
    *all = (struct seminar_share){.invited = seminar_figure(sums[0]),
                                  .signed_up = seminar_figure(sums[1]),
                                  .came = seminar_figure(sums[2])};
    return OK;
}
