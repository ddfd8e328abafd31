/* A year of the register as a package for an e-archive. The numbers in comments are those of the
 * requirements. */
#include "observation/register_package.h"

#include "base/arena.h"
#include "observation/xml_out.h"

#include <sodium.h>
#include <string.h>
#include <time.h>
#include <zip.h>

extern const char register_xsd[];   /* register.xsd */
extern const char register_about[]; /* register_about.txt */

#define DATA "representations/rep1/data/"

enum { PARTS = 4, STAMP_BYTES = 32 };

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

__attribute__((format(strftime, 2, 0))) static struct str stamp_of(int64_t at, const char *form,
                                                                            struct arena *a)
{
    char stamp[STAMP_BYTES] = "";
    time_t seconds = (time_t)at;
    struct tm utc;

    if (gmtime_r(&seconds, &utc))
        strftime(stamp, sizeof stamp, form, &utc);
    return str_of(arena_printf(a, "%s", stamp));
}

struct str register_package_id(const struct register_package *p, struct arena *a)
{
    return str_of(arena_printf(a, "diarium-%.*s-%lld-%.*s", STR(p->municipality), (long long)p->year,
                               STR(stamp_of(p->now_at, "%Y%m%dT%H%M%SZ", a))));
}

static void put_day(struct xml_out *x, const char *name, struct date d)
{
    char day[11];

    if (d.year == 0)
        return;
    date_to_text(d, day);
    xml_text(x, name, str_of(day));
}

enum status register_xml(const struct register_package *p, struct arena *a, struct str *out, struct err *e)
{
    struct xml_out *x = xml_open(a);

    xml_begin(x, "diarium");
    xml_put_lit(x, "xmlns", "urn:lykta:diarium:1");
    xml_put(x, "kommun", p->city);
    xml_put(x, "kommunkod", p->municipality);
    xml_put_lit(x, "ar", arena_printf(a, "%lld", (long long)p->year));
    xml_put(x, "uttagen", stamp_of(p->now_at, "%Y-%m-%d", a));
    for (size_t i = 0; i < p->rows; i++) {
        const struct register_row *row = &p->row[i];

        xml_begin(x, "handling");
        xml_put(x, "nummer", row->number);
        put_day(x, "inkom", row->received_on);
        xml_text(x, "avsandare", row->sender);
        xml_text(x, "arende", S("Iakttagelse"));
        xml_text(x, "beslut", row->decision);
        put_day(x, "beslutad", row->decided_on);
        put_day(x, "gallrad", row->disposed_on);
        xml_end(x);
    }
    xml_end(x);
    return xml_close(x, out, e);
}

/* CSIP1 to CSIP6: the package and what it follows. */
static void put_root(struct xml_out *x, const struct register_package *p, struct str id, struct arena *a)
{
    xml_begin(x, "mets");
    xml_put_lit(x, "xmlns", "http://www.loc.gov/METS/");
    xml_put_lit(x, "xmlns:csip", "https://DILCIS.eu/XML/METS/CSIPExtensionMETS");
    xml_put_lit(x, "xmlns:xlink", "http://www.w3.org/1999/xlink");
    xml_put(x, "OBJID", id);
    xml_put_lit(x, "LABEL",
                arena_printf(a, "Diarium över iakttagelser, %.*s, %lld", STR(p->city), (long long)p->year));
    xml_put_lit(x, "TYPE", "Mixed");
    xml_put_lit(x, "csip:CONTENTINFORMATIONTYPE", "MIXED");
    xml_put_lit(x, "PROFILE", "https://earksip.dilcis.eu/profile/E-ARK-SIP-v2-1-0.xml");
}

static void put_organisation(struct xml_out *x, const char *role, const struct register_package *p,
                             struct arena *a)
{
    xml_begin(x, "agent");
    xml_put_lit(x, "ROLE", role);
    xml_put_lit(x, "TYPE", "ORGANIZATION");
    xml_text(x, "name", str_of(arena_printf(a, "%.*s kommun", STR(p->city))));
    xml_begin(x, "note");
    xml_put_lit(x, "csip:NOTETYPE", "IDENTIFICATIONCODE");
    xml_words(x, str_of(arena_printf(a, "Kommunkod: %.*s", STR(p->municipality))));
    xml_end(x);
    xml_end(x);
}

/* CSIP7 to CSIP16, and who made and who delivers it: SIP9 to SIP22. */
static void put_header(struct xml_out *x, const struct register_package *p, struct str made, struct arena *a)
{
    xml_begin(x, "metsHdr");
    xml_put(x, "CREATEDATE", made);
    xml_put_lit(x, "RECORDSTATUS", "NEW");
    xml_put_lit(x, "csip:OAISPACKAGETYPE", "SIP");
    xml_begin(x, "agent");
    xml_put_lit(x, "ROLE", "CREATOR");
    xml_put_lit(x, "TYPE", "OTHER");
    xml_put_lit(x, "OTHERTYPE", "SOFTWARE");
    xml_text(x, "name", S("Lykta"));
    xml_begin(x, "note");
    xml_put_lit(x, "csip:NOTETYPE", "SOFTWARE VERSION");
    xml_words(x, S(LYKTA_VERSION));
    xml_end(x);
    xml_end(x);
    put_organisation(x, "ARCHIVIST", p, a);
    put_organisation(x, "CREATOR", p, a);
    xml_end(x);
}

