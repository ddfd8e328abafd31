/* The city's catalogue of open data. */
#include "public/open_data.h"

#include "base/arena.h"
#include "base/date.h"
#include "base/xml.h"
#include "portal/portal.h"
#include "public/public_pages.h"
#include "public/public_releases.h"
#include "public/report_formats.h"
#include "release/bundle.h"
#include "release/release.h"
#include "release/standing.h"
#include "web/request.h"
#include "web/response.h"

#define LICENCE "http://creativecommons.org/publicdomain/zero/1.0/"
#define AUTHORITY "http://publications.europa.eu/resource/authority/"
#define MEDIA_TYPES "https://www.iana.org/assignments/media-types/"

/* `language` may be NULL. */
static void put_words(struct text *out, const char *property, const char *language, struct str words)
{
    text_format(out, "<%s", property);
    if (language)
        text_format(out, " xml:lang=\"%s\"", language);
    text_byte(out, '>');
    xml_put(out, words);
    text_format(out, "</%s>\n", property);
}

static void put_both(struct text *out, const char *property, struct str sv, struct str en)
{
    put_words(out, property, "sv", sv);
    put_words(out, property, "en", en);
}

static void put_resource(struct text *out, const char *property, const char *uri)
{
    text_format(out, "<%s rdf:resource=\"%s\"/>\n", property, uri);
}

/* An address of ours: /kartlaggning/<release>, and /<file> when there is one. */
static void put_address(struct text *out, const struct open_data_site *site, const struct release *r,
                        struct str file)
{
    xml_put(out, site->address);
    text_lit(out, "/kartlaggning/");
    xml_put(out, r->name);
    if (file.n) {
        text_byte(out, '/');
        xml_put(out, file);
    }
}

static void put_link(struct text *out, const char *property, const struct open_data_site *site,
                     const struct release *r, struct str file)
{
    text_format(out, "<%s rdf:resource=\"", property);
    put_address(out, site, r, file);
    text_lit(out, "\"/>\n");
}

static void put_day(struct text *out, const char *property, struct date day)
{
    char text[11];

    date_to_text(day, text);
    text_format(out, "<%s rdf:datatype=\"http://www.w3.org/2001/XMLSchema#date\">%s</%s>\n", property, text,
                property);
}

static void put_distribution(struct text *out, const struct open_data_site *site, const struct release *r,
                             struct str file, struct str title, const char *media_type, const char *file_type)
{
    text_lit(out, "<dcat:distribution><dcat:Distribution rdf:about=\"");
    put_address(out, site, r, file);
    text_lit(out, "\">\n");
    put_words(out, "dcterms:title", NULL, title);
    put_link(out, "dcat:accessURL", site, r, file);
    put_link(out, "dcat:downloadURL", site, r, file);
    text_lit(out, "<dcat:mediaType rdf:resource=\"" MEDIA_TYPES);
    xml_put(out, str_of(media_type));
    text_format(out, "\"/>\n<dcterms:format rdf:resource=\"" AUTHORITY "file-type/%s\"/>\n", file_type);
    put_resource(out, "dcterms:license", LICENCE);
    text_lit(out, "</dcat:Distribution></dcat:distribution>\n");
}

/* The tables, each as CSV and JSON-stat, under their own names. */
static void put_tables(struct text *out, const struct open_data_site *site, const struct public_release *p)
{
    for (size_t i = 0; i < p->bundle->files; i++) {
        struct str folder;
        struct str name;

        if (!str_cut(p->bundle->file[i].name, '/', &folder, &name))
            name = p->bundle->file[i].name;
        if (str_ends(name, S(".csv")))
            put_distribution(out, site, p->release, name, name, "text/csv", "CSV");
        else if (str_is(folder, "tables"))
            put_distribution(out, site, p->release, name, name, "application/json", "JSON");
    }
}

static void put_formats(struct text *out, const struct open_data_site *site, const struct release *r)
{
    for (size_t i = 0; i < REPORT_FORMATS; i++) {
        const struct report_format *f = &report_formats[i];
        struct str type;
        struct str parameters;
        struct text plain = text_open(out->arena);

        if (!f->file_type)
            continue;
        if (!str_cut(str_of(f->type), ';', &type, &parameters))
            type = str_of(f->type);
        text_add(&plain, type);
        put_distribution(out, site, r, str_of(f->name), str_of(f->name), plain.p, f->file_type);
    }
}

static void put_period(struct text *out, const struct mapping *m)
{
    text_lit(out, "<dcterms:temporal><dcterms:PeriodOfTime>\n");
    put_day(out, "dcat:startDate", (struct date){m->first_year, 1, 1});
    put_day(out, "dcat:endDate", (struct date){m->last_year, 12, 31});
    text_lit(out, "</dcterms:PeriodOfTime></dcterms:temporal>\n");
}

