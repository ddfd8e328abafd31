/* From a request to an outreach worker's page: an evening is noted, taken away again, and a month given. The
 * organisation is that of the visitor; no address holds the number of one. */
#include "outreach/outreach_pages.h"

#include "base/arena.h"
#include "calendar/stockholm.h"
#include "chart/chart_bar.h"
#include "network/organisation.h"
#include "outreach/outreach_view.h"
#include "pages.h"
#include "portal/portal.h"
#include "web/html.h"
#include "web/request.h"
#include "web/response.h"

enum { SMALLEST_FIRST = 5, YEARS_BACK = 2, MONTH_BYTES = 7 };

static const struct {
    const char *code;
    enum text_key words;
} forms[] = {{"sexual", TEXT_OBSERVATION_FORM_SEXUAL},
             {"labour", TEXT_OBSERVATION_FORM_LABOUR},
             {"criminal", TEXT_OBSERVATION_FORM_CRIMINAL},
             {"begging", TEXT_OBSERVATION_FORM_BEGGING},
             {"other", TEXT_OBSERVATION_FORM_OTHER}};

enum { FORMS = sizeof forms / sizeof forms[0] };

static enum text_key form_words(struct str code)
{
    for (size_t i = 0; i < FORMS; i++)
        if (str_is(code, forms[i].code))
            return forms[i].words;
    return TEXT_OBSERVATION_FORM_OTHER;
}

/* The organisation whose figures these are. REFUSED when the visitor belongs to none. */
static enum status own(const struct request *r, int64_t *organisation, struct err *e)
{
    const struct visitor *v = portal_visitor(r);

    TRY(contact_organisation(portal_db(r), v ? v->person.email : S(""), organisation, e));
    return *organisation != 0 ? OK : err_set(e, REFUSED, "the visitor belongs to no organisation");
}

static struct date today_of(const struct request *r)
{
    return stockholm_day(r->now_at, NULL);
}

static void add_note(const struct request *r, struct outreach_view *v, const struct form *sent)
{
    struct field_set *f = field_set_open(sent, catalogue_of(r->language), r->arena);

    v->fields = f;
    v->note = portal_href(r, "/uppsokande");
    v->held_on = field_add(f, FIELD_DATE, "held_on", TEXT_OUTREACH_HELD_ON);
    field_start_date(f, v->held_on, today_of(r));
    v->form = field_add(f, FIELD_RADIOS, "form", TEXT_OUTREACH_FORM);
    field_hint(f, v->form, TEXT_OUTREACH_FORM_HINT);
    for (size_t i = 0; i < FORMS; i++)
        field_option(f, v->form, str_of(forms[i].code), portal_text(r, forms[i].words), false);
    v->contacts = field_add(f, FIELD_NUMBER, "contacts", TEXT_OUTREACH_CONTACTS);
    v->new_contacts = field_add(f, FIELD_NUMBER, "new_contacts", TEXT_OUTREACH_NEW);
    field_hint(f, v->new_contacts, TEXT_OUTREACH_NEW_HINT);
    v->offered = field_add(f, FIELD_NUMBER, "offered", TEXT_OUTREACH_OFFERED);
    v->accepted = field_add(f, FIELD_NUMBER, "accepted", TEXT_OUTREACH_ACCEPTED);
    v->contacts->width = v->new_contacts->width = v->offered->width = v->accepted->width = "n4";
}

/* Months that have ended and are not given yet; this one is still being counted. */
static bool may_be_given(const struct request *r, const struct outreach_month *m)
{
    char now[11];

    date_to_text(today_of(r), now);
    return m->shared < m->evenings && !str_equal(m->month, (struct str){now, MONTH_BYTES});
}

static void add_giving(const struct request *r, struct outreach_view *v, const struct outreach_months *all,
                       const struct form *sent)
{
    struct field_set *f = field_set_open(sent, catalogue_of(r->language), r->arena);

    v->give = portal_href(r, "/uppsokande/lamna");
    v->month = field_add(f, FIELD_SELECT, "month", TEXT_OUTREACH_MONTH);
    for (size_t i = 0; i < all->n; i++)
        if (may_be_given(r, &all->month[i]))
            field_option(f, v->month, all->month[i].month, all->month[i].month, v->month->options == 0);
    v->smallest = field_add(f, FIELD_NUMBER, "smallest", TEXT_OUTREACH_SMALLEST);
    v->smallest->width = "n4";
    field_hint(f, v->smallest, TEXT_OUTREACH_SMALLEST_HINT);
    field_start_i64(f, v->smallest, SMALLEST_FIRST);
    v->giving = v->month->options > 0 ? f : NULL;
}

