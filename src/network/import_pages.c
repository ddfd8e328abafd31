/* Bringing a contact list into the network: the file, what would become of each row, yes or no. */
#include "network/handlers.h"

#include "base/arena.h"
#include "network/import_view.h"
#include "pages.h"
#include "portal/portal.h"
#include "sheet/sheet.h"
#include "web/html.h"
#include "web/request.h"
#include "web/response.h"

enum { SAMPLES = 10, FAULTS_A_PAGE = 500 };

static void ask(const struct request *r, struct import_form_view *v)
{
    bool is_sent = str_is(r->method, "POST");
    struct field_set *f = field_set_open(is_sent ? &r->form : NULL, catalogue_of(r->language), r->arena);

    v->fields = f;
    v->file = field_add(f, FIELD_TEXT, "file", TEXT_NETWORK_IMPORT_FILE);
    field_hint(f, v->file, TEXT_NETWORK_IMPORT_FILE_HINT);
    v->actor = field_add(f, FIELD_SELECT, "actor", TEXT_NETWORK_IMPORT_ACTOR);
    field_option(f, v->actor, S(""), portal_text(r, TEXT_NETWORK_IMPORT_ACTOR_NONE), true);
    for (int i = 0; i < ACTORS; i++)
        field_option(f, v->actor, str_of(actor_code((enum actor_kind)i)),
                     portal_text(r, network_actor_text((enum actor_kind)i)), false);
    v->action = network_href(r, "/natverket/import");
    v->back = network_href(r, "/natverket");
}

static enum status draw_form(const struct request *r, struct import_form_view *v, struct response *out)
{
    v->layout = network_layout(r, portal_text(r, TEXT_NETWORK_IMPORT_TITLE), v->fields->errors);
    page_network_import_form(response_page(out), v);
    return v->fields->errors > 0 ? response_correct(out) : OK;
}

enum status import_form_show(const struct request *r, struct response *out, struct err *e)
{
    struct import_form_view v = {0};

    (void)e;
    ask(r, &v);
    return draw_form(r, &v, out);
}

/* Reads the file that was sent; what is wrong with it is told at its field, and *is_read is false then. */
static enum status read_file(const struct request *r, struct import_form_view *v, struct contact_rows *rows,
                             struct str *note, bool *is_read, struct err *e)
{
    const struct form_file *file = form_file(&r->form, "file");
    struct sheet sheet;
    size_t actor = 0;

    *is_read = false;
    field_choice(v->fields, v->actor, &actor);
    if (!file) {
        field_wrong(v->fields, v->file, TEXT_NETWORK_WRONG_FILE);
        return OK;
    }
    const char *name = arena_cstr(r->arena, file->filename.p, file->filename.n);
    enum actor_kind otherwise = actor == 0 ? ACTORS : (enum actor_kind)(actor - 1);
    enum status s = sheet_read(name, file->bytes, r->arena, &sheet, e);
    if (s == BAD_INPUT)
        field_wrong(v->fields, v->file, TEXT_NETWORK_IMPORT_UNREADABLE);
    if (s == OK) {
        s = contact_list_read(name, &sheet, otherwise, r->arena, rows, e);
        if (s == BAD_INPUT)
            field_wrong(v->fields, v->file, TEXT_NETWORK_IMPORT_COLUMNS);
    }
    if (s != OK)
        return s == BAD_INPUT ? OK : s;
    *note = sheet.letters == SHEET_WINDOWS_1252 ? S("windows-1252") : S("");
    *is_read = true;
    return OK;
}

enum status import_form_take(const struct request *r, struct response *out, struct err *e)
{
    const struct who who = portal_who(r);
    struct import_form_view v = {0};
    struct contact_rows rows;
    struct str note = S("");
    bool is_read = false;
    int64_t id = 0;

    ask(r, &v);
    TRY(read_file(r, &v, &rows, &note, &is_read, e));
    if (!is_read)
        return draw_form(r, &v, out);
    struct str name = form_file(&r->form, "file")->filename;
    TRY(import_keep(portal_db(r), arena_cstr(r->arena, name.p, name.n), note, &rows, &who, &id, e));
    return response_redirect(out, network_href(r, "/natverket/import/%lld", (long long)id));
}

