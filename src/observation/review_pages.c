/* The secrecy review of a request: the record with what is proposed to be held back, the clerk's choice word
 * by word, the copy as it would be, and the decision. The copy is shown and printed; none is kept. */
#include "base/arena.h"
#include "keyring/keyring.h"
#include "keyring/recipient.h"
#include "observation/desk.h"
#include "observation/disclosure_pages.h"
#include "observation/disclosure_view.h"
#include "observation/triage.h"
#include "observation/triage_pages.h"
#include "pages.h"
#include "portal/portal.h"
#include "web/html.h"
#include "web/request.h"
#include "web/response.h"

enum { MORE_LETTERS = 2000, MARKS_MOST = 64 };

/* The record's texts, and the marks that are proposed in them, each with its part. */
struct record {
    size_t n;
    struct str *text;
    enum text_key *from;
    struct scan *proposed;
};

static void add_part(struct record *x, struct str text, enum text_key from, struct arena *a)
{
    if (text.n == 0)
        return;
    x->text[x->n] = text;
    x->from[x->n] = from;
    x->proposed[x->n++] = scan_text(text, a);
}

static struct record record_of(const struct case_file *file, struct str answers, struct arena *a)
{
    size_t most = file->n_messages + 2;
    struct record x = {.text = arena_new(a, most, struct str),
                       .from = arena_new(a, most, enum text_key),
                       .proposed = arena_new(a, most, struct scan)};

    x.text[0] = answers; /* words of the program's own: nothing in them is proposed */
    x.from[0] = TEXT_DISCLOSURE_PART_ANSWERS;
    x.n = 1;
    add_part(&x, file->report.text, TEXT_DISCLOSURE_PART_REPORT, a);
    for (size_t i = 0; i < file->n_messages; i++)
        add_part(&x, file->message[i].text,
                 file->message[i].is_from_city ? TEXT_DISCLOSURE_PART_CITY : TEXT_DISCLOSURE_PART_REPORTER,
                 a);
    return x;
}

static enum text_key kind_words(enum scan_kind kind)
{
    static const enum text_key kinds[SCAN_KINDS] = {[SCAN_IDENTITY_NUMBER] = TEXT_DISCLOSURE_KIND_IDENTITY,
                                                    [SCAN_PHONE] = TEXT_DISCLOSURE_KIND_PHONE,
                                                    [SCAN_PLATE] = TEXT_DISCLOSURE_KIND_PLATE,
                                                    [SCAN_EMAIL] = TEXT_DISCLOSURE_KIND_EMAIL,
                                                    [SCAN_HANDLE] = TEXT_DISCLOSURE_KIND_HANDLE,
                                                    [SCAN_ROOM] = TEXT_DISCLOSURE_KIND_ROOM,
                                                    [SCAN_NAME] = TEXT_DISCLOSURE_KIND_NAME,
                                                    [SCAN_ORIGIN] = TEXT_DISCLOSURE_KIND_ORIGIN,
                                                    [SCAN_HEALTH] = TEXT_DISCLOSURE_KIND_HEALTH};

    return kinds[kind];
}

/* A box for each proposed mark, ticked until the clerk says otherwise. More than there is room for stay
 * masked: nothing is let through because a list was long. */
static void add_marks(const struct request *r, struct review_view *v, const struct record *x)
{
    for (size_t p = 0; p < x->n; p++)
        for (size_t i = 0; i < x->proposed[p].n && v->hide->options < MARKS_MOST; i++) {
            const struct scan_span *span = &x->proposed[p].span[i];
            struct str said = str_part(x->text[p], span->from, span->n);
            struct str kind = portal_text(r, kind_words(span->kind));

            field_option(v->fields, v->hide, str_of(arena_printf(r->arena, "%zu.%zu", p, i)),
                         str_of(arena_printf(r->arena, "%.*s (%.*s)", STR(said), STR(kind))), true);
        }
}

static enum status add_secrecy(const struct request *r, struct review_view *v, struct grounds *all,
                               struct err *e)
{
    TRY(secrecy_read(r->arena, all, e));
    field_option(v->fields, v->secrecy, S(""), portal_text(r, TEXT_DISCLOSURE_NO_SECRECY), true);
    for (size_t i = 0; i < all->n; i++) {
        const struct ground *g = &all->ground[i];
        struct str says = r->language == LANGUAGE_SV ? g->sv : g->en;

        field_option(v->fields, v->secrecy, g->code,
                     str_of(arena_printf(r->arena, "%.*s: %.*s", STR(g->paragraph), STR(says))), false);
    }
    return OK;
}