static void add_evenings(const struct request *r, struct outreach_view *v, const struct outreaches *all)
{
    struct outreach_evening_row *row = arena_new(r->arena, all->n + 1, struct outreach_evening_row);

    for (size_t i = 0; i < all->n; i++) {
        const char *path = arena_printf(r->arena, "/uppsokande/%lld/ta-bort", (long long)all->evening[i].id);

        row[i] = (struct outreach_evening_row){.evening = &all->evening[i],
                                               .form = form_words(all->evening[i].form),
                                               .remove = portal_href(r, path)};
    }
    v->evenings = all->n;
    v->evening = row;
}

static void add_months(const struct request *r, struct outreach_view *v, const struct outreach_months *all)
{
    struct outreach_month_row *row = arena_new(r->arena, all->n + 1, struct outreach_month_row);

    for (size_t i = 0; i < all->n; i++)
        row[i] = (struct outreach_month_row){.month = &all->month[i],
                                             .is_given = all->month[i].shared == all->month[i].evenings};
    v->months = all->n;
    v->row = row;
}

/* The page of `organisation`; what was sent belongs to one of its two forms. */
static enum status view_of(const struct request *r, int64_t organisation, bool is_giving,
                           struct outreach_view *v, struct err *e)
{
    const struct form *sent = str_is(r->method, "POST") ? &r->form : NULL;
    struct outreach_months *months = arena_new(r->arena, 1, struct outreach_months);
    struct outreaches evenings = {0};

    TRY(outreach_own(portal_db(r), organisation, r->arena, months, e));
    TRY(outreach_list(portal_db(r), organisation, r->arena, &evenings, e));
    v->is_noted = form_has(&r->query, "sparat");
    v->is_given = form_has(&r->query, "lamnat");
    add_note(r, v, is_giving ? NULL : sent);
    add_giving(r, v, months, is_giving ? sent : NULL);
    add_evenings(r, v, &evenings);
    add_months(r, v, months);
    return OK;
}

static enum status draw(const struct request *r, struct response *out, struct outreach_view *v)
{
    struct portal_view *site = arena_new(r->arena, 1, struct portal_view);
    size_t errors = v->fields->errors + (v->giving ? v->giving->errors : 0);

    *site = portal_view_of(r);
    v->layout =
        portal_form_layout(site, portal_text(r, TEXT_OUTREACH_TITLE), S("/uppsokande"), errors, r->arena);
    page_outreach(response_page(out), v);
    return errors > 0 ? response_correct(out) : OK;
}

static enum status say_none(const struct request *r, struct response *out, enum status s)
{
    if (s != REFUSED)
        return s;
    return portal_redirect(r, out, S("/natverket/min"));
}

static enum status outreach_show(const struct request *r, struct response *out, struct err *e)
{
    struct outreach_view v = {0};
    int64_t organisation = 0;
    enum status s = own(r, &organisation, e);

    if (s != OK)
        return say_none(r, out, s);
    TRY(view_of(r, organisation, false, &v, e));
    return draw(r, out, &v);
}

static void read_note(const struct request *r, const struct outreach_view *v, struct outreach *x)
{
    struct date today = today_of(r);
    struct date earliest = date_add_months(today, -12 * YEARS_BACK);
    size_t form = 0;

    field_date(v->fields, v->held_on, earliest, today, &x->held_on);
    if (field_choice(v->fields, v->form, &form))
        x->form = str_of(forms[form].code);
    field_i64(v->fields, v->contacts, 0, OUTREACH_MOST, &x->contacts);
    if (field_i64(v->fields, v->new_contacts, 0, OUTREACH_MOST, &x->new_contacts) &&
        v->contacts->error.n == 0 && x->new_contacts > x->contacts)
        field_wrong(v->fields, v->new_contacts, TEXT_OUTREACH_WRONG_NEW);
    field_i64(v->fields, v->offered, 0, OUTREACH_MOST, &x->offered);
    if (field_i64(v->fields, v->accepted, 0, OUTREACH_MOST, &x->accepted) && v->offered->error.n == 0 &&
        x->accepted > x->offered)
        field_wrong(v->fields, v->accepted, TEXT_OUTREACH_WRONG_ACCEPTED);
}

