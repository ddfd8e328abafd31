/* The files of a release's folder, from the release and back. The format: docs/release-format.md. */
#ifndef LYKTA_RELEASE_RELEASE_FILES_H
#define LYKTA_RELEASE_RELEASE_FILES_H

#include "base/err.h"
#include "base/json.h"
#include "release/bundle.h"
#include "release/release.h"

/* Adds the files of `r` to the empty bundle `b` and writes its manifest. Everything is in `a`. */
void release_files(const struct release *r, struct arena *a, struct bundle *b);

/* The parts that reports have in common with the files. */
void release_put_estimate(struct json *j, const char *key, const struct release *r);
void release_put_texts(struct json *j, const char *key, const struct release *r);
void release_put_protection(struct json *j, const char *key, const struct release *r);

/* A number of people, or null when it is RELEASE_UNKNOWN; and two limits, or null when both are. */
void release_put_people(struct json *j, const char *key, int64_t people);
void release_put_limits(struct json *j, const char *key, const int64_t limits[2]);

/* Takes the verified files apart again. BAD_INPUT names the file, and what in it is missing or out of bounds.
 */
enum status release_from_files(const struct bundle *b, struct arena *a, struct release *out,
                               struct err *e) MUST_USE;

#endif
