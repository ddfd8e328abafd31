/* The room of retention. */
#include "retention/retention_pages.h"

#include "base/arena.h"
#include "base/text.h"
#include "calendar/night.h"
#include "calendar/stockholm.h"
#include "observation/hold.h"
#include "pages.h"
#include "portal/portal.h"
#include "retention/retention_rules.h"
#include "retention/retention_schedule.h"
#include "retention/retention_view.h"
#include "retention/retention_words.h"
#include "store/city.h"
#include "web/html.h"
#include "web/request.h"
#include "web/response.h"

enum { SOON_SECONDS = 30 * 86400, SHOWN_DELETED = 50, MONTHS_PER_YEAR = 12 };

static struct str words(const struct request *r, enum text_key key, const struct insertion *insertions,
                        size_t n)
{
    struct text out = text_open(r->arena);

    catalogue_write(&out, catalogue_of(r->language), key, insertions, n);
    return text_str(&out);
}

/* "26 november 2026 kl. 03:00", on Swedish walls. */
static struct str moment(const struct request *r, int64_t at)
{
    int minute = 0;
    struct date day = stockholm_day(at, &minute);
    const struct insertion values[] = {
        insertion("day", day),
        insertion("time", str_of(arena_printf(r->arena, "%02d:%02d", minute / 60, minute % 60)))};

    return words(r, TEXT_RETENTION_MOMENT, values, 2);
}

static void put_amount(struct text *out, const struct request *r, enum text_key key, int n)
{
    const struct insertion amount = insertion("n", n);

    if (n > 0)
        text_format(out, "%.*s ", STR(words(r, key, &amount, 1)));
}

/* "2 år efter att de lämnade". */
static struct str kept_words(const struct request *r, struct retention_period kept, enum text_key since)
{
    struct text out = text_open(r->arena);
    bool is_years = kept.months % MONTHS_PER_YEAR == 0 && kept.months > MONTHS_PER_YEAR;

    if (is_years)
        put_amount(&out, r, TEXT_RETENTION_YEARS, kept.months / MONTHS_PER_YEAR);
    else
        put_amount(&out, r, TEXT_RETENTION_MONTHS, kept.months);
    put_amount(&out, r, TEXT_RETENTION_DAYS, kept.days);
    text_format(&out, "%.*s", STR(catalogue_text(catalogue_of(r->language), since)));
    return text_str(&out);
}

static struct str decision_words(const struct request *r, const struct retention_class *class)
{
    const struct insertion values[] = {insertion("number", class->decision),
                                       insertion("day", class->decided_on)};

    return class->decided_on.year > 0 ? words(r, TEXT_RETENTION_DECISION, values, 2) : S("");
}

static enum status add_rules(const struct request *r, struct retention_view *v, struct err *e)
{
    struct retention_classes due = {0, NULL};

    TRY(retention_due(portal_db(r), retention_tables, r->now_at + SOON_SECONDS, r->arena, &due, e));
    struct rule_row *row = arena_new(r->arena, due.n + 1, struct rule_row);
    for (size_t i = 0; i < due.n; i++) {
        const struct retention_class *class = &due.class[i];
        const struct retention_words *w = retention_words_of(str_of(class->rule->class));

        if (!w)
            return err_set(e, SYSTEM, "%s: the rule has no words", class->rule->class);
        row[i] = (struct rule_row){.what = w->what,
                                   .why = w->why,
                                   .stays = w->stays,
                                   .kept = kept_words(r, class->kept, w->since),
                                   .decision = decision_words(r, class),
                                   .is_deleted = retention_deletes(class->rule),
                                   .soon = class->n};
    }
    v->rules = due.n;
    v->rule = row;
    return OK;
}

static enum status add_held(const struct request *r, struct retention_view *v, struct err *e)
{
    struct holds held;

    TRY(holds_list(portal_db(r), r->arena, &held, e));
    struct held_row *row = arena_new(r->arena, held.n + 1, struct held_row);
    for (size_t i = 0; i < held.n; i++) {
        const struct hold *h = &held.hold[i];

        row[i] = (struct held_row){
            .number = str_of(arena_printf(r->arena, "%lld-%03lld", (long long)h->year, (long long)h->number)),
            .closed_on = h->closed_on,
            .reason = h->reason,
            .is_leaving = h->release_asked_by.n > 0};
    }
    v->held = held.n;
    v->held_row = row;
    return OK;
}

static enum status add_deleted(const struct request *r, struct retention_view *v, struct err *e)
{
    struct retention_deleted *deleted = NULL;

    TRY(retention_history(portal_db(r), SHOWN_DELETED, r->arena, &deleted, &v->deleted, e));
    struct deleted_row *row = arena_new(r->arena, v->deleted + 1, struct deleted_row);
    for (size_t i = 0; i < v->deleted; i++) {
        const struct retention_words *w = retention_words_of(deleted[i].class);

        row[i] = (struct deleted_row){
            .when = moment(r, deleted[i].at), .what = w ? w->what : TEXT_RETENTION_OTHER, .n = deleted[i].n};
    }
    v->deleted_row = row;
    return OK;
}

static enum status add_times(const struct request *r, struct retention_view *v, struct err *e)
{
    struct str reason;
    int64_t frozen_at = 0;
    int64_t last_at = 0;
    int minute = 0;

    TRY(retention_minute(city_settings(portal_of(r)->city)->config.retention_time, &minute, e));
    TRY(retention_last_run(portal_db(r), &last_at, e));
    TRY(retention_frozen(portal_db(r), r->arena, &reason, &frozen_at, e));
    v->next = moment(r, night_turn_after(r->now_at, minute));
    v->last = last_at > 0 ? moment(r, last_at) : words(r, TEXT_RETENTION_NEVER, NULL, 0);
    if (frozen_at > 0) {
        const struct insertion values[] = {insertion("day", stockholm_day(frozen_at, NULL)),
                                           insertion("reason", reason)};

        v->frozen = words(r, TEXT_RETENTION_FROZEN, values, 2);
    }
    return OK;
}

static enum status retention_show(const struct request *r, struct response *out, struct err *e)
{
    struct portal_view around = portal_view_of(r);
    struct retention_view v = {
        .layout = portal_form_layout(&around, words(r, TEXT_RETENTION_TITLE, NULL, 0), r->path, 0, r->arena)};

    TRY(add_times(r, &v, e));
    TRY(add_rules(r, &v, e));
    TRY(add_held(r, &v, e));
    TRY(add_deleted(r, &v, e));
    page_retention(response_page(out), &v);
    return OK;
}

static const struct route routes[] = {
    {"GET", "/gallring", PERMISSION_RETENTION_READ, retention_show, .caching = ROUTE_NOT_STORED},
    {.method = NULL},
};

static const struct portal_link work[] = {
    {"/gallring", TEXT_RETENTION_TITLE, PERMISSION_RETENTION_READ},
    {.path = NULL},
};

const struct portal_room retention_room = {.routes = routes, .work = work};
