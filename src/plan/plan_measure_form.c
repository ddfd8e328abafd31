/* The form of a measure: a new one, and what is changed of one. */
#include "plan/handlers.h"

#include "base/arena.h"
#include "base/number.h"
#include "network/organisation.h"
#include "pages.h"
#include "plan/measure_ties.h"
#include "plan/plan_offers.h"
#include "plan/plan_view.h"
#include "portal/portal.h"
#include "store/db.h"
#include "web/html.h"
#include "web/request.h"
#include "web/response.h"

#include <inttypes.h>

enum { FIRST_YEAR = 2020, LAST_YEAR = 2100 };

/* The questions about a measure; `m` is what stands in the database, or all empty. */
struct measure_form {
    struct field_set *fields;
    struct field *goal, *title, *owner, *done_when, *deadline, *legal, *evidence, *note;
    struct field *wait[MEASURE_WAITS], *link[MEASURE_LINKS];
    struct organisations members;
    struct measures others; /* that it can wait for */
    struct plan_offers offers;
};

static struct field *area(struct field_set *f, const char *name, enum text_key label, enum text_key hint,
                          struct str saved)
{
    struct field *x = field_add(f, FIELD_AREA, name, label);

    field_hint(f, x, hint);
    field_start(f, x, saved);
    x->is_optional = true;
    return x;
}

static void add_goals(struct measure_form *q, const struct measure *m)
{
    q->goal = field_add(q->fields, FIELD_RADIOS, "goal", TEXT_PLAN_GOAL);
    for (int i = 0; i < PLAN_GOALS; i++)
        field_option(q->fields, q->goal, str_of(plan_goal_code((enum plan_goal)i)),
                     catalogue_text(q->fields->texts, plan_goal_words((enum plan_goal)i)),
                     m->id != 0 && (enum plan_goal)i == m->goal);
}

static enum status add_owners(const struct request *r, struct measure_form *q, const struct measure *m,
                              struct err *e)
{
    const struct organisation_filter filter = {.states =
                                                   1U << ORGANISATION_MEMBER | 1U << ORGANISATION_LISTED};

    TRY(organisation_list(portal_db(r), &filter, r->arena, &q->members, e));
    q->owner = field_add(q->fields, FIELD_SELECT, "owner", TEXT_PLAN_OWNER);
    field_hint(q->fields, q->owner, TEXT_PLAN_OWNER_HINT);
    field_option(q->fields, q->owner, S("0"), catalogue_text(q->fields->texts, TEXT_PLAN_OWNER_NONE),
                 m->owner == 0);
    for (size_t i = 0; i < q->members.n; i++) {
        const struct organisation *o = &q->members.organisation[i];

        field_option(q->fields, q->owner, str_of(arena_printf(r->arena, "%" PRId64, o->id)), o->name,
                     o->id == m->owner);
    }
    return OK;
}

/* The other measures of the plan, in as many lists as it can wait for. */
static enum status add_waits(const struct request *r, struct measure_form *q, const struct measure *m,
                             struct err *e)
{
    static const enum text_key labels[MEASURE_WAITS] = {TEXT_PLAN_WAIT_FIRST, TEXT_PLAN_WAIT_SECOND,
                                                        TEXT_PLAN_WAIT_THIRD};

    TRY(measure_list(portal_db(r), &(struct measure_filter){0}, r->arena, &q->others, e));
    for (size_t w = 0; w < MEASURE_WAITS; w++) {
        q->wait[w] = field_add(q->fields, FIELD_SELECT, arena_printf(r->arena, "wait-%zu", w + 1), labels[w]);
        q->wait[w]->is_optional = true;
        field_option(q->fields, q->wait[w], S("0"), portal_text(r, TEXT_PLAN_WAIT_NONE), w >= m->waits);
        for (size_t i = 0; i < q->others.n; i++) {
            const struct measure *other = &q->others.measure[i];

            if (other->id != m->id)
                field_option(q->fields, q->wait[w], str_of(arena_printf(r->arena, "%" PRId64, other->id)),
                             other->title, w < m->waits && other->id == m->wait[w].id);
        }
    }
    field_hint(q->fields, q->wait[0], TEXT_PLAN_WAIT_HINT);
    return OK;
}

/* A page that is no longer offered stays to be chosen by the measure that has it. */
static enum status read_offers(const struct request *r, const struct measure *m, struct plan_offers *out,
                               struct err *e)
{
    struct portal_view around = portal_view_of(r);
    struct plan_offers found;

