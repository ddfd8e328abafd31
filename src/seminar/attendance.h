/* Who came: ticked by the coordinator, or by the guests themselves with a code shown in the room. Then
 * thanks, and three questions that are answered without a name. */
#ifndef LYKTA_SEMINAR_ATTENDANCE_H
#define LYKTA_SEMINAR_ATTENDANCE_H

#include "base/err.h"
#include "base/str.h"
#include "seminar/seminar.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum attendance { ATTENDANCE_NO, ATTENDANCE_CAME };

/* Ticks a confirmed guest, or takes the tick back. REFUSED when the guest has not confirmed. Harmless when
 * repeated: the first moment stands. */
enum status attendance_set(struct db *db, int64_t guest, enum attendance attendance, const struct who *who,
                           struct err *e) MUST_USE;

/* Turns check-in by code on, with a new code of six digits, or off. */
enum attendance_code { ATTENDANCE_CODE_OFF, ATTENDANCE_CODE_ON };
enum status attendance_code_set(struct db *db, int64_t seminar, enum attendance_code code,
                                const struct who *who, struct err *e) MUST_USE;

/* A guest's own tick, on the day the seminar is held. `address` or the guest's number tells who. REFUSED when
 * the code is not the one in the room, the day is another, or no confirmed guest is meant: which of them is
 * not told. */
enum status attendance_by_address(const struct seminar_office *o, int64_t seminar, struct str code,
                                  struct str address, const struct who *who, struct err *e) MUST_USE;
enum status attendance_by_guest(const struct seminar_office *o, int64_t guest, struct str code,
                                const struct who *who, struct err *e) MUST_USE;

/* Thanks those who came, once, and asks them; *n is how many letters went. REFUSED when nobody has been
 * ticked, the seminar has not begun, or thanks have been sent. */
enum status attendance_thank(const struct seminar_office *o, int64_t seminar, const struct who *who,
                             int64_t *n, struct err *e) MUST_USE;

enum { EVALUATION_WORDS_MAX_BYTES = 2000, EVALUATION_SHOWN_FROM = 5 };

struct evaluation {
    int64_t useful; /* 1-5 */
    bool acts;      /* will do something differently */
    struct str words;
};

/* A guest's answers, once; kept without who gave them. REFUSED when the guest did not come or has answered.
 */
enum status evaluation_give(const struct seminar_office *o, int64_t guest,
                            const struct evaluation *evaluation, const struct who *who,
                            struct err *e) MUST_USE;

/* What those who answered said. Below EVALUATION_SHOWN_FROM answers only their number is given. */
struct evaluation_summary {
    int64_t answers;
    bool is_shown;
    double useful; /* the mean */
    int64_t acts;
    size_t n; /* words, in the order of the alphabet */
    struct str *words;
};

enum status evaluation_read(struct db *db, int64_t seminar, struct arena *a, struct evaluation_summary *out,
                            struct err *e) MUST_USE;

#endif
