/* Requests to see records: their list, and a new one. */
#include "observation/disclosure_pages.h"

#include "base/arena.h"
#include "base/number.h"
#include "observation/disclosure_view.h"
#include "pages.h"
#include "portal/portal.h"
#include "web/html.h"
#include "web/request.h"
#include "web/response.h"

enum {
    REFERENCE_LETTERS = 60,
    RECORD_LETTERS = 12,
    FIRST_YEAR = 2000,
    LAST_YEAR = 2999,
    MOST_NUMBER = 999999
};

static const struct {
    const char *code;
    enum text_key words;
} askers[] = {{"police", TEXT_DISCLOSURE_ASKER_POLICE},
              {"authority", TEXT_DISCLOSURE_ASKER_AUTHORITY},
              {"anyone", TEXT_DISCLOSURE_ASKER_ANYONE}};

enum { ASKERS = sizeof askers / sizeof askers[0], ASKER_ANYONE = ASKERS - 1 };

static enum text_key asker_words(struct str code)
{
    for (size_t i = 0; i < ASKERS; i++)
        if (str_is(code, askers[i].code))
            return askers[i].words;
    return TEXT_DISCLOSURE_ASKER_ANYONE;
}

struct disclosure_row disclosure_row_of(const struct request *r, const struct disclosure *d)
{
    static const enum text_key outcomes[] = {[DISCLOSURE_WAITING] = TEXT_DISCLOSURE_WAITING,
                                             [DISCLOSURE_WHOLE] = TEXT_DISCLOSURE_WHOLE,
                                             [DISCLOSURE_MASKED] = TEXT_DISCLOSURE_MASKED,
                                             [DISCLOSURE_REFUSED] = TEXT_DISCLOSURE_REFUSED};

    return (struct disclosure_row){
        .request = d,
        .record = str_of(arena_printf(r->arena, "%lld-%03lld", (long long)d->year, (long long)d->number)),
        .href = portal_href(r, arena_printf(r->arena, "/diarium/begaran/%lld", (long long)d->id)),
        .asker = asker_words(d->asker),
        .outcome = outcomes[d->outcome]};
}

enum status disclosures_show(const struct request *r, struct response *out, struct err *e)
{
    struct portal_view site = portal_view_of(r);
    struct disclosures all = {0};
    struct disclosures_view v = {
        .layout = portal_form_layout(&site, portal_text(r, TEXT_DISCLOSURE_TITLE), r->path, 0, r->arena)};

    TRY(disclosures_list(portal_db(r), r->arena, &all, e));
    struct disclosure_row *row = arena_new(r->arena, all.n + 1, struct disclosure_row);
    for (size_t i = 0; i < all.n; i++)
        row[i] = disclosure_row_of(r, &all.disclosure[i]);
    v.rows = all.n;
    v.row = row;
    if (portal_may(r, PERMISSION_DISCLOSURE_ASK))
        v.ask = portal_href(r, "/diarium/begaran/ny");
    page_disclosures(response_page(out), &v);
    return OK;
}

static void add_grounds(const struct request *r, struct disclosure_form_view *v, const struct grounds *all)
{
    field_option(v->fields, v->ground, S(""), portal_text(r, TEXT_DISCLOSURE_NO_GROUND), true);
    for (size_t i = 0; i < all->n; i++) {
        const struct ground *g = &all->ground[i];
        struct str says = r->language == LANGUAGE_SV ? g->sv : g->en;

        field_option(v->fields, v->ground, g->code,
                     str_of(arena_printf(r->arena, "%.*s: %.*s", STR(g->paragraph), STR(says))), false);
    }
}

static enum status form_of(const struct request *r, struct disclosure_form_view *v, struct grounds *all,
                           struct err *e)
{
    const struct form *sent = str_is(r->method, "POST") ? &r->form : NULL;
    struct field_set *f = field_set_open(sent, catalogue_of(r->language), r->arena);