    TRY(plan_offers(portal_of(r)->city, portal_db(r), around.today, r->language, r->arena, &found, e));
    *out = (struct plan_offers){.link = arena_new(r->arena, found.n + MEASURE_LINKS, struct measure_link)};
    for (size_t i = 0; i < found.n; i++)
        out->link[out->n++] = found.link[i];
    for (size_t i = 0; i < m->links; i++)
        if (!plan_offer(&found, m->link[i].path))
            out->link[out->n++] = m->link[i];
    return OK;
}

/* The pages it can rest on, in as many lists as it can have links. */
static enum status add_links(const struct request *r, struct measure_form *q, const struct measure *m,
                             struct err *e)
{
    static const enum text_key labels[MEASURE_LINKS] = {TEXT_PLAN_LINK_FIRST, TEXT_PLAN_LINK_SECOND,
                                                        TEXT_PLAN_LINK_THIRD};

    TRY(read_offers(r, m, &q->offers, e));
    for (size_t l = 0; l < MEASURE_LINKS; l++) {
        q->link[l] = field_add(q->fields, FIELD_SELECT, arena_printf(r->arena, "link-%zu", l + 1), labels[l]);
        q->link[l]->is_optional = true;
        field_option(q->fields, q->link[l], S("0"), portal_text(r, TEXT_PLAN_LINK_NONE), l >= m->links);
        for (size_t i = 0; i < q->offers.n; i++)
            field_option(q->fields, q->link[l], q->offers.link[i].path, q->offers.link[i].title,
                         l < m->links && str_equal(q->offers.link[i].path, m->link[l].path));
    }
    field_hint(q->fields, q->link[0], TEXT_PLAN_LINK_HINT);
    return OK;
}

static enum status ask(const struct request *r, const struct form *sent, const struct measure *m,
                       struct measure_form *q, struct err *e)
{
    q->fields = field_set_open(sent, catalogue_of(r->language), r->arena);
    add_goals(q, m);
    q->title = field_add(q->fields, FIELD_AREA, "title", TEXT_PLAN_MEASURE);
    field_start(q->fields, q->title, m->title);
    TRY(add_owners(r, q, m, e));
    q->deadline = field_add(q->fields, FIELD_DATE, "deadline", TEXT_PLAN_DEADLINE);
    field_hint(q->fields, q->deadline, TEXT_PLAN_DEADLINE_HINT);
    field_start_date(q->fields, q->deadline, m->deadline);
    q->deadline->is_optional = true;
    q->done_when = area(q->fields, "done_when", TEXT_PLAN_DONE_WHEN, TEXT_PLAN_DONE_WHEN_HINT, m->done_when);
    q->legal = area(q->fields, "legal", TEXT_PLAN_LEGAL, TEXT_PLAN_LEGAL_HINT, m->legal);
    q->evidence = area(q->fields, "evidence", TEXT_PLAN_EVIDENCE, TEXT_PLAN_EVIDENCE_HINT, m->evidence);
    TRY(add_links(r, q, m, e));
    TRY(add_waits(r, q, m, e));
    q->note = area(q->fields, "note", TEXT_PLAN_NOTE, TEXT_PLAN_NOTE_HINT, m->note);
    return OK;
}

static void take_ties(struct measure_form *q, struct measure *m)
{
    m->waits = m->links = 0;
    for (size_t w = 0; w < MEASURE_WAITS; w++) {
        size_t chosen = 0;
        int64_t id = 0;

        if (field_choice(q->fields, q->wait[w], &chosen) && chosen < q->wait[w]->options &&
            i64_from_str(q->wait[w]->option[chosen].value, 1, INT64_MAX, &id))
            m->wait[m->waits++] = (struct measure_wait){.id = id};
    }
    for (size_t l = 0; l < MEASURE_LINKS; l++) {
        size_t chosen = 0;

        if (field_choice(q->fields, q->link[l], &chosen) && chosen > 0 && chosen <= q->offers.n)
            m->link[m->links++] = q->offers.link[chosen - 1];
    }
}

/* A measure that would wait for itself is told at the question that leads round. */
static enum status check_circle(const struct request *r, struct measure_form *q, const struct measure *m,
                                struct err *e)
{
    bool is_circle = false;