static enum text_key reason_of(enum contact_fault fault)
{
    static const enum text_key words[CONTACT_FAULTS] = {
        [CONTACT_RIGHT] = TEXT_NETWORK_FAULT_RIGHT,
        [CONTACT_TORN] = TEXT_NETWORK_FAULT_TORN,
        [CONTACT_NO_ORGANISATION] = TEXT_NETWORK_FAULT_NO_ORGANISATION,
        [CONTACT_NUMBER_LETTERS] = TEXT_NETWORK_FAULT_NUMBER_LETTERS,
        [CONTACT_NUMBER_LENGTH] = TEXT_NETWORK_FAULT_NUMBER_LENGTH,
        [CONTACT_NUMBER_PERSON] = TEXT_NETWORK_FAULT_NUMBER_PERSON,
        [CONTACT_NUMBER_CHECK] = TEXT_NETWORK_FAULT_NUMBER_CHECK,
        [CONTACT_NO_ACTOR] = TEXT_NETWORK_FAULT_NO_ACTOR,
        [CONTACT_UNKNOWN_ACTOR] = TEXT_NETWORK_FAULT_UNKNOWN_ACTOR,
        [CONTACT_NO_NAME] = TEXT_NETWORK_FAULT_NO_NAME,
        [CONTACT_NO_EMAIL] = TEXT_NETWORK_FAULT_NO_EMAIL,
        [CONTACT_BAD_EMAIL] = TEXT_NETWORK_FAULT_BAD_EMAIL,
        [CONTACT_BAD_PHONE] = TEXT_NETWORK_FAULT_BAD_PHONE,
        [CONTACT_TOO_LONG] = TEXT_NETWORK_FAULT_TOO_LONG,
    };

    return words[fault];
}

static enum text_key column_of(enum contact_column column)
{
    static const enum text_key words[CONTACT_COLUMNS] = {
        [CONTACT_COLUMN_ORGANISATION] = TEXT_NETWORK_FIELD_NAME,
        [CONTACT_COLUMN_NUMBER] = TEXT_NETWORK_FIELD_NUMBER,
        [CONTACT_COLUMN_ACTOR] = TEXT_NETWORK_EXPORT_ACTOR,
        [CONTACT_COLUMN_NAME] = TEXT_NETWORK_EXPORT_CONTACT,
        [CONTACT_COLUMN_ROLE] = TEXT_NETWORK_EXPORT_ROLE,
        [CONTACT_COLUMN_EMAIL] = TEXT_NETWORK_EXPORT_EMAIL,
        [CONTACT_COLUMN_PHONE] = TEXT_NETWORK_EXPORT_PHONE,
    };

    return words[column];
}

static enum status add_faults(const struct request *r, struct import_view *v, struct err *e)
{
    struct import_row *rows = NULL;
    int64_t first = 0;
    long long id = (long long)v->is->id;

    form_i64(&r->query, "fran", 0, SHEET_MAX_ROWS, &first);
    TRY(import_rows(portal_db(r), v->is->id, IMPORT_FAULT, first, FAULTS_A_PAGE, r->arena, &rows, &v->faults,
                    e));
    struct import_fault *faults = arena_new(r->arena, v->faults + 1, struct import_fault);
    for (size_t i = 0; i < v->faults; i++) {
        const struct contact_row *row = &rows[i].row;

        faults[i] = (struct import_fault){.line = row->line,
                                          .column = column_of(row->column),
                                          .reason = reason_of(row->fault),
                                          .cell = row->cell[row->column]};
    }
    v->fault = faults;
    v->from = first + 1;
    v->to = first + (int64_t)v->faults;
    if (first > 0)
        v->before = network_href(r, "/natverket/import/%lld?fran=%lld", id,
                                 (long long)(first > FAULTS_A_PAGE ? first - FAULTS_A_PAGE : 0));
    if (v->to < v->is->rows[IMPORT_FAULT])
        v->after = network_href(r, "/natverket/import/%lld?fran=%lld", id, (long long)v->to);
    return OK;
}

