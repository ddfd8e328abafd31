/* What guests and those invited are told, each in a letter of its own, queued with the change it tells of. */
#ifndef LYKTA_SEMINAR_SEMINAR_LETTER_H
#define LYKTA_SEMINAR_SEMINAR_LETTER_H

#include "base/err.h"
#include "base/str.h"
#include "web/language.h"

#include <stdint.h>

struct arena;
struct invitation;
struct letter;
struct seminar;
struct seminar_office;
struct signup;

enum seminar_letter {
    SEMINAR_LETTER_INVITATION,
    SEMINAR_LETTER_REMINDER, /* to who has not answered */
    SEMINAR_LETTER_CONFIRM,  /* is it you? within 48 hours */
    SEMINAR_LETTER_WELCOME,  /* you have a seat */
    SEMINAR_LETTER_WAITING,  /* you are in turn */
    SEMINAR_LETTER_SEAT,     /* a seat has become free for you */
    SEMINAR_LETTER_INSTEAD,  /* somebody has given you their seat */
    SEMINAR_LETTER_REPLACED, /* you have given your seat away */
    SEMINAR_LETTER_CHANGED,  /* another time, place or title */
    SEMINAR_LETTER_TOMORROW,
    SEMINAR_LETTER_GOODBYE, /* you have cancelled, or said no */
    SEMINAR_LETTER_OFF,     /* it will not be held */
    SEMINAR_LETTER_THANKS,  /* and: what did you think? */
    SEMINAR_LETTERS
};

/* Inside the change under way. */
enum status seminar_letter_to_guest(const struct seminar_office *o, const struct seminar *s,
                                    const struct signup *guest, enum seminar_letter kind, int64_t now_at,
                                    struct err *e) MUST_USE;

/* `words` (Markdown) stand in an invitation, and may be empty. *id is 0 when the address takes no mailings.
 */
enum status seminar_letter_to_invited(const struct seminar_office *o, const struct seminar *s,
                                      const struct invitation *invitation, struct str words,
                                      enum seminar_letter kind, int64_t now_at, int64_t *id,
                                      struct err *e) MUST_USE;

/* To every guest who has not cancelled and everyone invited who has not answered. */
enum status seminar_letter_to_all(const struct seminar_office *o, const struct seminar *s,
                                  enum seminar_letter kind, int64_t now_at, struct err *e) MUST_USE;

/* The invitation as it will look, for its preview: the letter itself, without the links that are each
 * reader's own. */
struct letter seminar_letter_preview(const struct seminar_office *o, const struct seminar *s,
                                     struct str words, struct arena *a);

/* "8.30–10.30" on the day in words: when a seminar is held, in the letter's or page's language; in `a`. */
struct str seminar_when(const struct seminar *s, enum language language, struct arena *a);

#endif