    TRY(waits_are_a_circle(portal_db(r), m->id, m->wait, m->waits, &is_circle, e));
    if (is_circle)
        field_wrong(q->fields, q->wait[0], TEXT_PLAN_WAIT_CIRCLE);
    return OK;
}

/* What was answered into *m; false when something is to be corrected. */
static bool take(struct measure_form *q, struct measure *m)
{
    static const struct date first = {FIRST_YEAR, 1, 1};
    static const struct date last = {LAST_YEAR, 12, 31};
    size_t goal = 0;
    size_t owner = 0;

    field_choice(q->fields, q->goal, &goal);
    field_str(q->fields, q->title, MEASURE_TITLE_LETTERS, &m->title);
    field_choice(q->fields, q->owner, &owner);
    field_date(q->fields, q->deadline, first, last, &m->deadline);
    field_str(q->fields, q->done_when, MEASURE_TEXT_LETTERS, &m->done_when);
    field_str(q->fields, q->legal, MEASURE_TEXT_LETTERS, &m->legal);
    field_str(q->fields, q->evidence, MEASURE_TEXT_LETTERS, &m->evidence);
    field_str(q->fields, q->note, MEASURE_TEXT_LETTERS, &m->note);
    take_ties(q, m);
    m->goal = (enum plan_goal)goal;
    m->owner = owner == 0 ? 0 : q->members.organisation[owner - 1].id;
    return q->fields->errors == 0;
}

static void draw_form(const struct request *r, const struct measure_form *q, const struct measure *m,
                      struct response *out)
{
    struct portal_view around = portal_view_of(r);
    enum text_key title = m->id ? TEXT_PLAN_CHANGE_TITLE : TEXT_PLAN_NEW_TITLE;
    struct plan_form_view v = {
        .layout = portal_form_layout(&around, portal_text(r, title), r->path, q->fields->errors, r->arena),
        .fields = q->fields,
        .title = title,
        .about = TEXT_PLAN_FORM_ABOUT,
        .button = TEXT_PLAN_SAVE,
        .action = portal_href(r, m->id ? measure_path(r, m->id, "/andra") : "/plan/ny"),
        .back = portal_href(r, m->id ? measure_path(r, m->id, "") : "/plan")};

    page_plan_form(response_page(out), &v, m->version);
}

enum status measure_new_show(const struct request *r, struct response *out, struct err *e)
{
    struct measure m = {0};
    struct measure_form q;

    TRY(ask(r, NULL, &m, &q, e));
    draw_form(r, &q, &m, out);
    return OK;
}

enum status measure_new_take(const struct request *r, struct response *out, struct err *e)
{
    const struct who who = portal_who(r);
    struct measure m = {0};
    struct measure_form q;
    int64_t id = 0;

    TRY(ask(r, &r->form, &m, &q, e));
    if (take(&q, &m)) {
        TRY(measure_add(portal_db(r), &m, &who, &id, e));
        return portal_redirect(r, out, str_of(measure_path(r, id, "")));
    }
    draw_form(r, &q, &(struct measure){0}, out);
    return response_correct(out);
}

enum status measure_change_show(const struct request *r, struct response *out, struct err *e)
{
    struct measure m;
    struct measure_form q;
    bool is_there = false;

    TRY(measure_asked(r, &m, out, &is_there, e));
    if (!is_there)
        return OK;
    TRY(ask(r, NULL, &m, &q, e));
    draw_form(r, &q, &m, out);
    return OK;
}

/* The version that the form was filled in from tells whether somebody has been before. */
enum status measure_change_take(const struct request *r, struct response *out, struct err *e)
{
    const struct who who = portal_who(r);
    struct measure now;
    struct measure_form q;
    bool is_there = false;
    int64_t version = 0;

    TRY(measure_asked(r, &now, out, &is_there, e));
    if (!is_there)
        return OK;
    TRY(ask(r, &r->form, &now, &q, e));
    struct measure wanted = now;
    take(&q, &wanted);
    TRY(check_circle(r, &q, &wanted, e));
    bool is_right = q.fields->errors == 0;
    if (!form_i64(&r->form, "version", 1, INT64_MAX, &version) || version != now.version)
        field_set_overtaken(q.fields);
    else if (is_right) {
        TRY(measure_change(portal_db(r), &wanted, &who, e));
        return portal_redirect(r, out, str_of(measure_path(r, now.id, "")));
    }
    draw_form(r, &q, &now, out);
    return response_correct(out);
}
