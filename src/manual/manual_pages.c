/* From a request to a document of the program. */
#include "manual/manual_pages.h"

#include "base/arena.h"
#include "manual/legal_ground_pages.h"
#include "manual/manual_view.h"
#include "pages.h"
#include "portal/portal.h"
#include "web/request.h"
#include "web/response.h"

/* A document as the list has it. */
struct manual_document {
    const char *name; /* of its text */
    enum text_key title, about;
};

static const struct manual_document documents[] = {
    {"installera", TEXT_MANUAL_INSTALL, TEXT_MANUAL_INSTALL_ABOUT},
    {"drift", TEXT_MANUAL_OPERATE, TEXT_MANUAL_OPERATE_ABOUT},
    {"sakerhetskopior", TEXT_MANUAL_BACKUP, TEXT_MANUAL_BACKUP_ABOUT},
    {"driftsakerhet", TEXT_MANUAL_RELIABILITY, TEXT_MANUAL_RELIABILITY_ABOUT},
    {"sakerhet", TEXT_MANUAL_SECURITY, TEXT_MANUAL_SECURITY_ABOUT},
    {"roller", TEXT_MANUAL_ROLES, TEXT_MANUAL_ROLES_ABOUT},
    {"asvs", TEXT_MANUAL_ASVS, TEXT_MANUAL_ASVS_ABOUT},
    {"gallring", TEXT_MANUAL_RETENTION, TEXT_MANUAL_RETENTION_ABOUT},
    {"registerforteckning", TEXT_MANUAL_PROCESSING, TEXT_MANUAL_PROCESSING_ABOUT},
    {"konsekvensbedomning", TEXT_MANUAL_ASSESSMENT, TEXT_MANUAL_ASSESSMENT_ABOUT},
    {"skydd", TEXT_MANUAL_PROTECTION, TEXT_MANUAL_PROTECTION_ABOUT},
    {"uppskattning", TEXT_MANUAL_ESTIMATION, TEXT_MANUAL_ESTIMATION_ABOUT},
    {"samkorning", TEXT_MANUAL_LINKAGE, TEXT_MANUAL_LINKAGE_ABOUT},
    {"avrundning", TEXT_MANUAL_ROUNDING, TEXT_MANUAL_ROUNDING_ABOUT},
    {"format-listor", TEXT_MANUAL_HISTORIES, TEXT_MANUAL_HISTORIES_ABOUT},
    {"format-publicering", TEXT_MANUAL_RELEASE, TEXT_MANUAL_RELEASE_ABOUT},
    {"format-logg", TEXT_MANUAL_AUDIT, TEXT_MANUAL_AUDIT_ABOUT},
    {"uppbyggnad", TEXT_MANUAL_ARCHITECTURE, TEXT_MANUAL_ARCHITECTURE_ABOUT},
    {"utveckla", TEXT_MANUAL_CONTRIBUTE, TEXT_MANUAL_CONTRIBUTE_ABOUT}};

enum { DOCUMENTS = sizeof documents / sizeof documents[0] };

static struct str href_of(const struct request *r, const char *name)
{
    return portal_href(r, arena_printf(r->arena, "/hjalp/om-programmet/%s", name));
}

static struct manual_row row_of(const struct request *r, const struct manual_document *document)
{
    const struct manual_text *text = manual_text_of(str_of(document->name), r->language);

    return (struct manual_row){.href = href_of(r, document->name),
                               .title = portal_text(r, document->title),
                               .about = portal_text(r, document->about),
                               .is_english = text->language == LANGUAGE_EN && r->language != LANGUAGE_EN};
}

static enum status list_show(const struct request *r, struct response *out, struct err *e)
{
    struct portal_view site = portal_view_of(r);
    struct manual_list_view v = {
        .layout = portal_form_layout(&site, portal_text(r, TEXT_MANUAL_TITLE), r->path, 0, r->arena),
        .grounds_href = href_of(r, "rattslig-grund"),
        .rows = DOCUMENTS,
        .row = arena_new(r->arena, DOCUMENTS, struct manual_row)};

    (void)e;
    for (size_t i = 0; i < DOCUMENTS; i++)
        v.row[i] = row_of(r, &documents[i]);
    page_manual_list(response_page(out), &v);
    return OK;
}

static const struct manual_document *find(struct str name)
{
    for (size_t i = 0; i < DOCUMENTS; i++)
        if (str_is(name, documents[i].name))
            return &documents[i];
    return NULL;
}

static enum status text_show(const struct request *r, struct response *out, struct err *e)
{
    struct portal_view site = portal_view_of(r);
    const struct manual_document *document = find(request_param(r, "name"));

    (void)e;
    if (!document)
        return response_error(out, 404);
    const struct str title = portal_text(r, document->title);
    const struct manual_text *text = manual_text_of(str_of(document->name), r->language);
    const struct manual_view v = {.layout = portal_form_layout(&site, title, r->path, 0, r->arena),
                                  .index_href = portal_href(r, "/hjalp/om-programmet"),
                                  .title = title,
                                  .language = language_code(text->language),
                                  .text = text};
    page_manual_text(response_page(out), &v);
    return OK;
}

static const struct route routes[] = {
    {"GET", "/hjalp/om-programmet", ROUTE_ANYONE, list_show, .caching = ROUTE_REVALIDATED},
    {"GET", "/hjalp/om-programmet/rattslig-grund", ROUTE_ANYONE, legal_grounds_show,
     .caching = ROUTE_REVALIDATED},
    {"GET", "/hjalp/om-programmet/:name", ROUTE_ANYONE, text_show, .caching = ROUTE_REVALIDATED},
    {.method = NULL},
};

static const struct portal_link foot[] = {
    {"/hjalp/om-programmet", TEXT_MANUAL_TITLE, PERMISSION_ANYONE},
    {.path = NULL},
};

const struct portal_room manual_room = {.routes = routes, .foot = foot};
