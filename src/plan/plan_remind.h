/* Reminders of the action plan: to who owns a measure, 14 days and a day before its deadline, with calendar
 * entries; to every owner once a quarter, how its measures go; and to the coordinators, at most once a week,
 * what is late and whom no letter reaches.
 *
 * Only measures of a decided plan: what is still a draft has been promised by nobody. A letter and the note
 * that it was written are one change, so that each is written once, also when the program stops between. */
#ifndef LYKTA_PLAN_PLAN_REMIND_H
#define LYKTA_PLAN_PLAN_REMIND_H

#include "base/err.h"
#include "plan/plan_letter.h"
#include "store/audit.h"

#include <stddef.h>

struct db;

enum {
    PLAN_REMIND_FIRST_DAYS = 14,
    PLAN_REMIND_LAST_DAYS = 1,
    PLAN_TELL_DAYS = 7,
    PLAN_FIRST_HOUR = 8 /* in Stockholm: nobody is reminded at night */
};

/* Writes to the owners of measures that are due: one letter an owner, with all of them. *n is how many
 * letters. Before PLAN_FIRST_HOUR none. An owner without a contact person is passed over, and told of to the
 * coordinators. */
enum status plan_remind(struct db *db, const struct plan_office *o, const struct who *who, size_t *n,
                        struct err *e) MUST_USE;

/* Asks the owners, when a quarter of the year has begun, how their measures go: one letter an owner, from the
 * first working day on, about what was decided before the quarter and is open, and that nobody has told of
 * since. The link of each letter (owner_link.h) is the note that it was written: an owner that has had one in
 * the quarter, also in a reminder of a deadline, gets no other, so that the one it has goes on to hold. *n is
 * how many letters. Before PLAN_FIRST_HOUR none. An owner without a contact person is passed over. */
enum status plan_ask(struct db *db, const struct plan_office *o, const struct who *who, size_t *n,
                     struct err *e) MUST_USE;

/* Tells every coordinator with an account, or the city's address when there is none, which measures are late,
 * unless it has been told within PLAN_TELL_DAYS. */
enum status plan_tell(struct db *db, const struct plan_office *o, const struct who *who, size_t *n,
                      struct err *e) MUST_USE;

#endif
