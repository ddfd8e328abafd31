/* Letters about studies, each queued inside the change it tells of: to the researcher, and to the people of
 * the programme who advise and decide. No figure stands in them. */
#ifndef LYKTA_RESEARCH_STUDY_LETTER_H
#define LYKTA_RESEARCH_STUDY_LETTER_H

#include "base/err.h"
#include "base/str.h"

#include <stdint.h>

struct arena;
struct city;
struct db;
struct study;

/* To the researcher: the link that confirms the address. */
enum status study_letter_confirm(const struct city *city, struct db *db, const struct study *study,
                                 struct str token, int64_t now_at, struct arena *a, struct err *e) MUST_USE;

/* To everybody who advises or decides: an application waits. */
enum status study_letter_waiting(const struct city *city, struct db *db, const struct study *study,
                                 int64_t now_at, struct arena *a, struct err *e) MUST_USE;

/* To everybody who decides but person `by`: there is advice. */
enum status study_letter_advised(const struct city *city, struct db *db, const struct study *study,
                                 int64_t by, int64_t now_at, struct arena *a, struct err *e) MUST_USE;

/* To the researcher: the reasons, study->ends_at and the link that the figures are read by; to everybody who
 * advises or decides: that it is granted, and until when. */
enum status study_letter_granted(const struct city *city, struct db *db, const struct study *study,
                                 struct str token, int64_t now_at, struct arena *a, struct err *e) MUST_USE;

/* To the researcher: refused, with the reasons; ended before its time, with the reasons. */
enum status study_letter_refused(const struct city *city, struct db *db, const struct study *study,
                                 int64_t now_at, struct arena *a, struct err *e) MUST_USE;
enum status study_letter_ended(const struct city *city, struct db *db, const struct study *study,
                               int64_t now_at, struct arena *a, struct err *e) MUST_USE;

/* To the researcher and to everybody who advises or decides: so many days are left; the time is over. */
enum status study_letter_notice(const struct city *city, struct db *db, const struct study *study,
                                int64_t days_left, int64_t now_at, struct arena *a, struct err *e) MUST_USE;
enum status study_letter_over(const struct city *city, struct db *db, const struct study *study,
                              int64_t now_at, struct arena *a, struct err *e) MUST_USE;

#endif
