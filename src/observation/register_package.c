/* A year of the register as a package for an e-archive. The numbers in comments are those of the
 * requirements. */
#include "observation/register_package.h"

#include "base/arena.h"
#include "base/xml.h"

#include <sodium.h>
#include <string.h>
#include <zip.h>

extern const char register_xsd[];   /* register.xsd */
extern const char register_about[]; /* register_about.txt */

#define DATA "representations/rep1/data/"

enum { PARTS = 4, DAY_LETTERS = 10 }; /* "2026-11-25" */

/* A file of the package. */
struct part {
    const char *path;
    const char *type;
    struct str bytes;
};

/* A group of files in METS.xml, and its division of the structure: CSIP60, CSIP113, CSIP114. */
struct group {
    const char *id;
    const char *use;
    size_t first, n; /* of the parts */
};

static const struct group groups[] = {{"grupp-dokumentation", "Documentation", 0, 1},
                                      {"grupp-scheman", "Schemas", 1, 1},
                                      {"grupp-innehall", "Representations", 2, 2}};

enum { GROUPS = sizeof groups / sizeof groups[0] };

/* "2026-11-25T10:15:00Z" */
static struct str moment(int64_t at, struct arena *a)
{
    char shown[21];

    moment_to_text(at, shown);
    return str_of(arena_printf(a, "%s", shown));
}

/* The same without the signs that a file's name cannot have everywhere: "20261125T101500Z". */
static struct str stamp(int64_t at, struct arena *a)
{
    struct str from = moment(at, a);
    char *to = arena_new(a, from.n, char);
    size_t n = 0;

    for (size_t i = 0; i < from.n; i++)
        if (from.p[i] != '-' && from.p[i] != ':')
            to[n++] = from.p[i];
    return (struct str){to, n};
}

struct str register_package_id(const struct register_package *p, struct arena *a)
{
    return str_of(arena_printf(a, "diarium-%.*s-%lld-%.*s", STR(p->municipality), (long long)p->year,
                               STR(stamp(p->now_at, a))));
}

static void put_day(struct xml *x, const char *name, struct date d)
{
    char day[11];

    if (d.year == 0)
        return;
    date_to_text(d, day);
    xml_element(x, name, str_of(day));
}

static void put_record(struct xml *x, const struct register_row *row)
{
    xml_begin(x, "handling");
    xml_attribute(x, "nummer", row->number);
    put_day(x, "inkom", row->received_on);
    xml_element(x, "avsandare", row->sender);
    xml_element(x, "arende", S("Iakttagelse"));
    xml_element(x, "beslut", row->decision);
    put_day(x, "beslutad", row->decided_on);
    put_day(x, "gallrad", row->disposed_on);
    xml_end(x);
}

struct str register_xml(const struct register_package *p, struct arena *a)
{
    struct xml x = xml_open(a);

    xml_begin(&x, "diarium");
    xml_attribute(&x, "xmlns", S("urn:lykta:diarium:1"));
    xml_attribute(&x, "kommun", p->city);
    xml_attribute(&x, "kommunkod", p->municipality);
    xml_attribute(&x, "ar", str_of(arena_printf(a, "%lld", (long long)p->year)));
    xml_attribute(&x, "uttagen", str_part(moment(p->now_at, a), 0, DAY_LETTERS));
    for (size_t i = 0; i < p->rows; i++)
        put_record(&x, &p->row[i]);
    xml_end(&x);
    return xml_document(&x);
}

/* CSIP1 to CSIP6: the package and what it follows. */
static void put_root(struct xml *x, const struct register_package *p, struct str id, struct arena *a)
{
    xml_begin(x, "mets");
    xml_attribute(x, "xmlns", S("http://www.loc.gov/METS/"));
    xml_attribute(x, "xmlns:csip", S("https://DILCIS.eu/XML/METS/CSIPExtensionMETS"));
    xml_attribute(x, "xmlns:xlink", S("http://www.w3.org/1999/xlink"));
    xml_attribute(x, "OBJID", id);
    xml_attribute(
        x, "LABEL",
        str_of(arena_printf(a, "Diarium över iakttagelser, %.*s, %lld", STR(p->city), (long long)p->year)));
    xml_attribute(x, "TYPE", S("Mixed"));
    xml_attribute(x, "csip:CONTENTINFORMATIONTYPE", S("MIXED"));
    xml_attribute(x, "PROFILE", S("https://earksip.dilcis.eu/profile/E-ARK-SIP-v2-1-0.xml"));
}

