/* Incidents in words: moments, spans of time, and what stands in the database as numbers. */
#ifndef LYKTA_INCIDENT_INCIDENT_WORDS_H
#define LYKTA_INCIDENT_INCIDENT_WORDS_H

#include "incident/incident.h"
#include "manual/activity.h"
#include "portal/doors.h"
#include "web/language.h"

struct arena;

/* "26 november 2026 kl. 14:05", on Swedish walls; empty for 0. */
struct str incident_moment(int64_t at, enum language language, struct arena *a);

/* "51 tim 12 min": whole minutes, rounded down. */
struct str incident_span(int64_t seconds, enum language language, struct arena *a);

/* "Incident 3". */
struct str incident_name(int64_t id, enum language language, struct arena *a);

/* What happened to the data, with commas between. */
struct str incident_natures(int natures, enum language language, struct arena *a);

/* Is the activity among the kinds of `x`? */
bool incident_has_kind(const struct incident *x, struct str activity);

/* The names of its kinds, with commas between. */
struct str incident_kinds(const struct incident *x, const struct activities *all, enum language language,
                          struct arena *a);

/* "about 40", "not known yet". */
struct str incident_amount(int64_t n, enum language language, struct arena *a);

enum text_key incident_nature_words(enum incident_nature nature);
enum text_key incident_risk_words(enum incident_risk risk);
enum text_key incident_telling_words(enum incident_telling telling);
enum text_key incident_doors_words(enum doors_state state);
enum text_key incident_step_words(enum incident_step_kind kind);

#endif
