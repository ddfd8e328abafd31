/* What seminars delete when. */
#include "seminar/seminar_retention.h"

#include <stddef.h>

#define HELD_BEFORE "seminar in (select id from seminar where held_on <= $1)"

/* What is deleted is counted first, by kind of actor; what was counted before is added to. */
#define ADD_COUNTS                                                                                           \
    "on conflict (seminar, actor) do update set invited = seminar_count.invited + excluded.invited, "        \
    "signed_up = seminar_count.signed_up + excluded.signed_up, came = seminar_count.came + excluded.came"

const struct retention_rule seminar_retention[] = {
    {.class = "seminar.needs",
     .what = "what guests said of food and access",
     .ground = "GDPR 5.1 c and 9: it can tell of health or faith, and is needed for that day",
     .kept = {.days = 7},
     .clock = RETENTION_DAY,
     .count = "select count(*) from seminar_signup where needs <> '' and " HELD_BEFORE,
     .erase = {"update seminar_signup set needs = '' where needs <> '' and " HELD_BEFORE}},
    {.class = "seminar.unanswered",
     .what = "invitations that nobody answered",
     .ground = "GDPR 5.1 e: a reminder is no use after three months",
     .stays = "how many were invited, by kind of actor",
     .kept = {.months = 3},
     .clock = RETENTION_DAY,
     .count = "select count(*) from seminar_invitation where answer = 'none' and " HELD_BEFORE,
     .erase = {"insert into seminar_count (seminar, actor, invited, signed_up, came) "
               "select seminar, actor, count(*), 0, 0 from seminar_invitation where answer = 'none' "
               "and " HELD_BEFORE " group by seminar, actor " ADD_COUNTS,
               "delete from seminar_invitation where answer = 'none' and " HELD_BEFORE}},
    {.class = "seminar.list",
     .what = "who was invited to seminars, signed up and came",
     .ground = "GDPR 5.1 e: the network is followed up for twelve months",
     .stays = "how many were invited, signed up and came, by kind of actor",
     .kept = {.months = 12},
     .clock = RETENTION_DAY,
     .count = "select (select count(*) from seminar_signup where " HELD_BEFORE ") + "
              "(select count(*) from seminar_invitation where " HELD_BEFORE ")",
     .erase = {"insert into seminar_count (seminar, actor, invited, signed_up, came) "
               "select seminar, actor, sum(invited), sum(signed_up), sum(came) from ("
               "select seminar, actor, 1 as invited, 0 as signed_up, 0 as came from seminar_invitation "
               "union all select seminar, actor, 0, case when state = 'confirmed' then 1 else 0 end, "
               "case when came_at is null then 0 else 1 end from seminar_signup) as everyone "
               "where " HELD_BEFORE " group by seminar, actor " ADD_COUNTS,
               "delete from seminar_signup where " HELD_BEFORE,
               "delete from seminar_invitation where " HELD_BEFORE}},
    {.class = "seminar.words",
     .what = "what guests wrote when they were asked what they thought",
     .ground = "GDPR 5.1 e: free text may tell who wrote it; it is read when the next seminar is planned",
     .stays = "the grades, without words",
     .kept = {.months = 12},
     .clock = RETENTION_DAY,
     .count = "select count(*) from seminar_evaluation where words <> '' and " HELD_BEFORE,
     .erase = {"update seminar_evaluation set words = '' where words <> '' and " HELD_BEFORE}},
    {.class = NULL},
};
