/* An estimate as JSON, with a fixed order of fields, so that the same estimate gives the same bytes. */
#ifndef LYKTA_ESTIMATE_ESTIMATE_JSON_H
#define LYKTA_ESTIMATE_ESTIMATE_JSON_H

#include "base/json.h"
#include "base/text.h"

struct estimate;

/* Appends one object and a line end to `out`: status, reason, n, lists, nhat, ci95, ci80, range, interval,
 * method, threshold, model (name, terms, removed, deviance, df, aic, bic), models_tried, replicates,
 * without_estimate, resolved, bias, acceleration, alternatives, warnings, assumptions, seed, version. What is
 * not known is null. `version` is the program's. */
void estimate_json(struct text *out, const struct estimate *estimate, const char *version);

/* For what tells of several estimates: a text, null when it is NULL; the two limits of an interval, null when
 * there is none. An infinite upper limit is null: there is no limit. */
void estimate_json_text(struct json *j, const char *key, const char *text);
void estimate_json_limits(struct json *j, const char *key, const double limits[2]);

#endif
