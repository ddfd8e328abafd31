/* The coordinator's list of organisations, by what one looks for, and the same as a file. */
#include "network/handlers.h"

#include "base/arena.h"
#include "network/organisation_view.h"
#include "pages.h"
#include "portal/portal.h"
#include "sheet/sheet_write.h"
#include "web/html.h"
#include "web/request.h"
#include "web/response.h"

enum { PAGE_ROWS = 50, MOST_PASSED = 1000000 };

/* What the list can be asked for, by the word in its address. */
static const struct {
    const char *word;
    enum text_key text;
    uint32_t states;
    enum organisation_need need;
} choices[] = {
    {"", TEXT_NETWORK_LIST_ALL, 0, ORGANISATION_ANY},
    {"medlemmar", TEXT_NETWORK_LIST_MEMBERS, 1U << ORGANISATION_MEMBER, ORGANISATION_ANY},
    {"kanda", TEXT_NETWORK_LIST_LISTED, 1U << ORGANISATION_LISTED, ORGANISATION_ANY},
    {"utan", TEXT_NETWORK_LIST_WITHOUT, 0, ORGANISATION_WITHOUT_AGREEMENT},
    {"slutar", TEXT_NETWORK_LIST_ENDING, 0, ORGANISATION_ENDS_SOON},
    {"lamnat", TEXT_NETWORK_STATE_LEFT, 1U << ORGANISATION_LEFT, ORGANISATION_ANY},
};

enum { CHOICES = sizeof choices / sizeof choices[0] };

static void ask(const struct request *r, struct organisations_view *v)
{
    v->fields = field_set_open(&r->query, catalogue_of(r->language), r->arena);
    v->search = field_add(v->fields, FIELD_TEXT, "q", TEXT_NETWORK_LIST_SEARCH);
    v->actor = field_add(v->fields, FIELD_SELECT, "verksamhet", TEXT_NETWORK_FIELD_ACTOR);
    field_option(v->fields, v->actor, S(""), portal_text(r, TEXT_NETWORK_LIST_ALL), true);
    for (int i = 0; i < ACTORS; i++)
        field_option(v->fields, v->actor, str_of(actor_code((enum actor_kind)i)),
                     portal_text(r, network_actor_text((enum actor_kind)i)), false);
    v->state = field_add(v->fields, FIELD_SELECT, "visa", TEXT_NETWORK_LIST_STATE);
    for (size_t i = 0; i < CHOICES; i++)
        field_option(v->fields, v->state, str_of(choices[i].word), portal_text(r, choices[i].text), i == 0);
}

/* An answer that is not among those to choose is no answer: an address can be typed. */
static struct organisation_filter filter_of(const struct request *r, struct organisations_view *v)
{
    struct organisation_filter filter = {.now_at = r->now_at};

    ask(r, v);
    filter.search = v->search->value;
    for (size_t i = 1; i < v->actor->options; i++)
        if (v->actor->option[i].is_chosen)
            filter.actors = ACTOR_BIT(i - 1);
    for (size_t i = 1; i < CHOICES; i++)
        if (v->state->option[i].is_chosen) {
            filter.states = choices[i].states;
            filter.need = choices[i].need;
        }
    form_i64(&r->query, "fran", 0, MOST_PASSED, &filter.first);
    return filter;
}

/* The address of `path` with what is looked for, from the row after `first` on. */
static struct str same_list(const struct request *r, const char *path, int64_t first)
{
    struct text out = text_open(r->arena);
    static const char *const names[] = {"q", "verksamhet", "visa"};
    struct html value = html_open(r->arena, catalogue_of(r->language));

    text_add(&out, request_address(str_of(path), r->language, r->arena));
    text_format(&out, "?fran=%lld", (long long)first);
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (form_value(&r->query, names[i]).n == 0)
            continue;
        value = html_open(r->arena, catalogue_of(r->language));
        html_put_url_part(&value, form_value(&r->query, names[i]));
        text_format(&out, "&%s=%.*s", names[i], STR(html_str(&value)));
    }
    return text_str(&out);
}

static void add_links(const struct request *r, struct organisations_view *v, int64_t first)
{
    v->action = network_href(r, "/natverket");
    v->applications = network_href(r, "/natverket/ansokningar");
    v->add = network_href(r, "/natverket/organisation/ny");
    v->import = network_href(r, "/natverket/import");
    v->agreement = network_href(r, "/natverket/overenskommelse/ny");
    v->csv = same_list(r, "/natverket/fil/natverket.csv", 0);
    v->xlsx = same_list(r, "/natverket/fil/natverket.xlsx", 0);
    if (first > 0)
        v->before = same_list(r, "/natverket", first > PAGE_ROWS ? first - PAGE_ROWS : 0);
    if (first + PAGE_ROWS < v->all)
        v->after = same_list(r, "/natverket", first + PAGE_ROWS);
}

