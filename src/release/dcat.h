/* A catalogue of open data, written piece by piece: RDF/XML (W3C 2014) in the words of DCAT-AP-SE 2. One
 * dcat:Catalog, in it a dcat:Dataset for each thing that was published, in that a dcat:Distribution for each
 * file. docs/formats/open-data.md.
 *
 *     dcat_begin(out, &catalogue);
 *     dcat_set_begin(out, &catalogue, &set);  dcat_file(out, &catalogue, &file); ..  dcat_set_end(out);
 *     dcat_end(out);                                                                                       */
#ifndef LYKTA_RELEASE_DCAT_H
#define LYKTA_RELEASE_DCAT_H

#include "base/date.h"
#include "base/str.h"
#include "base/text.h"

struct dcat_words {
    struct str sv, en;
};

struct dcat_catalogue {
    struct str address; /* of the site: "https://…" without a closing slash; empty: addresses are told from
                           the root */
    const char *path;   /* of the catalogue: "/oppnadata/katalog.rdf" */
    const char *homepage; /* of what is in it: "/kartlaggning" */
    struct str publisher;
    struct dcat_words title, description;
};

struct dcat_set {
    struct str path; /* of its page */
    struct dcat_words title, description;
    struct str identifier;
    struct date issued;
    int first_year, last_year; /* 0: not told */
    struct str replaces;       /* the path of what it corrects, and why; empty: nothing */
    struct str reason;
};

struct dcat_file {
    struct str path;
    struct str title;
    struct str media_type;
    const char *file_type; /* of the European Union's list of file types: "CSV" */
};

void dcat_begin(struct text *out, const struct dcat_catalogue *c);
void dcat_set_begin(struct text *out, const struct dcat_catalogue *c, const struct dcat_set *set);
void dcat_file(struct text *out, const struct dcat_catalogue *c, const struct dcat_file *file);
void dcat_set_end(struct text *out);
void dcat_end(struct text *out);

#endif
