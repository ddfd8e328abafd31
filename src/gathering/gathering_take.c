/* What is done with what is handed in by a step's form. */
#include "gathering/gathering_view.h"

#include "base/arena.h"
#include "calendar/stockholm.h"
#include "gathering/gathering_asking.h"
#include "gathering/gathering_letter.h"
#include "gathering/gathering_ring.h"
#include "portal/portal.h"
#include "web/request.h"

enum { DAY_SECONDS = 24 * 60 * 60 };

static struct str bytes_of(const struct request *r, const char *name)
{
    const struct form_file *file = form_file(&r->form, name);

    return file ? file->bytes : S("");
}

/* The kinds of match keys that lists go round with; 0 when they are encoded. */
static bool read_way(struct gathering_form *form, unsigned *match_keys)
{
    struct field *kinds = form->fields->field[3];
    uint64_t bits = 0;
    size_t way = 0;

    *match_keys = 0;
    if (!field_choice(form->fields, form->fields->field[2], &way) ||
        !field_choices(form->fields, kinds, &bits))
        return false;
    if (way == 1 && bits == 0)
        return field_wrong(form->fields, kinds, TEXT_GATHERING_START_KINDS_NONE);
    *match_keys = way == 1 ? (unsigned)bits : 0;
    return true;
}

static enum status start(const struct request *r, const struct gathering *g, struct gathering_form *form,
                         const struct who *who, struct err *e)
{
    struct date today = stockholm_day(r->now_at, NULL);
    struct date latest = stockholm_day(r->now_at + (int64_t)GATHERING_DAYS * DAY_SECONDS, NULL);
    struct date ends_on;
    unsigned match_keys = 0;
    bool is_good = field_date(form->fields, form->fields->field[1], today, latest, &ends_on);

    if (!read_way(form, &match_keys) || !is_good)
        return OK;
    return gathering_open(portal_db(r), g->round, bytes_of(r, "file"), ends_on, match_keys, who, e);
}

static enum status compare(const struct request *r, const struct gathering *g, struct gathering_form *form,
                           const struct who *who, struct err *e)
{
    size_t chosen = 0;

    if (!field_choice(form->fields, form->fields->field[0], &chosen))
        return OK;
    return gathering_compare(portal_db(r), g->round, portal_visitor(r)->person.id, chosen == 0, who, e);
}

static enum status take_list(const struct request *r, const struct gathering *g, struct gathering_form *form,
                             const struct who *who, struct err *e)
{
    struct gathering_told *told = arena_new(r->arena, 1, struct gathering_told);
    struct str json = bytes_of(r, "told");
    struct err fault = {0};

    if (json.n > 0 && gathering_told_read(told, json, r->arena, &fault) != OK) {
        field_wrong(form->fields, form->fields->field[1], TEXT_GATHERING_LIST_TOLD_WRONG);
        return OK;
    }
    return gathering_take_list(portal_db(r), g->round, bytes_of(r, "file"), told,
                               portal_visitor(r)->person.id, who, e);
}

static enum status begin_anew(const struct request *r, const struct gathering *g, struct gathering_form *form,
                              struct who *who, struct err *e)
{
    struct str reason = S("");

    if (!field_str(form->fields, form->fields->field[0], GATHERING_REASON_LETTERS, &reason))
        return OK;
    who->why = arena_cstr(r->arena, reason.p, reason.n);
    return gathering_begin_anew(portal_db(r), g->round, who, e);
}

/* Says what is wrong with a list that goes round. */
static enum status tell_fault(struct gathering_form *form, enum gathering_ring_fault fault, enum status s)
{
    static const enum text_key words[RING_FAULTS] = {
        [RING_FAULT_FORMAT] = TEXT_GATHERING_RING_FAULT_FORMAT,
        [RING_FAULT_ROUND] = TEXT_GATHERING_RING_FAULT_ROUND,
        [RING_FAULT_NAME] = TEXT_GATHERING_RING_FAULT_NAME,
        [RING_FAULT_STARTED] = TEXT_GATHERING_RING_FAULT_STARTED,
        [RING_FAULT_LIST] = TEXT_GATHERING_RING_FAULT_LIST,
        [RING_FAULT_OLD] = TEXT_GATHERING_RING_FAULT_OLD,
        [RING_FAULT_TURN] = TEXT_GATHERING_RING_FAULT_TURN,
        [RING_FAULT_OTHER] = TEXT_GATHERING_RING_FAULT_OTHER,
    };