    TRY(grounds_read(r->arena, all, e));
    v->fields = f;
    v->action = portal_href(r, "/diarium/begaran/ny");
    v->record = field_add(f, FIELD_TEXT, "record", TEXT_DISCLOSURE_RECORD);
    v->record->width = "n8";
    field_hint(f, v->record, TEXT_DISCLOSURE_RECORD_HINT);
    field_start(f, v->record, form_value(&r->query, "nr"));
    v->asker = field_add(f, FIELD_RADIOS, "asker", TEXT_DISCLOSURE_ASKER);
    field_hint(f, v->asker, TEXT_DISCLOSURE_ASKER_HINT);
    for (size_t i = 0; i < ASKERS; i++)
        field_option(f, v->asker, str_of(askers[i].code), portal_text(r, askers[i].words), false);
    v->ground = field_add(f, FIELD_SELECT, "ground", TEXT_DISCLOSURE_GROUND);
    v->ground->is_optional = true;
    field_hint(f, v->ground, TEXT_DISCLOSURE_GROUND_HINT);
    add_grounds(r, v, all);
    v->reference = field_add(f, FIELD_TEXT, "reference", TEXT_DISCLOSURE_REFERENCE);
    v->reference->is_optional = true;
    field_hint(f, v->reference, TEXT_DISCLOSURE_REFERENCE_HINT);
    v->urgent = field_add(f, FIELD_CHECKBOXES, "urgent", TEXT_DISCLOSURE_URGENT);
    v->urgent->is_optional = true;
    field_option(f, v->urgent, S("yes"), portal_text(r, TEXT_DISCLOSURE_URGENT_YES), false);
    return OK;
}

static enum status draw(const struct request *r, struct response *out, struct disclosure_form_view *v)
{
    struct portal_view site = portal_view_of(r);

    v->layout =
        portal_form_layout(&site, portal_text(r, TEXT_DISCLOSURE_NEW), r->path, v->fields->errors, r->arena);
    page_disclosure_form(response_page(out), v);
    return v->fields->errors > 0 ? response_correct(out) : OK;
}

enum status disclosure_new_show(const struct request *r, struct response *out, struct err *e)
{
    struct disclosure_form_view v = {0};
    struct grounds all;

    TRY(form_of(r, &v, &all, e));
    return draw(r, out, &v);
}

/* "2026-003": year and running number. */
static bool read_record(struct disclosure_form_view *v, struct disclosure *d)
{
    struct str typed = S("");
    struct str year;
    struct str number;

    if (!field_str(v->fields, v->record, RECORD_LETTERS, &typed))
        return false;
    return (str_cut(typed, '-', &year, &number) && i64_from_str(year, FIRST_YEAR, LAST_YEAR, &d->year) &&
            i64_from_str(number, 1, MOST_NUMBER, &d->number)) ||
           field_wrong(v->fields, v->record, TEXT_DISCLOSURE_WRONG_RECORD);
}

/* A reference is the authority's own number; what points at a person is not taken. */
static void read_reference(const struct request *r, struct disclosure_form_view *v, struct disclosure *d)
{
    if (!field_str(v->fields, v->reference, REFERENCE_LETTERS, &d->their_reference))
        return;
    struct scan scan = scan_text(d->their_reference, r->arena);
    if (scan_refused(&scan) > 0)
        field_wrong(v->fields, v->reference, TEXT_DISCLOSURE_WRONG_REFERENCE);
}

static void read_form(const struct request *r, struct disclosure_form_view *v, const struct grounds *all,
                      struct disclosure *d)
{
    size_t asker = ASKER_ANYONE;
    const struct ground *ground = ground_named(all, v->ground->value);
    uint64_t urgent = 0;

    read_record(v, d);
    if (field_choice(v->fields, v->asker, &asker))
        d->asker = str_of(askers[asker].code);
    d->ground = ground ? ground->code : S("");
    if (asker != ASKER_ANYONE && !ground)
        field_wrong(v->fields, v->ground, TEXT_DISCLOSURE_WRONG_GROUND);
    read_reference(r, v, d);
    field_choices(v->fields, v->urgent, &urgent);
    d->is_urgent = urgent != 0;
}

enum status disclosure_new_take(const struct request *r, struct response *out, struct err *e)
{
    const struct who who = portal_who(r);
    struct disclosure_form_view v = {0};
    struct disclosure d = {0};
    struct grounds all;

    TRY(form_of(r, &v, &all, e));
    read_form(r, &v, &all, &d);
    if (v.fields->errors > 0)
        return draw(r, out, &v);
    enum status s = disclosure_ask(portal_db(r), &d, &who, e);
    if (s == BAD_INPUT) {
        field_wrong(v.fields, v.record, TEXT_DISCLOSURE_WRONG_GONE);
        return draw(r, out, &v);
    }
    TRY(s);
    return portal_redirect(r, out, S("/diarium/begaran/skickad"));
}

enum status disclosure_asked_show(const struct request *r, struct response *out, struct err *e)
{
    struct portal_view site = portal_view_of(r);
    struct disclosures_view v = {
        .layout = portal_layout(&site, portal_text(r, TEXT_DISCLOSURE_ASKED), r->path, r->arena)};

    (void)e;
    if (portal_may(r, PERMISSION_REGISTER_READ))
        v.ask = portal_href(r, "/diarium/begaran");
    page_disclosure_asked(response_page(out), &v);
    return OK;
}