static void put_organisation(struct xml *x, const char *role, const struct register_package *p,
                             struct arena *a)
{
    xml_begin(x, "agent");
    xml_attribute(x, "ROLE", str_of(role));
    xml_attribute(x, "TYPE", S("ORGANIZATION"));
    xml_element(x, "name", str_of(arena_printf(a, "%.*s kommun", STR(p->city))));
    xml_begin(x, "note");
    xml_attribute(x, "csip:NOTETYPE", S("IDENTIFICATIONCODE"));
    xml_words(x, str_of(arena_printf(a, "Kommunkod: %.*s", STR(p->municipality))));
    xml_end(x);
    xml_end(x);
}

/* CSIP7 to CSIP16, and who made and who delivers it: SIP9 to SIP22. */
static void put_header(struct xml *x, const struct register_package *p, struct str made, struct arena *a)
{
    xml_begin(x, "metsHdr");
    xml_attribute(x, "CREATEDATE", made);
    xml_attribute(x, "RECORDSTATUS", S("NEW"));
    xml_attribute(x, "csip:OAISPACKAGETYPE", S("SIP"));
    xml_begin(x, "agent");
    xml_attribute(x, "ROLE", S("CREATOR"));
    xml_attribute(x, "TYPE", S("OTHER"));
    xml_attribute(x, "OTHERTYPE", S("SOFTWARE"));
    xml_element(x, "name", S("Lykta"));
    xml_begin(x, "note");
    xml_attribute(x, "csip:NOTETYPE", S("SOFTWARE VERSION"));
    xml_words(x, S(LYKTA_VERSION));
    xml_end(x);
    xml_end(x);
    put_organisation(x, "ARCHIVIST", p, a);
    put_organisation(x, "CREATOR", p, a);
    xml_end(x);
}

/* CSIP66 to CSIP79: a file, its size and its hash. */
static void put_file(struct xml *x, const struct part *part, size_t number, struct str made, struct arena *a)
{
    unsigned char hash[crypto_hash_sha256_BYTES];
    char shown[2 * sizeof hash + 1];

    crypto_hash_sha256(hash, (const unsigned char *)part->bytes.p, part->bytes.n);
    sodium_bin2hex(shown, sizeof shown, hash, sizeof hash);
    xml_begin(x, "file");
    xml_attribute(x, "ID", str_of(arena_printf(a, "fil-%zu", number + 1)));
    xml_attribute(x, "MIMETYPE", str_of(part->type));
    xml_attribute(x, "SIZE", str_of(arena_printf(a, "%zu", part->bytes.n)));
    xml_attribute(x, "CREATED", made);
    xml_attribute(x, "CHECKSUM", str_of(shown));
    xml_attribute(x, "CHECKSUMTYPE", S("SHA-256"));
    xml_begin(x, "FLocat");
    xml_attribute(x, "xlink:type", S("simple"));
    xml_attribute(x, "xlink:href", str_of(part->path));
    xml_attribute(x, "LOCTYPE", S("URL"));
    xml_end(x);
    xml_end(x);
}

static void put_files(struct xml *x, const struct part *part, struct str made, struct arena *a)
{
    xml_begin(x, "fileSec");
    xml_attribute(x, "ID", S("filer"));
    for (size_t g = 0; g < GROUPS; g++) {
        xml_begin(x, "fileGrp");
        xml_attribute(x, "ID", str_of(groups[g].id));
        xml_attribute(x, "USE", str_of(groups[g].use));
        for (size_t i = groups[g].first; i < groups[g].first + groups[g].n; i++)
            put_file(x, &part[i], i, made, a);
        xml_end(x);
    }
    xml_end(x);
}