    if (fault != RING_FAULT_NONE)
        field_wrong(form->fields, form->fields->field[0], words[fault]);
    return s;
}

static enum status take_out(const struct request *r, const struct gathering *g, struct gathering_form *form,
                            struct who *who, struct err *e)
{
    struct str reason = S("");
    size_t chosen = 0;
    bool is_good = field_choice(form->fields, form->fields->field[0], &chosen);

    if (!field_str(form->fields, form->fields->field[1], GATHERING_REASON_LETTERS, &reason) || !is_good)
        return OK;
    who->why = arena_cstr(r->arena, reason.p, reason.n);
    return gathering_ring_take_out(portal_db(r), g->round, g->list[chosen].id, who, e);
}

static enum status carry_out(const struct request *r, const struct gathering *g, enum gathering_step step,
                             struct gathering_form *form, struct err *e)
{
    struct db *db = portal_db(r);
    int64_t person = portal_visitor(r)->person.id;
    struct str file = bytes_of(r, "file");
    struct who who = portal_who(r);
    enum gathering_ring_fault fault = RING_FAULT_NONE;
    enum status s = OK;

    switch (step) {
    case STEP_START:
        return start(r, g, form, &who, e);
    case STEP_READER:
        return gathering_take_reader(db, g->round, file, person, &who, e);
    case STEP_KEY:
        return gathering_take_key(db, g->round, file, person, &who, e);
    case STEP_LEAVE:
        return gathering_leave(db, g->round, person, &who, e);
    case STEP_KEYS:
        return gathering_close_keys(db, g->round, &who, e);
    case STEP_DIGITS:
        return compare(r, g, form, &who, e);
    case STEP_SECRET:
        return gathering_take_secret(db, g->round, file, person, &who, e);
    case STEP_LIST:
        return take_list(r, g, form, &who, e);
    case STEP_RING_JOIN:
        s = gathering_ring_join(db, g->round, file, person, &who, &fault, e);
        return tell_fault(form, fault, s);
    case STEP_RING_LEAVE:
        return gathering_ring_leave(db, g->round, person, &who, e);
    case STEP_RING_CLOSE:
        return gathering_ring_close(db, g->round, &who, e);
    case STEP_RING_PASS:
        s = gathering_ring_pass(db, g->round, file, person, &who, &fault, e);
        return tell_fault(form, fault, s);
    case STEP_RING_OUT:
        return take_out(r, g, form, &who, e);
    case STEP_SHORT:
        return gathering_agree_short(db, g->round, &who, e);
    case STEP_ASK:
        TRY(gathering_ask(db, g->round, file, person, &who, e));
        return gathering_letter_asked(portal_of(r)->city, db, g->round, r->now_at, e);
    case STEP_ACCURACY:
        return gathering_take_accuracy(db, g->round, file, person, &who, e);
    case STEP_RECEIPT:
        return gathering_take_receipt(db, g->round, file, person, &who, e);
    case STEP_ANEW:
    case STEP_RING_ANEW:
        return begin_anew(r, g, form, &who, e);
    case STEP_END:
    case STEPS:
        break;
    }
    return gathering_end(db, g->round, &who, e);
}

enum status gathering_take(const struct request *r, const struct gathering *g, enum gathering_step step,
                           struct gathering_form *form, struct err *e)
{
    if (form->has_files && bytes_of(r, "file").n == 0)
        field_wrong(form->fields, form->fields->field[0], TEXT_GATHERING_NO_FILE);
    if (form->fields->errors)
        return BAD_INPUT;
    enum status s = carry_out(r, g, step, form, e);
    if (s == BAD_INPUT)
        field_wrong(form->fields, form->fields->field[0], form->row->wrong);
    return s == OK && form->fields->errors ? BAD_INPUT : s;
}
