/* A year of the register as a package for an e-archive: FGS Paketstruktur 2.0, which is the European
 * specifications E-ARK CSIP 2.1.0 and E-ARK SIP 2.1.0 as Riksarkivet has decided (2023-03-30).
 *
 *     <id>/METS.xml                                  what is in the package, with sizes and SHA-256
 *     <id>/documentation/om_diariet.txt              what the fields mean
 *     <id>/schemas/diarium.xsd
 *     <id>/representations/rep1/data/diarium.xml     the register as data
 *     <id>/representations/rep1/data/diarium.pdf     the same for reading, PDF/A
 *
 * The content of reports is not in it. An agreement with the archive ("leveransöverenskommelse") has a number
 * that this program does not know: whoever delivers adds it where the archive asks for it. */
#ifndef LYKTA_OBSERVATION_REGISTER_PACKAGE_H
#define LYKTA_OBSERVATION_REGISTER_PACKAGE_H

#include "base/err.h"
#include "base/str.h"
#include "observation/triage_view.h"

#include <stddef.h>
#include <stdint.h>

struct arena;

struct register_package {
    int64_t year;
    struct str city;         /* "Lund" */
    struct str municipality; /* "1281" */
    int64_t now_at;
    size_t rows;
    const struct register_row *row; /* in Swedish */
    struct str pdf;
};

/* The package's name and that of its folder: "diarium-1281-2026-20261125T101500Z"; in `a`. */
struct str register_package_id(const struct register_package *p, struct arena *a);

/* The register as XML, valid against schemas/diarium.xsd; in `a`. */
struct str register_xml(const struct register_package *p, struct arena *a);

/* The package as a ZIP file, in `a`. SYSTEM when memory ends. */
enum status register_package(const struct register_package *p, struct arena *a, struct str *out,
                             struct err *e) MUST_USE;

#endif
