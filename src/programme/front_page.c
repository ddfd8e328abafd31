/* The programme's first page. */
#include "programme/front_page.h"

#include "base/arena.h"
#include "base/text.h"
#include "pages.h"
#include "portal/portal.h"
#include "programme/handed_release.h"
#include "programme/programme_reading.h"
#include "programme/programme_view.h"
#include "programme/trust.h"
#include "store/audit.h"
#include "store/city.h"
#include "store/keys.h"
#include "web/html.h"
#include "web/request.h"
#include "web/response.h"

/* A city's own folder: what it gives a programme. */
static enum status show_none(const struct request *r, struct response *out, struct err *e)
{
    struct portal_view around = portal_view_of(r);
    struct programme_none_view v = {
        .layout = portal_layout(&around, portal_text(r, TEXT_PROGRAMME_TITLE), r->path, r->arena)};

    TRY(key_public(portal_of(r)->city->path, r->arena, &v.public_key, e));
    v.fingerprint = key_fingerprint(v.public_key, r->arena);
    page_programme_none(response_page(out), &v);
    return OK;
}

static size_t count_changed(const struct arrivals *all)
{
    size_t n = 0;

    for (size_t i = all->accepted; i < all->n; i++)
        n += all->arrival[i].state == ARRIVAL_REFUSED;
    return n;
}

static void add_form(const struct request *r, struct programme_view *v)
{
    v->fields =
        field_set_open(str_is(r->method, "POST") ? &r->form : NULL, catalogue_of(r->language), r->arena);
    v->files = field_add(v->fields, FIELD_FILE, "files", TEXT_PROGRAMME_TAKE_FILES);
    field_hint(v->fields, v->files, TEXT_PROGRAMME_TAKE_FILES_HINT);
    v->tables = field_add(v->fields, FIELD_FILE, "tables", TEXT_PROGRAMME_TAKE_TABLES);
    field_hint(v->fields, v->tables, TEXT_PROGRAMME_TAKE_TABLES_HINT);
    v->files->is_many = v->tables->is_many = true;
    v->may_take = portal_may(r, PERMISSION_PROGRAMME_CHANGE);
    v->take_href = portal_href(r, "/programmet");
}

/* Its cities as rows, and which of them the address says has just handed over a release. */
static void add_cities(const struct request *r, const struct programme_reading *x, struct programme_view *v)
{
    const struct str just = form_value(&r->query, "mottagen");
    struct programme_row *rows =
        programme_rows(&x->cities, &x->arrivals, x->has_pooled ? &x->pooled : NULL, r->language, r->arena);

    v->cities = x->cities.n;
    v->row = rows;
    for (size_t i = 0; i < v->cities; i++) {
        const struct programme_city *city = rows[i].city;

        rows[i].href =
            portal_href(r, arena_printf(r->arena, "/programmet/ort/%.*s", STR(city->municipality)));
        v->taking_part += city->withdrawn_at == 0;
        if (str_equal(city->municipality, just))
            v->just_taken = city->name;
    }
}

static struct programme_view view_of(const struct request *r, const struct programme_reading *x)
{
    struct programme_view v = {.changed = count_changed(&x->arrivals),
                               .has_pooled = x->has_pooled,
                               .pooled_href = portal_href(r, "/programmet/tillsammans"),
                               .sums_href = portal_href(r, "/programmet/summor"),
                               .research_href = portal_href(r, "/programmet/forskning")};

    add_cities(r, x, &v);
    add_form(r, &v);
    return v;
}

static void draw(const struct request *r, struct programme_view *v, struct response *out)
{
    struct portal_view around = portal_view_of(r);

    v->layout = portal_form_layout(&around, portal_text(r, TEXT_PROGRAMME_TITLE), r->path, v->fields->errors,
                                   r->arena);
    page_programme(response_page(out), v);
}

enum status programme_show(const struct request *r, struct response *out, struct err *e)
{
    struct programme_reading *x = arena_new(r->arena, 1, struct programme_reading);

    TRY(programme_reading_of(r, x, e));
    if (!x->is_programme)
        return show_none(r, out, e);
    struct programme_view v = view_of(r, x);
    draw(r, &v, out);
    return OK;
}

static const struct handed_file *sent_files(const struct request *r, size_t *n)
{
    struct handed_file *file = arena_new(r->arena, r->form.files, struct handed_file);

    *n = 0;
    for (size_t i = 0; i < r->form.files; i++) {
        const struct form_file *sent = &r->form.file[i];
        bool is_table = str_is(sent->name, "tables");

        if (is_table || str_is(sent->name, "files"))
            file[(*n)++] = (struct handed_file){sent->filename, sent->bytes, is_table};
    }
    return file;
}

