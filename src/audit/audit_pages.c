/* The room of the audit log. */
#include "audit/audit_pages.h"

#include "audit/audit_export.h"
#include "audit/audit_view.h"
#include "audit/audit_words.h"
#include "base/arena.h"
#include "calendar/stockholm.h"
#include "pages.h"
#include "portal/portal.h"
#include "store/city.h"
#include "web/html.h"
#include "web/request.h"
#include "web/response.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <sodium.h>

static const struct date first_day = {2020, 1, 1};
static const struct date last_day = {2100, 12, 31};

static enum status add_chain(const struct request *r, struct log_view *v, struct err *e)
{
    char hex[2 * AUDIT_HASH_BYTES + 1];
    struct audit_finding found;

    TRY(audit_check(portal_db(r), &found, e));
    sodium_bin2hex(hex, sizeof hex, found.head.hash, sizeof found.head.hash);
    v->is_whole = found.is_whole;
    v->checked = stockholm_moment(r->now_at, r->arena);
    v->last = found.head.last;
    v->wrong = found.head.last + 1;
    v->incident_href = portal_may(r, PERMISSION_INCIDENT_NOTE) ? portal_href(r, "/incident/ny") : S("");
    v->head = str_copy(str_of(hex), r->arena);
    return OK;
}

/* The form's questions; the answers to choose from are what stands in the log, and all that the program can
 * write. */
static enum status add_questions(const struct request *r, const struct audit_words *words, struct log_view *v,
                                 struct audit_names *names, struct err *e)
{
    struct field_set *f =
        field_set_open(form_has(&r->query, "vem") ? &r->query : NULL, catalogue_of(r->language), r->arena);

    TRY(audit_names_read(portal_db(r), r->arena, names, e));
    v->fields = f;
    v->who = field_add(f, FIELD_SELECT, "vem", TEXT_AUDIT_SEARCH_WHO);
    field_option(f, v->who, S(""), portal_text(r, TEXT_AUDIT_SEARCH_ANYONE), true);
    for (size_t i = 0; i < names->n; i++)
        field_option(f, v->who, names->name[i], audit_who(names->name[i], r->language, r->arena), false);
    v->what = field_add(f, FIELD_SELECT, "vad", TEXT_AUDIT_SEARCH_WHAT);
    field_option(f, v->what, S(""), portal_text(r, TEXT_AUDIT_SEARCH_ANYTHING), true);
    for (size_t i = 0; i < words->actions; i++)
        field_option(f, v->what, words->action[i].code, audit_kind(&words->action[i], r->language, r->arena),
                     false);
    v->from = field_add(f, FIELD_DATE, "fran", TEXT_AUDIT_SEARCH_FROM);
    v->until = field_add(f, FIELD_DATE, "till", TEXT_AUDIT_SEARCH_UNTIL);
    v->from->is_optional = v->until->is_optional = true;
    v->is_searched = f->is_sent;
    return OK;
}

/* What was asked for; nothing at all when something is wrong with it. */
static struct audit_search read_answers(const struct log_view *v, const struct audit_names *names,
                                        const struct audit_words *words)
{
    struct audit_search search = {0};
    struct date from = {0};
    struct date until = {0};
    size_t who = 0;
    size_t what = 0;

    if (!v->fields->sent)
        return search;
    if (field_choice(v->fields, v->who, &who) && who > 0)
        search.who = names->name[who - 1];
    if (field_choice(v->fields, v->what, &what) && what > 0)
        search.action = words->action[what - 1].code;
    if (field_date(v->fields, v->from, first_day, last_day, &from) && from.year)
        search.from_at = stockholm_at(from, 0);
    if (field_date(v->fields, v->until, first_day, last_day, &until) && until.year)
        search.before_at = stockholm_at(date_from_days(date_days(until) + 1), 0);
    if (from.year && until.year && date_days(until) < date_days(from))
        field_wrong(v->fields, v->until, TEXT_AUDIT_SEARCH_UNTIL_FIRST);
    return search;
}

/* The address of the same search from row `up_to` down; from the latest when it is 0. */
static struct str search_href(const struct request *r, const struct log_view *v, int64_t up_to)
{
    static const char *const names[] = {"vem",       "vad",      "fran-day",   "fran-month",
                                        "fran-year", "till-day", "till-month", "till-year"};
    struct html address = html_open(r->arena, catalogue_of(r->language));

    html_raw(&address, v->action);
    html_lit(&address, "?");
    for (size_t i = 0; v->fields->sent && i < sizeof names / sizeof names[0]; i++) {
        html_raw(&address, str_of(names[i]));
        html_lit(&address, "=");
        html_put_url_part(&address, form_value(&r->query, names[i]));
        html_lit(&address, "&");
    }
    if (up_to > 0) {
        html_lit(&address, "rad=");
        html_put_plain_i64(&address, up_to);
    }
    return html_str(&address);
}

