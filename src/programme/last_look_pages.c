/* For the programme: the last look, opened, followed and called off. */
#include "programme/last_look_pages.h"

#include "base/arena.h"
#include "base/text.h"
#include "calendar/stockholm.h"
#include "pages.h"
#include "portal/portal.h"
#include "programme/last_look_view.h"
#include "programme/programme_reading.h"
#include "web/address.h"
#include "web/request.h"
#include "web/response.h"

enum { MOST_ADDRESS_LETTERS = 40000 };

/* The addresses of the latest look, so that they are typed once: a line a city. */
static struct str lines_of(const struct last_look *before, const struct look_city *city, size_t cities,
                           struct arena *a)
{
    struct text out = text_open(a);

    for (size_t i = 0; i < cities; i++) {
        text_format(&out, "%.*s ", STR(city[i].municipality));
        for (size_t k = 0; k < before->cities; k++)
            if (str_equal(before->city[k].municipality, city[i].municipality))
                text_add(&out, before->city[k].email);
        text_lit(&out, "\n");
    }
    return text_str(&out);
}

static void ask(const struct request *r, const struct form *sent, const struct programme_reading *x,
                struct last_look_view *v)
{
    struct field_set *f = field_set_open(sent, catalogue_of(r->language), r->arena);
    const int64_t today = date_days(stockholm_day(r->now_at, NULL));
    struct look_city *city = NULL;
    size_t cities = last_look_cities(&x->pooled, r->arena, &city);

    v->fields = f;
    v->until_field = field_add(f, FIELD_DATE, "until", TEXT_PROGRAMME_LOOK_UNTIL);
    field_start_date(f, v->until_field, date_from_days(today + LAST_LOOK_DAYS));
    v->addresses = field_add(f, FIELD_AREA, "addresses", TEXT_PROGRAMME_LOOK_ADDRESSES);
    field_hint(f, v->addresses, TEXT_PROGRAMME_LOOK_ADDRESSES_HINT);
    field_start(f, v->addresses, lines_of(v->look, city, cities, r->arena));
}

static const struct look_row *rows_of(const struct last_look *look, struct arena *a)
{
    struct look_row *row = arena_new(a, look->cities, struct look_row);

    for (size_t i = 0; i < look->cities; i++)
        row[i] = (struct look_row){.city = &look->city[i],
                                   .answered = stockholm_day(look->city[i].answered_at, NULL),
                                   .read = stockholm_day(look->city[i].read_at, NULL)};
    return row;
}

/* *is_there is false, and the answer given, when there is nothing that could be published. */
static enum status begin_view(const struct request *r, const struct form *sent, struct programme_reading *x,
                              struct last_look_view *v, bool *is_there, struct response *out, struct err *e)
{
    struct last_look *look = arena_new(r->arena, 1, struct last_look);

    TRY(programme_reading_of(r, x, e));
    *is_there = x->has_pooled;
    if (!*is_there)
        return response_error(out, 404);
    TRY(last_look_latest(portal_db(r), r->arena, look, e));
    *v = (struct last_look_view){.look = look,
                                 .state = last_look_state(look, r->now_at),
                                 .is_void = last_look_is_void(look, &x->pooled, r->arena),
                                 .until = stockholm_day(look->until_at - 1, NULL),
                                 .row = rows_of(look, r->arena)};
    v->may_stop = v->state != LOOK_NONE && portal_may(r, PERMISSION_PROGRAMME_CHANGE);
    if (v->state != LOOK_RUNNING && portal_may(r, PERMISSION_PROGRAMME_CHANGE))
        ask(r, sent, x, v);
    return OK;
}

static void draw(const struct request *r, struct last_look_view *v, struct response *out)
{
    struct portal_view *around = arena_new(r->arena, 1, struct portal_view);

    *around = portal_view_of(r);
    v->layout = portal_form_layout(around, portal_text(r, TEXT_PROGRAMME_LOOK), r->path,
                                   v->fields ? v->fields->errors : 0, r->arena);
    v->open_href = portal_href(r, "/programmet/granskning");
    v->stop_href = portal_href(r, "/programmet/granskning/avbryt");
    v->back_href = portal_href(r, "/programmet/tillsammans");
    page_last_look(response_page(out), v);
}