static enum status note_take(const struct request *r, struct response *out, struct err *e)
{
    const struct who who = portal_who(r);
    struct outreach_view v = {0};
    struct outreach x = {0};
    enum status s = own(r, &x.organisation, e);

    if (s != OK)
        return say_none(r, out, s);
    TRY(view_of(r, x.organisation, false, &v, e));
    read_note(r, &v, &x);
    if (v.fields->errors > 0)
        return draw(r, out, &v);
    TRY(outreach_add(portal_db(r), &x, &who, e));
    return portal_redirect(r, out, S("/uppsokande?sparat"));
}

static enum status give_take(const struct request *r, struct response *out, struct err *e)
{
    const struct who who = portal_who(r);
    struct outreach_view v = {0};
    int64_t organisation = 0;
    int64_t smallest = 0;
    size_t chosen = 0;
    enum status s = own(r, &organisation, e);

    if (s != OK)
        return say_none(r, out, s);
    TRY(view_of(r, organisation, true, &v, e));
    if (!v.giving) /* somebody of the same organisation has given it a moment ago */
        return portal_redirect(r, out, S("/uppsokande"));
    field_choice(v.giving, v.month, &chosen);
    field_i64(v.giving, v.smallest, 1, OUTREACH_MOST, &smallest);
    if (v.giving->errors > 0)
        return draw(r, out, &v);
    s = outreach_share(portal_db(r), organisation, v.month->option[chosen].value, smallest, &who, e);
    if (s == REFUSED) {
        field_wrong(v.giving, v.smallest, TEXT_OUTREACH_WRONG_SMALL);
        return draw(r, out, &v);
    }
    TRY(s);
    return portal_redirect(r, out, S("/uppsokande?lamnat"));
}

/* What is gone already, or given meanwhile, is not there to take away: the page shows it as it is. */
static enum status remove_take(const struct request *r, struct response *out, struct err *e)
{
    const struct who who = portal_who(r);
    int64_t organisation = 0;
    enum status s = own(r, &organisation, e);

    if (s == OK)
        s = outreach_remove(portal_db(r), organisation, request_id(r), &who, e);
    if (s != OK && s != REFUSED)
        return s;
    return portal_redirect(r, out, S("/uppsokande"));
}

void outreach_chart(struct html *h, const struct outreach_view *v)
{
    const struct chart_words said = {.show_table = catalogue_text(h->texts, TEXT_OUTREACH_CHART_TABLE),
                                     .people = catalogue_text(h->texts, TEXT_OUTREACH_CONTACTS)};
    const struct chart_frame frame = {.id = "outreach",
                                      .title = catalogue_text(h->texts, TEXT_OUTREACH_CONTACTS),
                                      .finding = catalogue_text(h->texts, TEXT_OUTREACH_CHART_FINDING),
                                      .words = &said};
    struct chart_bar_row *rows = arena_new(h->out.arena, v->months + 1, struct chart_bar_row);

    for (size_t i = 0; i < v->months; i++) {
        const struct outreach_month *m = v->row[i].month;

        rows[i] = (struct chart_bar_row){
            .label = m->month,
            .count = {.value = m->contacts,
                      .text = str_of(arena_printf(h->out.arena, "%lld", (long long)m->contacts))}};
    }
    chart_bar(h, &frame, catalogue_text(h->texts, TEXT_OUTREACH_MONTH), rows, v->months);
}

static const struct route routes[] = {
    {"GET", "/uppsokande", PERMISSION_OUTREACH_OWN, outreach_show, .caching = ROUTE_NOT_STORED},
    {"POST", "/uppsokande", PERMISSION_OUTREACH_OWN, note_take, .posted = ROUTE_ONCE},
    {"POST", "/uppsokande/lamna", PERMISSION_OUTREACH_OWN, give_take, .posted = ROUTE_ONCE},
    {"POST", "/uppsokande/:id/ta-bort", PERMISSION_OUTREACH_OWN, remove_take, .posted = ROUTE_ONCE},
    {.method = NULL},
};

static const struct portal_link work[] = {
    {"/uppsokande", TEXT_OUTREACH_MENU, PERMISSION_OUTREACH_OWN},
    {.path = NULL},
};

const struct portal_room outreach_room = {.routes = routes, .work = work};