static struct log_row row_of(const struct request *r, const struct audit_words *words,
                             const struct audit_entry *entry)
{
    return (struct log_row){.id = entry->id,
                            .when = stockholm_moment(entry->at, r->arena),
                            .who = audit_who(entry->who, r->language, r->arena),
                            .role = audit_role(entry->role, r->language, r->arena),
                            .what = audit_what(words, entry, r->language, r->arena),
                            .detail = audit_detail(words, entry, r->language, r->arena),
                            .why = entry->why};
}

static enum status add_rows(const struct request *r, const struct audit_words *words,
                            struct audit_search search, struct log_view *v, struct err *e)
{
    struct audit_entries found;

    form_i64(&r->query, "rad", 1, INT64_MAX, &search.up_to);
    TRY(audit_count(portal_db(r), &search, &v->found, e));
    TRY(audit_find(portal_db(r), &search, AUDIT_PAGE_ROWS + 1, r->arena, &found, e));
    struct log_row *rows = arena_new(r->arena, found.n + 1, struct log_row);
    for (size_t i = 0; i < found.n && i < AUDIT_PAGE_ROWS; i++)
        rows[v->rows++] = row_of(r, words, &found.entry[i]);
    v->row = rows;
    if (found.n > AUDIT_PAGE_ROWS)
        v->older_href = search_href(r, v, found.entry[AUDIT_PAGE_ROWS].id);
    if (search.up_to > 0)
        v->latest_href = search_href(r, v, 0);
    return OK;
}

/* Which rows were shown is noted, and not what was searched for. */
static enum status note_rows(const struct request *r, const struct log_view *v, struct err *e)
{
    const char *detail =
        v->rows ? arena_printf(r->arena, "rows %" PRId64 "-%" PRId64, v->row[v->rows - 1].id, v->row[0].id)
                : "";

    return portal_note_read(r, "audit.read", 0, str_of(detail), e);
}

static enum status log_show(const struct request *r, struct response *out, struct err *e)
{
    struct portal_view around = portal_view_of(r);
    struct log_view v = {.action = request_address(S("/logg"), r->language, r->arena),
                         .file_href = request_address(S("/logg/fil"), r->language, r->arena)};
    struct audit_words words;
    struct audit_names names;

    TRY(audit_words_load(r->arena, &words, e));
    TRY(add_questions(r, &words, &v, &names, e));
    struct audit_search search = read_answers(&v, &names, &words);
    TRY(add_chain(r, &v, e));
    if (v.fields->errors == 0) {
        TRY(add_rows(r, &words, search, &v, e));
        TRY(note_rows(r, &v, e));
    }
    v.layout =
        portal_form_layout(&around, portal_text(r, TEXT_AUDIT_TITLE), r->path, v.fields->errors, r->arena);
    page_log_list(response_page(out), &v);
    return v.fields->errors ? response_correct(out) : OK;
}

/* An open file without a name, which is gone when it is closed. */
static enum status open_unnamed(int *fd, struct err *e)
{
    FILE *file = tmpfile();

    *fd = file ? dup(fileno(file)) : -1;
    if (file)
        fclose(file);
    return *fd >= 0 ? OK : err_set(e, SYSTEM, "the log's file cannot be made: %s", strerror(errno));
}

static enum status log_file(const struct request *r, struct response *out, struct err *e)
{
    const struct city *city = portal_of(r)->city;
    struct date today = stockholm_day(r->now_at, NULL);
    int64_t bytes = 0;
    int fd = -1;

    TRY(portal_note_read(r, "audit.export", 0, S(""), e));
    TRY(open_unnamed(&fd, e));
    enum status s = audit_export(city, portal_db(r), r->now_at, fd, &bytes, e);
    if (s == OK && lseek(fd, 0, SEEK_SET) != 0)
        s = err_set(e, SYSTEM, "the log's file cannot be read: %s", strerror(errno));
    if (s != OK) {
        close(fd);
        return s;
    }
    response_file(out, "application/jsonl; charset=utf-8", fd, bytes);
    response_download(out, str_of(arena_printf(r->arena, "logg-%.*s-%04d-%02d-%02d.jsonl",
                                               STR(city->municipality), today.year, today.month, today.day)));
    return OK;
}

/* Both follow or hash the whole log. */
static const struct route routes[] = {
    {"GET", "/logg", PERMISSION_AUDIT_READ, log_show, .caching = ROUTE_NOT_STORED, .cost = ROUTE_COSTLY},
    {"GET", "/logg/fil", PERMISSION_AUDIT_READ, log_file, .caching = ROUTE_NOT_STORED, .cost = ROUTE_COSTLY},
    {.method = NULL},
};

static const struct portal_link work[] = {
    {"/logg", TEXT_AUDIT_TITLE, PERMISSION_AUDIT_READ},
    {.path = NULL},
};

const struct portal_room audit_room = {.routes = routes, .work = work};
