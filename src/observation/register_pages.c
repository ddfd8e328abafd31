/* The register. */
#include "observation/register_pages.h"

#include "base/arena.h"
#include "child/pdf.h"
#include "observation/register.h"
#include "observation/register_package.h"
#include "observation/triage_view.h"
#include "pages.h"
#include "portal/portal.h"
#include "store/city.h"
#include "web/html.h"
#include "web/request.h"
#include "web/response.h"

static enum text_key sender_words(struct str sender)
{
    return str_is(sender, "member")  ? TEXT_OBSERVATION_SENDER_MEMBER
           : str_is(sender, "paper") ? TEXT_OBSERVATION_SENDER_PAPER
                                     : TEXT_OBSERVATION_SENDER_ANYONE;
}

static enum text_key decision_words(struct str decision)
{
    static const struct {
        const char *word;
        enum text_key text;
    } words[] = {{"asked", TEXT_OBSERVATION_DECIDED_ASKED},
                 {"closed", TEXT_OBSERVATION_DECIDED_CLOSED},
                 {"referred", TEXT_OBSERVATION_DECIDED_REFERRED},
                 {"counted", TEXT_OBSERVATION_DECIDED_COUNTED}};

    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (str_is(decision, words[i].word))
            return words[i].text;
    return TEXT_OBSERVATION_DECIDED_NOT;
}

/* For a recipient the entry leads to its report, closed ones too. */
static struct str href_of(const struct request *r, const struct register_entry *entry)
{
    if (entry->observation == 0 || !portal_may(r, PERMISSION_OBSERVATION_READ))
        return S("");
    return request_address(str_of(arena_printf(r->arena, "/bedomning/%lld", (long long)entry->observation)),
                           r->language, r->arena);
}

/* The entries in words of `language`, without links. */
static struct register_row *rows_of(const struct register_entries *all, enum language language,
                                    struct arena *a)
{
    const struct catalogue *texts = catalogue_of(language);
    struct register_row *row = arena_new(a, all->n + 1, struct register_row);

    for (size_t i = 0; i < all->n; i++) {
        const struct register_entry *entry = &all->entry[i];

        row[i] = (struct register_row){.number = str_of(arena_printf(a, "%lld-%03lld", (long long)entry->year,
                                                                     (long long)entry->number)),
                                       .received_on = entry->received_on,
                                       .sender = catalogue_text(texts, sender_words(entry->sender)),
                                       .decision = catalogue_text(texts, decision_words(entry->decision)),
                                       .decided_on = entry->decided_on,
                                       .disposed_on = entry->disposed_on};
    }
    return row;
}

enum status register_show(const struct request *r, struct response *out, struct err *e)
{
    struct portal_view site = portal_view_of(r);
    struct register_entries all;
    int64_t year = date_of(r->now_at).year;

    form_i64(&r->query, "ar", 2000, 2100, &year);
    TRY(register_read(portal_db(r), year, r->arena, &all, e));
    struct register_row *row = rows_of(&all, r->language, r->arena);
    for (size_t i = 0; i < all.n; i++)
        row[i].href = href_of(r, &all.entry[i]);
    struct register_view v = {
        .layout = portal_layout(&site, portal_text(r, TEXT_OBSERVATION_REGISTER), r->path, r->arena),
        .csv_href = request_address(str_of(arena_printf(r->arena, "/diarium/%lld/csv", (long long)year)),
                                    r->language, r->arena),
        .requests_href = request_address(S("/diarium/begaran"), r->language, r->arena),
        .package_href = portal_href(r, arena_printf(r->arena, "/diarium/%lld/paket", (long long)year)),
        .rows = all.n,
        .row = row};
    page_register_list(response_page(out), &v);
    return OK;
}

enum status register_download(const struct request *r, struct response *out, struct err *e)
{
    struct register_entries all;
    struct text csv = text_open(r->arena);
    int64_t year = request_id(r);

    TRY(portal_note_read(r, "register.export", year, S(""), e));
    TRY(register_read(portal_db(r), year, r->arena, &all, e));
    register_csv(&all, &csv);
    response_bytes(out, "text/csv; charset=utf-8", text_str(&csv));
    response_download(out, str_of(arena_printf(r->arena, "diarium-%lld.csv", (long long)year)));
    return OK;
}

/* The year's register as it is printed for the archive: in Swedish, whoever fetches it. */
static enum status print_register(const struct request *r, const struct register_package *p, struct text *out,
                                  struct err *e)
{
    struct portal_view site = portal_view_of(r);
    struct html page = html_open(r->arena, catalogue_of(LANGUAGE_SV));

    site.language = LANGUAGE_SV;
    struct register_view v = {
        .layout = portal_print_layout(&site, catalogue_text(page.texts, TEXT_OBSERVATION_REGISTER)),
        .rows = p->rows,
        .row = p->row,
        .year = str_of(arena_printf(r->arena, "%lld", (long long)p->year))};

    page_register_print(&page, &v);
    return pdf_print(PDF_ARCHIVED, html_str(&page), out, e);
}

enum status register_package_download(const struct request *r, struct response *out, struct err *e)
{
    const struct city *city = portal_of(r)->city;
    struct register_entries all;
    struct text pdf = text_open(r->arena);
    struct str zip;
    int64_t year = request_id(r);

    TRY(portal_note_read(r, "register.archive", year, S(""), e));
    TRY(register_read(portal_db(r), year, r->arena, &all, e));
    struct register_package p = {.year = year,
                                 .city = portal_view_of(r).city,
                                 .municipality = city->municipality,
                                 .now_at = r->now_at,
                                 .rows = all.n,
                                 .row = rows_of(&all, LANGUAGE_SV, r->arena)};
    TRY(print_register(r, &p, &pdf, e));
    p.pdf = text_str(&pdf);
    TRY(register_package(&p, r->arena, &zip, e));
    response_bytes(out, "application/zip", zip);
    response_download(out,
                      str_of(arena_printf(r->arena, "%.*s.zip", STR(register_package_id(&p, r->arena)))));
    return OK;
}
