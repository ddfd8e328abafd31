/* Published mappings: their list, the report of each, and the files to take home. */
#ifndef LYKTA_PUBLIC_PUBLIC_REPORTS_H
#define LYKTA_PUBLIC_PUBLIC_REPORTS_H

#include "base/err.h"
#include "public/public_view.h"

#include <stddef.h>

struct arena;
struct db;
struct request;
struct response;

/* A card for each release of the ledger, newest period first, in `a`. */
enum status public_mapping_cards(const struct portal_view *site, struct db *db, struct arena *a,
                                 const struct public_mapping_card **out, size_t *n, struct err *e) MUST_USE;

/* GET /kartlaggning/:name, its short pages …/sammanfattning and …/lagesbild, its files that end with .pdf,
 * its drawings …/bild/:file, and /kartlaggning/:name/:file */
enum status public_summary_show(const struct request *r, struct response *out, struct err *e) MUST_USE;
enum status public_annex_show(const struct request *r, struct response *out, struct err *e) MUST_USE;
enum status public_report_show(const struct request *r, struct response *out, struct err *e) MUST_USE;
enum status public_report_pdf(const struct request *r, struct response *out, struct err *e);
enum status public_report_image(const struct request *r, struct response *out, struct err *e);
enum status public_report_file(const struct request *r, struct response *out, struct err *e) MUST_USE;

#endif