/* CSIP66 to CSIP79: a file, its size and its hash. */
static void put_file(struct xml_out *x, const struct part *part, size_t number, struct str made,
                     struct arena *a)
{
    unsigned char hash[crypto_hash_sha256_BYTES];
    char shown[2 * sizeof hash + 1];

    crypto_hash_sha256(hash, (const unsigned char *)part->bytes.p, part->bytes.n);
    sodium_bin2hex(shown, sizeof shown, hash, sizeof hash);
    xml_begin(x, "file");
    xml_put_lit(x, "ID", arena_printf(a, "fil-%zu", number + 1));
    xml_put_lit(x, "MIMETYPE", part->type);
    xml_put_lit(x, "SIZE", arena_printf(a, "%zu", part->bytes.n));
    xml_put(x, "CREATED", made);
    xml_put_lit(x, "CHECKSUM", shown);
    xml_put_lit(x, "CHECKSUMTYPE", "SHA-256");
    xml_begin(x, "FLocat");
    xml_put_lit(x, "xlink:type", "simple");
    xml_put_lit(x, "xlink:href", part->path);
    xml_put_lit(x, "LOCTYPE", "URL");
    xml_end(x);
    xml_end(x);
}

static void put_files(struct xml_out *x, const struct part *part, struct str made, struct arena *a)
{
    xml_begin(x, "fileSec");
    xml_put_lit(x, "ID", "filer");
    for (size_t g = 0; g < GROUPS; g++) {
        xml_begin(x, "fileGrp");
        xml_put_lit(x, "ID", groups[g].id);
        xml_put_lit(x, "USE", groups[g].use);
        for (size_t i = groups[g].first; i < groups[g].first + groups[g].n; i++)
            put_file(x, &part[i], i, made, a);
        xml_end(x);
    }
    xml_end(x);
}

/* CSIP80 to CSIP119: the folders, each pointing at its group of files. */
static void put_structure(struct xml_out *x, struct str id, struct arena *a)
{
    xml_begin(x, "structMap");
    xml_put_lit(x, "ID", "struktur");
    xml_put_lit(x, "TYPE", "PHYSICAL");
    xml_put_lit(x, "LABEL", "CSIP");
    xml_begin(x, "div");
    xml_put_lit(x, "ID", "struktur-paket");
    xml_put(x, "LABEL", id);
    xml_begin(x, "div");
    xml_put_lit(x, "ID", "struktur-metadata");
    xml_put_lit(x, "LABEL", "Metadata");
    xml_end(x);
    for (size_t g = 0; g < GROUPS; g++) {
        xml_begin(x, "div");
        xml_put_lit(x, "ID", arena_printf(a, "struktur-%s", groups[g].id));
        xml_put_lit(x, "LABEL", groups[g].use);
        xml_begin(x, "fptr");
        xml_put_lit(x, "FILEID", groups[g].id);
        xml_end(x);
        xml_end(x);
    }
    xml_end(x);
    xml_end(x);
}

static enum status write_mets(const struct register_package *p, struct str id, const struct part *part,
                              struct arena *a, struct str *out, struct err *e)
{
    struct str made = stamp_of(p->now_at, "%Y-%m-%dT%H:%M:%SZ", a);
    struct xml_out *x = xml_open(a);

    put_root(x, p, id, a);
    put_header(x, p, made, a);
    put_files(x, part, made, a);
    put_structure(x, id, a);
    xml_end(x);
    return xml_close(x, out, e);
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
    struct part part[PARTS + 1] = {{"documentation/register_about.txt", "text/plain", str_of(register_about)},
                                   {"schemas/diarium.xsd", "application/xml", str_of(register_xsd)},
                                   {DATA "diarium.xml", "application/xml", {NULL, 0}},
                                   {DATA "diarium.pdf", "application/pdf", p->pdf},
                                   {"METS.xml", "application/xml", {NULL, 0}}};
    struct str id = register_package_id(p, a);

    TRY(register_xml(p, a, &part[2].bytes, e));
    TRY(write_mets(p, id, part, a, &part[PARTS].bytes, e));
    zip_source_t *target = zip_source_buffer_create(NULL, 0, 0, NULL);
    bool is_written = target && write_zip(target, id, part, PARTS + 1, a) && read_back(target, a, out);
    zip_source_free(target);
    return is_written ? OK : err_set(e, SYSTEM, "a ZIP file cannot be made: memory ended");
}
