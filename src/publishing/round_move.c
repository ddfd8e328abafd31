/* What people do with a round: propose, approve, reject, undo. */
#include "publishing/round.h"

#include "base/arena.h"
#include "publishing/round_evidence.h"
#include "store/db.h"

struct move {
    uint32_t from;
    enum round_state to;
    const char *action;
    const char *step;
    bool needs_reason;
};

static const struct move moves[ROUND_MOVES] = {
    [MOVE_PROPOSE] = {.from = ROUND_BIT(ROUND_MADE),
                      .to = ROUND_PROPOSED,
                      .action = "release.propose",
                      .step = "proposed"},
    [MOVE_TAKE_BACK] = {.from = ROUND_BIT(ROUND_PROPOSED),
                        .to = ROUND_MADE,
                        .action = "release.take_back",
                        .step = "taken_back"},
    [MOVE_REJECT] = {.from = ROUND_BIT(ROUND_PROPOSED),
                     .to = ROUND_OPEN,
                     .action = "release.reject",
                     .step = "rejected",
                     .needs_reason = true},
    [MOVE_APPROVE] = {.from = ROUND_BIT(ROUND_PROPOSED),
                      .to = ROUND_APPROVED,
                      .action = "release.approve",
                      .step = "approved"},
    [MOVE_UNDO] = {.from = ROUND_BIT(ROUND_APPROVED),
                   .to = ROUND_PROPOSED,
                   .action = "release.undo",
                   .step = "undone"},
    [MOVE_CLOSE] = {.from = ROUND_BIT(ROUND_OPEN) | ROUND_BIT(ROUND_REFUSED) | ROUND_BIT(ROUND_MADE),
                    .to = ROUND_CLOSED,
                    .action = "mapping.close",
                    .step = "closed"},
};

bool round_is_others(const struct round *round, int64_t person)
{
    return person != round->proposed_by && person != round->uploaded_by;
}

static enum status set_people(struct db *db, int64_t id, const struct round_order *order, struct err *e)
{
    static const char propose[] = "update mapping_round set proposed_by = $2 where id = $1";
    static const char approve[] = "update mapping_round set publish_at = $2 where id = $1";
    struct query q;

    if (order->move != MOVE_PROPOSE && order->move != MOVE_APPROVE)
        return OK;
    q = db_query(db, order->move == MOVE_PROPOSE ? propose : approve);
    bind_int(&q, 1, id);
    bind_int(&q, 2, order->move == MOVE_PROPOSE ? order->person : order->publish_at);
    return query_run(&q, e);
}

static enum status check_person(struct db *db, int64_t id, const struct round_order *order, struct err *e)
{
    struct arena *a = arena_open();
    struct round round;
    enum status s = round_find(db, id, a, &round, e);

    if (s == OK && order->move == MOVE_APPROVE && !round_is_others(&round, order->person))
        s = err_set(e, REFUSED,
                    "who gave the file or proposed the release does not approve it: another person must");
    arena_close(a);
    return s;
}

static enum status carry_out(struct db *db, int64_t id, const struct round_order *order,
                             const struct who *who, struct err *e)
{
    const struct move *m = &moves[order->move];
    bool is_moved = false;

    TRY(check_person(db, id, order, e));
    TRY(round_set_state(db, id, m->from, m->to, &is_moved, e));
    if (!is_moved)
        return err_set(e, REFUSED, "%s: somebody else has moved this mapping on meanwhile", m->action);
    TRY(set_people(db, id, order, e));
    if (m->to == ROUND_CLOSED || m->to == ROUND_OPEN)
        TRY(round_evidence_delete(db, id, e));
    return round_step_add(db, id, order->person, who->now_at, m->step, order->reason, e);
}

enum status round_move(struct db *db, int64_t id, const struct round_order *order, const struct who *who,
                       struct err *e)
{
    const struct move *m = &moves[order->move];
    struct who with_reason = *who;
    struct arena *a = arena_open();

    if (m->needs_reason && str_trim(order->reason).n == 0) {
        arena_close(a);
        return err_set(e, BAD_INPUT, "%s: needs a reason", m->action);
    }
    if (order->reason.n)
        with_reason.why = arena_cstr(a, order->reason.p, order->reason.n);
    struct audit_line line = {.who = with_reason, .action = m->action, .subject = id};
    enum status s = db_change(db, e);
    if (s == OK)
        s = db_change_end(db, carry_out(db, id, order, who, e), &line, e);
    arena_close(a);
    return s;
}