static enum text_key words_of(const struct handed *h)
{
    static const enum text_key handed[] = {[HANDED_NOTHING] = TEXT_PROGRAMME_TAKE_NOTHING,
                                           [HANDED_TOO_MANY] = TEXT_PROGRAMME_TAKE_TOO_MANY,
                                           [HANDED_TOO_LARGE] = TEXT_PROGRAMME_TAKE_TOO_LARGE,
                                           [HANDED_NAME] = TEXT_PROGRAMME_TAKE_NAME,
                                           [HANDED_TWICE] = TEXT_PROGRAMME_TAKE_TWICE,
                                           [HANDED_NO_MANIFEST] = TEXT_PROGRAMME_TAKE_NO_MANIFEST,
                                           [HANDED_NO_SIGNATURE] = TEXT_PROGRAMME_TAKE_NO_SIGNATURE};
    static const enum text_key arrival[ARRIVAL_FAULTS] = {[ARRIVAL_CHANGED] = TEXT_PROGRAMME_TAKE_CHANGED,
                                                          [ARRIVAL_FORM] = TEXT_PROGRAMME_TAKE_FORM,
                                                          [ARRIVAL_FIGURES] = TEXT_PROGRAMME_TAKE_FIGURES,
                                                          [ARRIVAL_FUTURE] = TEXT_PROGRAMME_TAKE_FUTURE,
                                                          [ARRIVAL_STRANGER] = TEXT_PROGRAMME_TAKE_STRANGER,
                                                          [ARRIVAL_OTHER_KEY] = TEXT_PROGRAMME_TAKE_OTHER_KEY,
                                                          [ARRIVAL_LEFT] = TEXT_PROGRAMME_TAKE_LEFT,
                                                          [ARRIVAL_SAME] = TEXT_PROGRAMME_TAKE_SAME,
                                                          [ARRIVAL_OVERLAP] = TEXT_PROGRAMME_TAKE_OVERLAP,
                                                          [ARRIVAL_REVEALS] = TEXT_PROGRAMME_TAKE_REVEALS};

    return h->fault == HANDED_REFUSED ? arrival[h->arrival] : handed[h->fault];
}

/* The sentence of the check itself names the file; of the other faults it names places on the server, and the
 * page's own words tell all. */
static void tell(const struct request *r, const struct handed *h, struct programme_view *v)
{
    const struct insertion values[] = {insertion("files", HANDED_MOST_FILES),
                                       insertion("megabytes", HANDED_MOST_BYTES >> 20),
                                       insertion("file", h->detail), insertion("code", h->municipality),
                                       insertion("fingerprint", key_fingerprint(h->public_key, r->arena))};
    struct text words = text_open(r->arena);

    catalogue_write(&words, catalogue_of(r->language), words_of(h), values, sizeof values / sizeof *values);
    field_wrong_text(v->fields, v->files, text_str(&words));
    if (h->fault == HANDED_REFUSED && (h->arrival == ARRIVAL_CHANGED || h->arrival == ARRIVAL_FORM))
        v->detail = h->detail;
}

static enum status show_refusal(const struct request *r, const struct handed *h, struct response *out,
                                struct err *e)
{
    struct programme_reading *x = arena_new(r->arena, 1, struct programme_reading);

    TRY(programme_reading_of(r, x, e));
    struct programme_view v = view_of(r, x);
    tell(r, h, &v);
    draw(r, &v, out);
    return response_correct(out);
}

enum status programme_take_release(const struct request *r, struct response *out, struct err *e)
{
    const struct who who = portal_who(r);
    struct handed handed;
    bool is_programme = false;
    size_t n = 0;

    TRY(programme_is(portal_db(r), &is_programme, e));
    if (!is_programme)
        return response_error(out, 404);
    const struct handed_file *file = sent_files(r, &n);
    TRY(handed_release_take(portal_of(r)->city, portal_db(r), file, n, &who, r->arena, &handed, e));
    if (handed.fault == HANDED_TAKEN)
        return portal_redirect(
            r, out, str_of(arena_printf(r->arena, "/programmet?mottagen=%.*s", STR(handed.municipality))));
    return show_refusal(r, &handed, out, e);
}

enum status programme_refuse_files(const struct request *r, struct response *out, struct err *e)
{
    const bool are_many = r->beyond == REQUEST_TOO_MANY_FILES;
    const struct handed handed = {.fault = are_many ? HANDED_TOO_MANY : HANDED_TOO_LARGE};
    bool is_programme = false;

    TRY(programme_is(portal_db(r), &is_programme, e));
    return is_programme ? show_refusal(r, &handed, out, e) : response_error(out, 404);
}