static enum status add_samples(const struct request *r, struct import_view *v, struct err *e)
{
    struct import_row *rows = NULL;

    TRY(import_rows(portal_db(r), v->is->id, IMPORT_ORGANISATION, 0, SAMPLES, r->arena, &rows, &v->samples,
                    e));
    struct import_sample *samples = arena_new(r->arena, v->samples + 1, struct import_sample);
    for (size_t i = 0; i < v->samples; i++)
        samples[i] =
            (struct import_sample){.row = &rows[i].row, .actor = network_actor_text(rows[i].row.actor)};
    v->sample = samples;
    return OK;
}

/* REFUSED when there is no such list. */
static enum status view_of(const struct request *r, struct import_view *v, struct err *e)
{
    struct import *is = arena_new(r->arena, 1, struct import);

    TRY(import_find(portal_db(r), request_id(r), r->arena, is, e));
    *v = (struct import_view){.is = is,
                              .action = network_href(r, "/natverket/import/%lld", (long long)is->id),
                              .back = network_href(r, "/natverket")};
    for (int i = 0; i < IMPORT_OUTCOMES; i++)
        v->rows += is->rows[i];
    v->good = is->rows[IMPORT_ORGANISATION] + is->rows[IMPORT_CONTACT];
    TRY(add_faults(r, v, e));
    return add_samples(r, v, e);
}

/* The rows hold contact details: reading them is noted. */
enum status import_show(const struct request *r, struct response *out, struct err *e)
{
    struct import_view v;
    enum status s = view_of(r, &v, e);

    if (s != OK)
        return network_missing(s, out);
    TRY(portal_note_read(r, "network.import_read", v.is->id, S(""), e));
    v.layout = network_layout(r, portal_text(r, TEXT_NETWORK_IMPORT_PREVIEW), 0);
    page_network_import(response_page(out), &v);
    return OK;
}

/* An answer after somebody else's changes nothing: the page says how it stands. */
enum status import_take(const struct request *r, struct response *out, struct err *e)
{
    const struct who who = portal_who(r);
    bool is_yes = str_is(form_value(&r->form, "decision"), "yes");
    int64_t organisations = 0;
    int64_t contacts = 0;
    int64_t version = 0;
    long long id = (long long)request_id(r);

    form_i64(&r->form, "version", 1, INT64_MAX, &version);
    enum status s =
        is_yes ? import_carry_out(portal_db(r), request_id(r), version, &who, &organisations, &contacts, e)
               : import_drop(portal_db(r), request_id(r), version, &who, e);
    if (s == REFUSED)
        return response_redirect(out, network_href(r, "/natverket/import/%lld", id));
    TRY(s);
    if (!is_yes)
        return portal_redirect(r, out, S("/natverket/import/kastad"));
    return response_redirect(out, network_href(r, "/natverket/import/klar?organisationer=%lld&personer=%lld",
                                               (long long)organisations, (long long)contacts));
}

enum status import_done(const struct request *r, struct response *out, struct err *e)
{
    struct imported_view v = {.layout = network_layout(r, portal_text(r, TEXT_NETWORK_IMPORT_DONE_TITLE), 0),
                              .back = network_href(r, "/natverket")};

    (void)e;
    form_i64(&r->query, "organisationer", 0, SHEET_MAX_ROWS, &v.organisations);
    form_i64(&r->query, "personer", 0, SHEET_MAX_ROWS, &v.contacts);
    page_network_imported(response_page(out), &v);
    return OK;
}

enum status import_dropped(const struct request *r, struct response *out, struct err *e)
{
    (void)e;
    network_say(r, out, TEXT_NETWORK_IMPORT_DROPPED, TEXT_NETWORK_IMPORT_DROPPED_TEXT, "/natverket",
                TEXT_NETWORK_LIST_TITLE);
    return OK;
}