enum status organisations_show(const struct request *r, struct response *out, struct err *e)
{
    struct organisations_view v = {.layout = network_layout(r, portal_text(r, TEXT_NETWORK_LIST_TITLE), 0),
                                   .is_removed = form_has(&r->query, "lamnade")};
    struct organisation_filter filter = filter_of(r, &v);
    struct applications waiting;
    struct organisations found;

    filter.most = PAGE_ROWS;
    TRY(organisation_list(portal_db(r), &filter, r->arena, &found, e));
    TRY(application_waiting(portal_db(r), r->arena, &waiting, e));
    struct organisation_row *rows = arena_new(r->arena, found.n + 1, struct organisation_row);
    for (size_t i = 0; i < found.n; i++)
        rows[i] = organisation_row_of(r, &found.organisation[i]);
    v.row = rows;
    v.n = found.n;
    v.all = found.all;
    v.from = filter.first + 1;
    v.to = filter.first + (int64_t)found.n;
    v.waiting = (int64_t)waiting.n;
    add_links(r, &v, filter.first);
    page_network_list(response_page(out), &v);
    return OK;
}

enum { COLUMNS = 11 };

static struct str iso(int64_t at, struct arena *a)
{
    char text[11] = "";

    if (at > 0)
        date_to_text(date_of(at), text);
    return str_copy(str_of(text), a);
}

struct rows {
    size_t n, room;
    struct str (*row)[COLUMNS];
};

/* A row for each contact person of an organisation, or one without when it has none. */
static enum status add_rows(const struct request *r, const struct organisation *o, struct rows *out,
                            struct err *e)
{
    struct contacts people;

    TRY(contact_list(portal_db(r), o->id, r->arena, &people, e));
    for (size_t i = 0; i == 0 || i < people.n; i++) {
        const struct contact none = {0};
        const struct contact *c = people.n ? &people.contact[i] : &none;
        const struct str row[COLUMNS] = {o->name,
                                         o->number,
                                         str_of(actor_names(o->actor)[0]),
                                         c->name,
                                         c->role,
                                         c->email,
                                         c->phone,
                                         people.n ? portal_text(r, contact_place_text(c->place)) : S(""),
                                         portal_text(r, organisation_state_text(o->state)),
                                         iso(o->agreement_until_at, r->arena),
                                         iso(o->attested_at, r->arena)};

        out->row = arena_grow(r->arena, out->row, out->n + 1, &out->room, sizeof *out->row);
        for (size_t c_i = 0; c_i < COLUMNS; c_i++)
            out->row[out->n][c_i] = row[c_i];
        out->n++;
    }
    return OK;
}

/* The columns an import reads come first, by the names it knows them by. */
static enum status table_of(const struct request *r, struct sheet_table *out, struct err *e)
{
    static const enum text_key keys[COLUMNS] = {
        TEXT_NETWORK_FIELD_NAME,     TEXT_NETWORK_FIELD_NUMBER,         TEXT_NETWORK_EXPORT_ACTOR,
        TEXT_NETWORK_EXPORT_CONTACT, TEXT_NETWORK_EXPORT_ROLE,          TEXT_NETWORK_EXPORT_EMAIL,
        TEXT_NETWORK_EXPORT_PHONE,   TEXT_NETWORK_FIELD_PLACE,          TEXT_NETWORK_LIST_STATE,
        TEXT_NETWORK_LIST_UNTIL,     TEXT_NETWORK_ORGANISATION_ATTESTED};
    struct organisations_view asked = {0};
    struct organisation_filter filter = filter_of(r, &asked);
    struct str *header = arena_new(r->arena, COLUMNS, struct str);
    struct organisations found;
    struct rows rows = {0};

    filter.first = 0;
    TRY(organisation_list(portal_db(r), &filter, r->arena, &found, e));
    for (size_t i = 0; i < found.n; i++)
        TRY(add_rows(r, &found.organisation[i], &rows, e));
    for (size_t i = 0; i < COLUMNS; i++)
        header[i] = portal_text(r, keys[i]);
    *out = (struct sheet_table){.name = "Nätverket",
                                .columns = COLUMNS,
                                .header = header,
                                .n = rows.n,
                                .cell = rows.n ? rows.row[0] : NULL};
    return OK;
}

/* A list of people leaves the city here: reading it is noted. */
enum status organisations_file(const struct request *r, struct response *out, struct err *e)
{
    struct str file = request_param(r, "file");
    bool is_csv = str_is(file, "natverket.csv");
    struct sheet_table table;
    struct str bytes;

    if (!is_csv && !str_is(file, "natverket.xlsx"))
        return response_error(out, 404);
    TRY(table_of(r, &table, e));
    TRY(portal_note_read(r, "network.export", 0, file, e));
    if (is_csv) {
        response_bytes(out, "text/csv; charset=utf-8", sheet_write_csv(&table, r->arena));
    } else {
        TRY(sheet_write_xlsx(&table, r->arena, &bytes, e));
        response_bytes(out, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", bytes);
    }
    response_download(out, file);
    return OK;
}