/* Those of part `p`'s proposed marks whose box is ticked. */
static struct scan chosen_of(const struct review_view *v, const struct record *x, size_t p, struct arena *a)
{
    struct scan out = {.span = arena_new(a, x->proposed[p].n + 1, struct scan_span)};
    size_t box = 0;

    for (size_t before = 0; before < p; before++)
        box += x->proposed[before].n;
    for (size_t i = 0; i < x->proposed[p].n; i++, box++)
        if (box >= v->hide->options || v->hide->option[box].is_chosen)
            out.span[out.n++] = x->proposed[p].span[i];
    return out;
}

/* The copy as the clerk has chosen; *is_held: something of it is held back. */
static void add_copy(const struct request *r, struct review_view *v, const struct record *x, struct str more,
                     bool *is_held)
{
    *is_held = false;
    v->parts = x->n;
    v->part = arena_new(r->arena, x->n + 1, struct review_part);
    for (size_t p = 0; p < x->n; p++) {
        struct scan chosen = chosen_of(v, x, p, r->arena);
        struct scan marks = review_marks(x->text[p], &chosen, more, r->arena);

        *is_held = *is_held || marks.n > 0;
        v->part[p] = (struct review_part){x->from[p], review_mask(x->text[p], &marks, r->arena)};
    }
}

static enum status add_form(const struct request *r, struct review_view *v, const struct record *x,
                            struct grounds *secrecy, struct err *e)
{
    const struct form *sent = str_is(r->method, "POST") ? &r->form : NULL;
    struct field_set *f = field_set_open(sent, catalogue_of(r->language), r->arena);

    v->fields = f;
    v->hide = field_add(f, FIELD_CHECKBOXES, "hide", TEXT_DISCLOSURE_HIDE);
    v->hide->is_optional = true;
    field_hint(f, v->hide, TEXT_DISCLOSURE_HIDE_HINT);
    add_marks(r, v, x);
    v->more = field_add(f, FIELD_AREA, "more", TEXT_DISCLOSURE_MORE);
    v->more->is_optional = true;
    field_hint(f, v->more, TEXT_DISCLOSURE_MORE_HINT);
    v->outcome = field_add(f, FIELD_RADIOS, "outcome", TEXT_DISCLOSURE_OUTCOME);
    field_option(f, v->outcome, S("whole"), portal_text(r, TEXT_DISCLOSURE_GIVE_WHOLE), false);
    field_option(f, v->outcome, S("masked"), portal_text(r, TEXT_DISCLOSURE_GIVE_MASKED), false);
    field_option(f, v->outcome, S("refused"), portal_text(r, TEXT_DISCLOSURE_GIVE_NOTHING), false);
    v->secrecy = field_add(f, FIELD_SELECT, "secrecy", TEXT_DISCLOSURE_SECRECY);
    v->secrecy->is_optional = true;
    field_hint(f, v->secrecy, TEXT_DISCLOSURE_SECRECY_HINT);
    return add_secrecy(r, v, secrecy, e);
}

/* What was held back and why, when it has been decided. */
static enum status add_decision(const struct request *r, struct review_view *v, struct err *e)
{
    struct grounds all;

    v->is_decided = v->row.request->outcome != DISCLOSURE_WAITING;
    TRY(secrecy_read(r->arena, &all, e));
    const struct ground *g = ground_named(&all, v->row.request->secrecy);
    if (g) {
        v->paragraph = g->paragraph;
        v->why = r->language == LANGUAGE_SV ? g->sv : g->en;
    }
    return OK;
}

static enum status add_asker(const struct request *r, struct review_view *v, struct err *e)
{
    struct grounds all;

    TRY(grounds_read(r->arena, &all, e));
    const struct ground *g = ground_named(&all, v->row.request->ground);
    if (g) {
        struct str says = r->language == LANGUAGE_SV ? g->sv : g->en;
        v->asked_ground = str_of(arena_printf(r->arena, "%.*s: %.*s", STR(g->paragraph), STR(says)));
    }
    return OK;
}

static enum status draw(const struct request *r, struct response *out, struct review_view *v)
{
    struct portal_view site = portal_view_of(r);
    size_t errors = v->fields ? v->fields->errors : 0;
    const char *title = arena_printf(r->arena, "%.*s %.*s", STR(portal_text(r, TEXT_DISCLOSURE_OF_RECORD)),
                                     STR(v->row.record));