enum status last_look_show(const struct request *r, struct response *out, struct err *e)
{
    struct programme_reading *x = arena_new(r->arena, 1, struct programme_reading);
    struct last_look_view v;
    bool is_there = false;

    TRY(begin_view(r, NULL, x, &v, &is_there, out, e));
    if (is_there)
        draw(r, &v, out);
    return OK;
}

/* "1280 samordnare@malmo.example" a line. */
static struct look_address *read_addresses(struct str typed, struct arena *a, size_t *n)
{
    struct look_address *address = NULL;
    struct str rest = typed;
    struct str line;
    size_t room = 0;

    *n = 0;
    while (rest.n > 0) {
        struct look_address x = {0};

        str_cut(rest, '\n', &line, &rest);
        str_cut(str_trim(line), ' ', &x.municipality, &x.email);
        x.email = address_normal(x.email, a);
        address = arena_grow(a, address, *n + 1, &room, sizeof *address);
        address[(*n)++] = x;
    }
    return address;
}

static bool has_address(struct str municipality, const struct look_address *address, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (str_equal(address[i].municipality, municipality) && address_is_valid(address[i].email))
            return true;
    return false;
}

/* Names the cities that nobody could write to. */
static void check_addresses(const struct request *r, const struct programme_reading *x,
                            struct last_look_view *v, const struct look_address *address, size_t n)
{
    struct look_city *city = NULL;
    size_t cities = last_look_cities(&x->pooled, r->arena, &city);
    struct text missing = text_open(r->arena);

    for (size_t i = 0; i < cities; i++)
        if (!has_address(city[i].municipality, address, n))
            text_format(&missing, "%s%.*s (%.*s)", missing.n ? ", " : " ", STR(city[i].name),
                        STR(city[i].municipality));
    if (missing.n == 0)
        return;
    struct text told = text_open(r->arena);
    text_add(&told, portal_text(r, TEXT_PROGRAMME_LOOK_WRONG_ADDRESSES));
    text_add(&told, text_str(&missing));
    field_wrong_text(v->fields, v->addresses, text_str(&told));
}

enum status last_look_open_take(const struct request *r, struct response *out, struct err *e)
{
    struct programme_reading *x = arena_new(r->arena, 1, struct programme_reading);
    const struct who who = portal_who(r);
    const int64_t today = date_days(stockholm_day(r->now_at, NULL));
    struct date until = {0};
    struct str typed = S("");
    struct last_look_view v;
    bool is_there = false;
    size_t n = 0;

    TRY(begin_view(r, &r->form, x, &v, &is_there, out, e));
    if (!is_there)
        return OK;
    if (!v.fields)
        return err_set(e, REFUSED, "the cities are reading a draft already: wait, or call it off");
    field_date(v.fields, v.until_field, date_from_days(today), date_from_days(today + LAST_LOOK_MOST_DAYS),
               &until);
    field_str(v.fields, v.addresses, MOST_ADDRESS_LETTERS, &typed);
    const struct look_address *address = read_addresses(typed, r->arena, &n);
    check_addresses(r, x, &v, address, n);
    if (v.fields->errors > 0) {
        draw(r, &v, out);
        return response_correct(out);
    }
    TRY(last_look_open(portal_of(r)->city, portal_db(r), portal_of(r)->outside, &x->pooled, address, n, until,
                       &who, e));
    return portal_redirect(r, out, S("/programmet/granskning"));
}

enum status last_look_stop_take(const struct request *r, struct response *out, struct err *e)
{
    const struct who who = portal_who(r);
    bool is_programme = false;

    TRY(programme_is(portal_db(r), &is_programme, e));
    if (!is_programme)
        return response_error(out, 404);
    TRY(last_look_call_off(portal_db(r), &who, e));
    return portal_redirect(r, out, S("/programmet/granskning"));
}
