/* How a served city is, as counts in the text format of Prometheus
 * (https://prometheus.io/docs/instrumenting/exposition_formats, version 0.0.4). */
#ifndef LYKTA_WATCH_METRICS_H
#define LYKTA_WATCH_METRICS_H

#include "base/err.h"

#include <stdint.h>

struct db;
struct text;
struct watched;

/* Writes all of them to `out`; `db` reads the city's database. What has never happened has no line. */
enum status metrics_write(const struct watched *watched, struct db *db, int64_t now_at, struct text *out,
                          struct err *e) MUST_USE;

#endif