    v->layout = portal_form_layout(&site, str_of(title), r->path, errors, r->arena);
    v->back = portal_href(r, "/diarium/begaran");
    page_disclosure_review(response_page(out), v);
    return errors > 0 ? response_correct(out) : OK;
}

/* Whole when nothing is held back; a ground when something is. */
static void check_outcome(struct review_view *v, enum disclosure_outcome outcome, bool is_held,
                          const struct ground *secrecy)
{
    if (outcome == DISCLOSURE_WHOLE && is_held)
        field_wrong(v->fields, v->outcome, TEXT_DISCLOSURE_WRONG_WHOLE);
    if (outcome == DISCLOSURE_MASKED && !is_held)
        field_wrong(v->fields, v->outcome, TEXT_DISCLOSURE_WRONG_MASKED);
    if ((outcome != DISCLOSURE_WHOLE) != (secrecy != NULL))
        field_wrong(v->fields, v->secrecy,
                    secrecy ? TEXT_DISCLOSURE_WRONG_NO_SECRECY : TEXT_DISCLOSURE_WRONG_SECRECY);
}

static enum status decide(const struct request *r, struct response *out, struct review_view *v, bool is_held,
                          const struct grounds *secrecy, struct err *e)
{
    static const enum disclosure_outcome outcomes[] = {DISCLOSURE_WHOLE, DISCLOSURE_MASKED,
                                                       DISCLOSURE_REFUSED};
    const struct who who = portal_who(r);
    const struct ground *ground = ground_named(secrecy, v->secrecy->value);
    size_t outcome = 0;

    if (field_choice(v->fields, v->outcome, &outcome))
        check_outcome(v, outcomes[outcome], is_held, ground);
    if (v->fields->errors > 0)
        return draw(r, out, v);
    struct str code = ground ? ground->code : S("");
    enum status s = disclosure_decide(portal_db(r), request_id(r), outcomes[outcome], code, &who, e);
    if (s != OK && s != REFUSED) /* somebody else was first: the page shows what they decided */
        return s;
    return portal_redirect(r, out,
                           str_of(arena_printf(r->arena, "/diarium/begaran/%lld", (long long)request_id(r))));
}

/* The record is opened with the recipient's key; the opening is a line in the log. */
static enum status review(const struct request *r, struct response *out, struct review_view *v,
                          struct keyring *k, const struct opener *opener, struct err *e)
{
    const struct who who = portal_who(r);
    struct case_file file;
    struct grounds secrecy;
    struct str more = S("");
    struct str answers = S("");
    bool is_held = false;

    TRY(triage_open(k, opener, v->row.request->observation, &who, r->arena, &file, e));
    TRY(case_answers(r, &file.report, &answers, e));
    struct record x = record_of(&file, answers, r->arena);
    TRY(add_form(r, v, &x, &secrecy, e));
    field_str(v->fields, v->more, MORE_LETTERS, &more);
    add_copy(r, v, &x, more, &is_held);
    if (!str_is(r->method, "POST") || str_is(form_value(&r->form, "do"), "preview"))
        return draw(r, out, v);
    return decide(r, out, v, is_held, &secrecy, e);
}

static enum status review_or_ask(const struct request *r, struct response *out, struct review_view *v,
                                 struct err *e)
{
    struct keyring *k = NULL;
    struct opener opener;

    v->is_gone = v->row.request->observation == 0;
    if (v->is_decided || v->is_gone || !portal_may(r, PERMISSION_OBSERVATION_READ))
        return draw(r, out, v);
    TRY(desk_keyring(r, &k, e));
    if (!k || !triage_opener(r, &opener)) {
        v->unlock = portal_href(r, "/bedomning");
        return draw(r, out, v);
    }
    enum status s = review(r, out, v, k, &opener, e);
    opener_close(&opener);
    return s;
}

enum status review_show(const struct request *r, struct response *out, struct err *e)
{
    struct disclosure d = {0};
    struct review_view v = {.action = request_address(r->path, r->language, r->arena)};
    enum status s = disclosure_find(portal_db(r), request_id(r), r->arena, &d, e);

    if (s == REFUSED)
        return response_error(out, 404);
    TRY(s);
    v.row = disclosure_row_of(r, &d);
    TRY(add_asker(r, &v, e));
    TRY(add_decision(r, &v, e));
    return review_or_ask(r, out, &v, e);
}

enum status review_take(const struct request *r, struct response *out, struct err *e)
{
    return review_show(r, out, e);
}
