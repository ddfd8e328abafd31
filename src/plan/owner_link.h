/* The link of a reminder: a page where an owner tells how its own measures go, without an account.
 *
 * One link an owner, made anew for each letter, which ends the one before. It is signed (mail/reader_link.h),
 * ends PLAN_LINK_DAYS after its letter, and with the contact person it was sent to. */
#ifndef LYKTA_PLAN_OWNER_LINK_H
#define LYKTA_PLAN_OWNER_LINK_H

#include "base/err.h"
#include "base/str.h"
#include "plan/measure.h"
#include "plan/plan_letter.h"
#include "store/audit.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct contact;
struct db;

enum { PLAN_LINK_DAYS = 60 };

/* Makes the link of `owner` for a letter to its contact person, in place of the one before; inside the
 * letter's change. Gives its address, in `a`. */
enum status owner_link_make(struct db *db, const struct plan_office *o, int64_t owner,
                            const struct contact *to, int64_t now_at, struct arena *a, struct str *address,
                            struct err *e) MUST_USE;

/* The owner that the last part of a link proves. REFUSED when it proves none, or none any more. */
enum status owner_link_read(struct db *db, const unsigned char *key, struct str part, int64_t now_at,
                            struct arena *a, int64_t *owner, struct err *e) MUST_USE;

/* Notes that the link was followed, the first time; the coordinator sees when. */
enum status owner_link_followed(struct db *db, int64_t owner, int64_t now_at, struct err *e) MUST_USE;

/* When an owner was last reminded, and when that letter's link was first followed; 0: not. */
struct owner_reminded {
    int64_t sent_at, followed_at;
};
enum status owner_reminded(struct db *db, int64_t owner, struct owner_reminded *out, struct err *e) MUST_USE;

/* An owner of measures that are waiting or under way, as the coordinator sees how it is reached. */
struct owner_letters {
    struct str name;
    int64_t open; /* how many measures */
    bool has_contact;
    struct owner_reminded at;
};

/* All of them, by name; in `a`. */
enum status owners_reminded(struct db *db, struct arena *a, struct owner_letters **out, size_t *n,
                            struct err *e) MUST_USE;

/* What the owner tells on through its link: its measures of a decided plan that are still in it, by goal; in
 * `a`. Notes, links and what waits for what are not among it. */
enum status owner_measures(struct db *db, int64_t owner, struct arena *a, struct measures *out,
                           struct err *e) MUST_USE;

#endif
