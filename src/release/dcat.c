/* A catalogue of open data. */
#include "release/dcat.h"

#include "base/xml.h"

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

static void put_both(struct text *out, const char *property, struct dcat_words words)
{
    put_words(out, property, "sv", words.sv);
    put_words(out, property, "en", words.en);
}

static void put_resource(struct text *out, const char *property, const char *uri)
{
    text_format(out, "<%s rdf:resource=\"%s\"/>\n", property, uri);
}

static void put_address(struct text *out, const struct dcat_catalogue *c, struct str path)
{
    xml_put(out, c->address);
    xml_put(out, path);
}

static void put_link(struct text *out, const char *property, const struct dcat_catalogue *c, struct str path)
{
    text_format(out, "<%s rdf:resource=\"", property);
    put_address(out, c, path);
    text_lit(out, "\"/>\n");
}

static void put_day(struct text *out, const char *property, struct date day)
{
    char text[11];

    date_to_text(day, text);
    text_format(out, "<%s rdf:datatype=\"http://www.w3.org/2001/XMLSchema#date\">%s</%s>\n", property, text,
                property);
}

static void put_languages(struct text *out)
{
    put_resource(out, "dcterms:language", AUTHORITY "language/SWE");
    put_resource(out, "dcterms:language", AUTHORITY "language/ENG");
}

static void put_head(struct text *out, const struct dcat_catalogue *c)
{
    text_lit(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                  "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\"\n"
                  " xmlns:dcat=\"http://www.w3.org/ns/dcat#\" xmlns:dcterms=\"http://purl.org/dc/terms/\"\n"
                  " xmlns:foaf=\"http://xmlns.com/foaf/0.1/\" xmlns:adms=\"http://www.w3.org/ns/adms#\"");
    if (c->address.n) {
        text_lit(out, "\n xml:base=\"");
        put_address(out, c, str_of(c->path));
        text_lit(out, "\"");
    }
    text_lit(out, ">\n<foaf:Agent rdf:about=\"#utgivare\">\n");
    put_words(out, "foaf:name", NULL, c->publisher);
    put_resource(out, "dcterms:type", "http://purl.org/adms/publishertype/LocalAuthority");
    text_lit(out, "</foaf:Agent>\n<dcat:Catalog rdf:about=\"#katalog\">\n");
}

void dcat_begin(struct text *out, const struct dcat_catalogue *c)
{
    put_head(out, c);
    put_both(out, "dcterms:title", c->title);
    put_both(out, "dcterms:description", c->description);
    put_resource(out, "dcterms:publisher", "#utgivare");
    put_resource(out, "dcterms:license", LICENCE);
    put_languages(out);
    put_link(out, "foaf:homepage", c, str_of(c->homepage));
}

static void put_period(struct text *out, const struct dcat_set *set)
{
    text_lit(out, "<dcterms:temporal><dcterms:PeriodOfTime>\n");
    put_day(out, "dcat:startDate", (struct date){set->first_year, 1, 1});
    put_day(out, "dcat:endDate", (struct date){set->last_year, 12, 31});
    text_lit(out, "</dcterms:PeriodOfTime></dcterms:temporal>\n");
}

void dcat_set_begin(struct text *out, const struct dcat_catalogue *c, const struct dcat_set *set)
{
    const struct dcat_words keyword = {S("människohandel"), S("human trafficking")};

    text_lit(out, "<dcat:dataset><dcat:Dataset rdf:about=\"");
    put_address(out, c, set->path);
    text_lit(out, "\">\n");
    put_both(out, "dcterms:title", set->title);
    put_both(out, "dcterms:description", set->description);
    put_words(out, "dcterms:identifier", NULL, set->identifier);
    put_resource(out, "dcterms:publisher", "#utgivare");
    put_both(out, "dcat:keyword", keyword);
    put_resource(out, "dcat:theme", AUTHORITY "data-theme/JUST");
    put_resource(out, "dcat:theme", AUTHORITY "data-theme/SOCI");
    put_languages(out);
    put_resource(out, "dcterms:accessRights", AUTHORITY "access-right/PUBLIC");
    put_day(out, "dcterms:issued", set->issued);
    put_link(out, "dcat:landingPage", c, set->path);
    if (set->first_year)
        put_period(out, set);
    if (set->replaces.n) {
        put_words(out, "adms:versionNotes", "sv", set->reason);
        put_link(out, "dcterms:replaces", c, set->replaces);
    }
}

void dcat_file(struct text *out, const struct dcat_catalogue *c, const struct dcat_file *file)
{
    text_lit(out, "<dcat:distribution><dcat:Distribution rdf:about=\"");
    put_address(out, c, file->path);
    text_lit(out, "\">\n");
    put_words(out, "dcterms:title", NULL, file->title);
    put_link(out, "dcat:accessURL", c, file->path);
    put_link(out, "dcat:downloadURL", c, file->path);
    text_lit(out, "<dcat:mediaType rdf:resource=\"" MEDIA_TYPES);
    xml_put(out, file->media_type);
    text_format(out, "\"/>\n<dcterms:format rdf:resource=\"" AUTHORITY "file-type/%s\"/>\n", file->file_type);
    put_resource(out, "dcterms:license", LICENCE);
    text_lit(out, "</dcat:Distribution></dcat:distribution>\n");
}

void dcat_set_end(struct text *out)
{
    text_lit(out, "</dcat:Dataset></dcat:dataset>\n");
}

void dcat_end(struct text *out)
{
    text_lit(out, "</dcat:Catalog>\n</rdf:RDF>\n");
}
