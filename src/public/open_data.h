/* The city's catalogue of open data: what is published, where each file is, and what may be done with it, for
 * programs that gather catalogues.
 *
 * A data set for each release in force, in the form of release/dcat.h. */
#ifndef LYKTA_PUBLIC_OPEN_DATA_H
#define LYKTA_PUBLIC_OPEN_DATA_H

#include "base/err.h"
#include "base/str.h"
#include "base/text.h"

#include <stddef.h>
#include <stdint.h>

struct public_release;
struct release_standing;
struct request;
struct response;

/* One row of the catalogue. */
struct open_data_set {
    const struct public_release *published;
    const struct release_standing *standing;
};

struct open_data_site {
    struct str city;
    struct str address; /* "https://…" without a closing slash; empty: addresses are told from the root */
};

/* Appends the catalogue of `n` releases to `out`. */
void open_data_catalogue(struct text *out, const struct open_data_site *site, const struct open_data_set *set,
                         size_t n);

/* GET /oppnadata/katalog.rdf */
enum status open_data_show(const struct request *r, struct response *out, struct err *e);

#endif