static void put_set(struct text *out, const struct open_data_site *site, const struct open_data_set *set)
{
    const struct release *r = set->published->release;

    text_lit(out, "<dcat:dataset><dcat:Dataset rdf:about=\"");
    put_address(out, site, r, S(""));
    text_lit(out, "\">\n");
    put_both(out, "dcterms:title", r->mapping.title_sv, r->mapping.title_en);
    put_both(out, "dcterms:description", r->mapping.source_sv, r->mapping.source_en);
    put_words(out, "dcterms:identifier", NULL, r->name);
    put_resource(out, "dcterms:publisher", "#utgivare");
    put_both(out, "dcat:keyword", S("människohandel"), S("human trafficking"));
    put_resource(out, "dcat:theme", AUTHORITY "data-theme/JUST");
    put_resource(out, "dcat:theme", AUTHORITY "data-theme/SOCI");
    put_resource(out, "dcterms:language", AUTHORITY "language/SWE");
    put_resource(out, "dcterms:language", AUTHORITY "language/ENG");
    put_resource(out, "dcterms:accessRights", AUTHORITY "access-right/PUBLIC");
    put_day(out, "dcterms:issued", date_of(r->published_at));
    put_link(out, "dcat:landingPage", site, r, S(""));
    put_period(out, &r->mapping);
    if (set->standing->corrects.n) {
        put_words(out, "adms:versionNotes", "sv", set->standing->corrects_reason);
        text_lit(out, "<dcterms:replaces rdf:resource=\"");
        xml_put(out, site->address);
        text_lit(out, "/kartlaggning/");
        xml_put(out, set->standing->corrects);
        text_lit(out, "\"/>\n");
    }
    put_tables(out, site, set->published);
    put_formats(out, site, r);
    text_lit(out, "</dcat:Dataset></dcat:dataset>\n");
}

static void put_head(struct text *out, const struct open_data_site *site)
{
    text_lit(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                  "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\"\n"
                  " xmlns:dcat=\"http://www.w3.org/ns/dcat#\" xmlns:dcterms=\"http://purl.org/dc/terms/\"\n"
                  " xmlns:foaf=\"http://xmlns.com/foaf/0.1/\" xmlns:adms=\"http://www.w3.org/ns/adms#\"");
    if (site->address.n) {
        text_lit(out, "\n xml:base=\"");
        xml_put(out, site->address);
        text_lit(out, "/oppnadata/katalog.rdf\"");
    }
    text_lit(out, ">\n<foaf:Agent rdf:about=\"#utgivare\">\n");
    put_words(out, "foaf:name", NULL, site->city);
    put_resource(out, "dcterms:type", "http://purl.org/adms/publishertype/LocalAuthority");
    text_lit(out, "</foaf:Agent>\n<dcat:Catalog rdf:about=\"#katalog\">\n");
}

void open_data_catalogue(struct text *out, const struct open_data_site *site, const struct open_data_set *set,
                         size_t n)
{
    put_head(out, site);
    put_both(out, "dcterms:title", S("Kartläggningar av människohandel"), S("Mappings of human trafficking"));
    put_both(
        out, "dcterms:description",
        S("Hur många som är kända och hur många det troligen är. Varje siffra är avrundad, så att ingen "
          "person går att peka ut."),
        S("How many are known and how many there probably are. Every figure is rounded, so that no person "
          "can be pointed out."));
    put_resource(out, "dcterms:publisher", "#utgivare");
    put_resource(out, "dcterms:license", LICENCE);
    put_resource(out, "dcterms:language", AUTHORITY "language/SWE");
    put_resource(out, "dcterms:language", AUTHORITY "language/ENG");
    text_lit(out, "<foaf:homepage rdf:resource=\"");
    xml_put(out, site->address);
    text_lit(out, "/kartlaggning\"/>\n");
    for (size_t i = 0; i < n; i++)
        put_set(out, site, &set[i]);
    text_lit(out, "</dcat:Catalog>\n</rdf:RDF>\n");
}

/* Releases that are neither corrected nor withdrawn, verified. */
static enum status sets_in_force(const struct request *r, struct open_data_set **out, size_t *n,
                                 struct err *e)
{
    struct release_entry *entries = NULL;
    size_t found = 0;

    *n = 0;
    TRY(release_list(portal_db(r), r->arena, &entries, &found, e));
    *out = arena_new(r->arena, found + 1, struct open_data_set);
    for (size_t i = 0; i < found; i++) {
        struct release_standing *standing = arena_new(r->arena, 1, struct release_standing);
        struct public_release *published = NULL;

        if (!entries[i].is_in_force)
            continue;
        TRY(public_release_find(portal_kept(r, &public_room), entries[i].name, &published, e));
        TRY(release_standing(portal_db(r), entries[i].name, r->arena, standing, e));
        (*out)[(*n)++] = (struct open_data_set){.published = published, .standing = standing};
    }
    return OK;
}

enum status open_data_show(const struct request *r, struct response *out, struct err *e)
{
    struct portal_view view = portal_view_of(r);
    const struct open_data_site site = {.city = view.city, .address = view.address};
    struct text catalogue = text_open(r->arena);
    struct open_data_set *sets = NULL;
    size_t n = 0;

    TRY(sets_in_force(r, &sets, &n, e));
    open_data_catalogue(&catalogue, &site, sets, n);
    response_bytes(out, "application/rdf+xml", text_str(&catalogue));
    return OK;
}
