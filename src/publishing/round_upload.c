/* The analyst gives a mapping its lists: two files, read at once, worked out later. */
#include "publishing/handlers.h"

#include "base/arena.h"
#include "base/text.h"
#include "estimate/counts.h"
#include "mapping/mapping.h"
#include "mapping/specification.h"
#include "pages.h"
#include "portal/portal.h"
#include "publishing/round_input.h"
#include "publishing/round_view.h"
#include "publishing/upload_fault.h"
#include "web/html.h"
#include "web/request.h"
#include "web/response.h"

#include <inttypes.h>

struct upload {
    struct field_set *fields;
    struct field *histories, *names;
};

static struct upload ask(const struct request *r, const struct form *sent)
{
    struct upload q = {.fields = field_set_open(sent, catalogue_of(r->language), r->arena)};

    q.histories = field_add(q.fields, FIELD_TEXT, "histories", TEXT_PUBLISHING_UPLOAD_HISTORIES);
    field_hint(q.fields, q.histories, TEXT_PUBLISHING_UPLOAD_HISTORIES_HINT);
    q.names = field_add(q.fields, FIELD_TEXT, "names", TEXT_PUBLISHING_UPLOAD_NAMES);
    field_hint(q.fields, q.names, TEXT_PUBLISHING_UPLOAD_NAMES_HINT);
    q.names->is_optional = true;
    return q;
}

static enum status draw(const struct request *r, const struct upload *q, const struct round *round,
                        struct response *out, struct err *e)
{
    struct portal_view around = portal_view_of(r);
    struct mapping_specification begun;
    bool has_names = false;

    TRY(mapping_specification_read(portal_db(r), r->arena, &begun, &has_names, e));
    struct round_form_view v = {.layout =
                                    portal_form_layout(&around, portal_text(r, TEXT_PUBLISHING_UPLOAD_TITLE),
                                                       r->path, q->fields->errors, r->arena),
                                .fields = q->fields,
                                .file = {q->histories, q->names},
                                .title = TEXT_PUBLISHING_UPLOAD_TITLE,
                                .about = TEXT_PUBLISHING_UPLOAD_ABOUT,
                                .button = TEXT_PUBLISHING_UPLOAD_BUTTON,
                                .told = round->specification,
                                .is_upload = true,
                                .action = round_href(r, round->id, "/underlag"),
                                .back = round_href(r, round->id, "")};

    if (has_names && begun.names > 0)
        v.names_href = portal_href(r, "/kartlaggningar/namn.csv");
    page_publishing_form(response_page(out), &v);
    return OK;
}

/* What lists and groups are called in the specification that mappings begin from. */
enum status round_names_file(const struct request *r, struct response *out, struct err *e)
{
    struct mapping_specification begun;
    struct text csv = text_open(r->arena);
    bool is_there = false;

    TRY(mapping_specification_read(portal_db(r), r->arena, &begun, &is_there, e));
    if (!is_there || begun.names == 0)
        return response_error(out, 404);
    mapping_specification_csv(&begun, &csv);
    response_bytes(out, "text/csv; charset=utf-8", text_str(&csv));
    response_download(out, S("namn.csv"));
    return OK;
}

enum status round_upload_show(const struct request *r, struct response *out, struct err *e)
{
    struct upload q = ask(r, NULL);
    struct round round;
    bool is_there = false;

    TRY(round_of(r, &round, &is_there, out, e));
    if (!is_there)
        return OK;
    return draw(r, &q, &round, out, e);
}

/* Reads both files as the run will, so that what is wrong is told now and not when it waits. */
static void check(const struct request *r, struct upload *q, const struct round_input *input)
{
    struct counts_linkages linkages;
    struct mapping *m = arena_new(r->arena, 1, struct mapping);
    struct err fault = {0};

    if (input->histories.n == 0) {
        field_wrong(q->fields, q->histories, TEXT_PUBLISHING_UPLOAD_NONE);
        return;
    }
    if (counts_read_linkages(&linkages, "histories.csv", input->histories, r->arena, &fault) == OK &&
        mapping_name(m, &linkages.linkage[0], "names.csv", input->names, r->arena, &fault) == OK)
        return;
    field_wrong_text(q->fields, upload_fault_file(fault.what) ? q->names : q->histories,
                     upload_fault_words(fault.what, r->language, r->arena));
}

static struct str bytes_of(const struct request *r, const char *name)
{
    const struct form_file *file = form_file(&r->form, name);

    return file ? file->bytes : S("");
}

enum status round_upload_take(const struct request *r, struct response *out, struct err *e)
{
    const struct form_file *file = form_file(&r->form, "histories");
    const struct round_input input = {.file_name = file ? file->filename : S(""),
                                      .histories = bytes_of(r, "histories"),
                                      .names = bytes_of(r, "names")};
    struct upload q = ask(r, &r->form);
    const struct who who = portal_who(r);
    struct round round;
    bool is_there = false;

    TRY(round_of(r, &round, &is_there, out, e));
    if (!is_there)
        return OK;
    check(r, &q, &input);
    if (q.fields->errors == 0) {
        TRY(round_upload(portal_of(r)->city, portal_db(r), round.id, &input, publishing_person(r), &who, e));
        return portal_redirect(r, out, str_of(arena_printf(r->arena, "/kartlaggningar/%" PRId64, round.id)));
    }
    TRY(draw(r, &q, &round, out, e));
    return response_correct(out);
}
