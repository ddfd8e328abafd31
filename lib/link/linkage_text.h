/* A linkage for people to read, as JSON, and its pairs as CSV. */
#ifndef LYKTA_LINK_LINKAGE_TEXT_H
#define LYKTA_LINK_LINKAGE_TEXT_H

#include "base/json.h"
#include "base/text.h"
#include "link/linkage.h"
#include "link/sample.h"

void linkage_text(struct text *out, const struct linkage *x);

/* What the owners' answers say. */
void linkage_sample_text(struct text *out, const struct sample *x);

/* The members of an object that the caller begins and ends. `answered` may be NULL: then nobody has been
 * asked.
 */
void linkage_json(struct json *j, const struct linkage *x, const struct sample *answered,
                  const char *version);

/* Each link by its place in the files. */
void linkage_pairs_csv(struct text *out, const struct linkage *x);

#endif
