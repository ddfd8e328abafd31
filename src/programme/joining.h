/* A city joins a programme by a signed invitation: the programme asks it by a file, the city answers with its
 * public key, bound to that file, and the programme accepts when a person has compared the key's fingerprint.
 * An invitation is to one city, for a time, and good once. Each side knows the other's key by its fingerprint
 * alone, read out in person: whoever changes or makes up a file on its way is found out by it. */
#ifndef LYKTA_PROGRAMME_JOINING_H
#define LYKTA_PROGRAMME_JOINING_H

#include "base/date.h"
#include "base/err.h"
#include "base/str.h"
#include "programme/city_invitation.h"

struct arena;
struct city;
struct who;

enum { JOINING_USUAL_DAYS = 30, JOINING_MOST_DAYS = 90 };

/* What was written, and for whom. */
struct joining_file {
    struct str bytes;
    struct city_invitation invitation;
    struct city_answer answer; /* of joining_answer alone */
};

/* The programme asks the city of `municipality`, which it calls `name`, until `last_day`. What it asked that
 * city before is not good any longer. BAD_INPUT for a code, name or day that cannot be, and when the city
 * takes part already. In `a`. */
enum status joining_invite(const struct city *programme, const struct who *who, struct str municipality,
                           struct str name, struct date last_day, struct arena *a, struct joining_file *out,
                           struct err *e) MUST_USE;

/* The city answers the invitation in `bytes`, called `file` in messages, of the programme whose key is `key`
 * (64 hexadecimal digits, or its fingerprint's 32). BAD_INPUT when it is another programme's, another city's,
 * of a day that has passed, or has been changed. The city's audit log says that it answered. In `a`. */
enum status joining_answer(const struct city *city, const struct who *who, const char *file, struct str bytes,
                           struct str key, struct arena *a, struct joining_file *out, struct err *e) MUST_USE;

/* The programme accepts the answer in `bytes`: the city takes part from now on. `key` is what the city has
 * read out of its key (as above); empty: nobody has asked it yet, and the answer is REFUSED with the
 * fingerprint to ask for. BAD_INPUT when the answer has been changed, answers no invitation of this programme
 * that still holds, comes from another city, or has another key than `key`. *name is the city's, in `a`. */
enum status joining_accept(const struct city *programme, const struct who *who, const char *file,
                           struct str bytes, struct str key, struct arena *a, struct str *name,
                           struct err *e) MUST_USE;

#endif
