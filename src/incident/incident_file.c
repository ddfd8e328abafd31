/* What can be fetched of an incident: the report and the letter, as pages and as text, and the numbers of the
 * reports that were kept when it happened. Each fetching is a line in the log. */
#include "incident/handlers.h"

#include "base/arena.h"
#include "base/text.h"
#include "calendar/stockholm.h"
#include "child/pdf.h"
#include "incident/incident_document.h"
#include "observation/register.h"
#include "pages.h"
#include "portal/portal.h"
#include "web/html.h"
#include "web/request.h"
#include "web/response.h"

typedef void writer(const struct incident_source *from, struct arena *a, struct incident_document *out);

static enum status print(const struct request *r, struct incident_document *d, struct response *out,
                         struct err *e)
{
    struct portal_view site = portal_view_of(r);
    struct html page = html_open(r->arena, catalogue_of(r->language));
    struct text pdf = text_open(r->arena);

    d->layout = portal_print_layout(&site, portal_text(r, d->title));
    page_incident_print(&page, d);
    TRY(pdf_print(PDF_ACCESSIBLE, html_str(&page), &pdf, e));
    response_bytes(out, "application/pdf", text_str(&pdf));
    return OK;
}

static enum status write(const struct request *r, const struct incident *x, writer *write_it, bool is_pdf,
                         struct response *out, struct err *e)
{
    struct portal_view site = portal_view_of(r);
    struct activities activities;
    struct legal_grounds grounds;
    struct incident_steps steps;
    struct incident_document d;

    TRY(activities_read(r->arena, &activities, e));
    TRY(legal_grounds_read(r->arena, &grounds, e));
    TRY(incident_steps_read(portal_db(r), x->id, r->arena, &steps, e));
    const struct incident_source from = {.is = x,
                                         .steps = &steps,
                                         .activities = &activities,
                                         .grounds = &grounds,
                                         .site = &site,
                                         .now_at = r->now_at};
    write_it(&from, r->arena, &d);
    if (is_pdf)
        return print(r, &d, out, e);
    response_bytes(out, "text/plain; charset=utf-8", incident_document_text(&d, r->language, r->arena));
    return OK;
}

static enum status write_numbers(const struct request *r, const struct incident *x, struct response *out,
                                 struct err *e)
{
    struct register_entries kept;
    struct text csv = text_open(r->arena);

    TRY(register_kept(portal_db(r), stockholm_day(x->noticed_at, NULL), r->arena, &kept, e));
    register_csv(&kept, &csv);
    response_bytes(out, "text/csv; charset=utf-8", text_str(&csv));
    return OK;
}

enum status incident_file_show(const struct request *r, struct response *out, struct err *e)
{
    static const struct {
        const char *name;
        writer *write;
        bool is_pdf;
    } files[] = {{"anmalan.pdf", incident_report_write, true},
                 {"anmalan.txt", incident_report_write, false},
                 {"brev.pdf", incident_letter_write, true},
                 {"brev.txt", incident_letter_write, false},
                 {"handlingar.csv", NULL, false}};
    struct str wanted = request_param(r, "file");
    struct incident x;
    bool is_there = false;

    TRY(incident_of(r, out, &x, &is_there, e));
    for (size_t i = 0; is_there && i < sizeof files / sizeof *files; i++) {
        if (!str_is(wanted, files[i].name))
            continue;
        TRY(portal_note_read(r, "incident.fetch", x.id, wanted, e));
        TRY(files[i].write ? write(r, &x, files[i].write, files[i].is_pdf, out, e)
                           : write_numbers(r, &x, out, e));
        response_download(out, wanted);
        return OK;
    }
    return response_error(out, 404);
}