/* CSIP80 to CSIP119: the folders, each pointing at its group of files. */
static void put_structure(struct xml *x, struct str id, struct arena *a)
{
    xml_begin(x, "structMap");
    xml_attribute(x, "ID", S("struktur"));
    xml_attribute(x, "TYPE", S("PHYSICAL"));
    xml_attribute(x, "LABEL", S("CSIP"));
    xml_begin(x, "div");
    xml_attribute(x, "ID", S("struktur-paket"));
    xml_attribute(x, "LABEL", id);
    xml_begin(x, "div");
    xml_attribute(x, "ID", S("struktur-metadata"));
    xml_attribute(x, "LABEL", S("Metadata"));
    xml_end(x);
    for (size_t g = 0; g < GROUPS; g++) {
        xml_begin(x, "div");
        xml_attribute(x, "ID", str_of(arena_printf(a, "struktur-%s", groups[g].id)));
        xml_attribute(x, "LABEL", str_of(groups[g].use));
        xml_begin(x, "fptr");
        xml_attribute(x, "FILEID", str_of(groups[g].id));
        xml_end(x);
        xml_end(x);
    }
    xml_end(x);
    xml_end(x);
}

static struct str write_mets(const struct register_package *p, struct str id, const struct part *part,
                             struct arena *a)
{
    struct str made = moment(p->now_at, a);
    struct xml x = xml_open(a);

    put_root(&x, p, id, a);
    put_header(&x, p, made, a);
    put_files(&x, part, made, a);
    put_structure(&x, id, a);
    xml_end(&x);
    return xml_document(&x);
}

/* A part into `zip`; its bytes outlive it. */
static bool add_part(zip_t *zip, struct str id, const struct part *part, struct arena *a)
{
    zip_source_t *source = zip_source_buffer(zip, part->bytes.p, part->bytes.n, 0);
    const char *name = arena_printf(a, "%.*s/%s", STR(id), part->path);

    if (source && zip_file_add(zip, name, source, ZIP_FL_ENC_UTF_8) >= 0)
        return true;
    zip_source_free(source);
    return false;
}

/* What has been written into `source`. */
static bool read_back(zip_source_t *source, struct arena *a, struct str *out)
{
    zip_stat_t about;

    if (zip_source_stat(source, &about) != 0 || !(about.valid & ZIP_STAT_SIZE) ||
        zip_source_open(source) != 0)
        return false;
    char *bytes = arena_new(a, about.size + 1, char);
    bool is_read = zip_source_read(source, bytes, about.size) == (zip_int64_t)about.size;
    zip_source_close(source);
    *out = (struct str){bytes, about.size};
    return is_read;
}

static bool write_zip(zip_source_t *target, struct str id, const struct part *part, size_t n, struct arena *a)
{
    zip_t *zip = zip_open_from_source(target, ZIP_TRUNCATE, NULL);
    bool is_whole = zip;

    if (!zip)
        return false;
    zip_source_keep(target); /* closing gives back what opening took */
    for (size_t i = 0; is_whole && i < n; i++)
        is_whole = add_part(zip, id, &part[i], a);
    if (is_whole && zip_close(zip) == 0)
        return true;
    zip_discard(zip);
    return false;
}

enum status register_package(const struct register_package *p, struct arena *a, struct str *out,
                             struct err *e)
{
    struct part part[PARTS + 1] = {{"documentation/om_diariet.txt", "text/plain", str_of(register_about)},
                                   {"schemas/diarium.xsd", "application/xml", str_of(register_xsd)},
                                   {DATA "diarium.xml", "application/xml", register_xml(p, a)},
                                   {DATA "diarium.pdf", "application/pdf", p->pdf},
                                   {"METS.xml", "application/xml", {NULL, 0}}};
    struct str id = register_package_id(p, a);

    part[PARTS].bytes = write_mets(p, id, part, a);
    zip_source_t *target = zip_source_buffer_create(NULL, 0, 0, NULL);
    bool is_written = target && write_zip(target, id, part, PARTS + 1, a) && read_back(target, a, out);
    zip_source_free(target);
    return is_written ? OK : err_set(e, SYSTEM, "a ZIP file cannot be made: memory ended");
}
