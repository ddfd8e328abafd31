/* Circulars: one letter from the coordinator to many of the network, by kind of actor. Drafts are changed and
 * thrown away; what has been sent is never changed. */
#ifndef LYKTA_CIRCULAR_CIRCULAR_H
#define LYKTA_CIRCULAR_CIRCULAR_H

#include "base/err.h"
#include "base/str.h"
#include "mail/reader_link.h"
#include "store/audit.h"
#include "web/language.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct db;
struct letter;
struct person;

enum { CIRCULAR_SUBJECT_LETTERS = 120, CIRCULAR_WORDS_LETTERS = 20000 };

struct circular {
    int64_t id;
    struct str subject;
    struct str words; /* Markdown */
    enum language language;
    uint32_t actors; /* set of ACTOR_BIT */
    bool is_warning; /* of what the network has noticed: its words are held to warning.h */
    int64_t version; /* raised by every change */
    int64_t sent_at; /* 0: a draft */
    int64_t letters; /* how many went out */
};

struct circulars {
    size_t n;
    struct circular *circular;
};

/* A new draft; gives its id. */
enum status circular_add(struct db *db, const struct circular *draft, const struct who *who, int64_t *id,
                         struct err *e) MUST_USE;

/* Changes a draft. REFUSED when it has been sent, or is no longer at draft->version. */
enum status circular_change(struct db *db, const struct circular *draft, const struct who *who,
                            struct err *e) MUST_USE;

/* Throws a draft away. REFUSED when it has been sent, is no longer at `version`, or is not there. */
enum status circular_remove(struct db *db, int64_t id, int64_t version, const struct who *who,
                            struct err *e) MUST_USE;

/* In `a`; REFUSED when there is none. All of them: drafts first, then the last sent first. */
enum status circular_find(struct db *db, int64_t id, struct arena *a, struct circular *out,
                          struct err *e) MUST_USE;
enum status circular_list(struct db *db, struct arena *a, struct circulars *out, struct err *e) MUST_USE;

/* Who would get it now, and how many would not and why. Every contact person of a listed organisation or a
 * member that has one of the actors, each address once. */
struct circular_reader {
    struct str name;
    struct str address;
};

struct circular_readers {
    size_t n;
    struct circular_reader *reader;
    int64_t unwilling;    /* has said no to letters of the network */
    int64_t unsubscribed; /* by the link in a letter */
    int64_t failed;       /* the address does not work */
};
enum status circular_readers_of(struct db *db, uint32_t actors, struct arena *a, struct circular_readers *out,
                                struct err *e) MUST_USE;

/* Whose name circulars go out in. */
struct circular_office {
    struct db *db;
    struct str city;
    struct reader_links links;
};

/* The letter as `name` would read it, with the link that stops mailings; in `a`. */
struct letter circular_letter(const struct circular_office *o, const struct circular *c, struct str name,
                              struct str stop, struct arena *a);

/* Queues the letter for every reader, once each: *n of them. REFUSED when it has been sent, when it is no
 * longer at `version`, which is the one that was read before it was sent, or when nobody would get it. */
enum status circular_send(const struct circular_office *o, int64_t id, int64_t version, const struct who *who,
                          int64_t *n, struct err *e) MUST_USE;

/* Queues one to `person`, who wants to see it as it will arrive. Nothing is noted of the circular. */
enum status circular_try(const struct circular_office *o, const struct circular *c,
                         const struct person *person, const struct who *who, struct err *e) MUST_USE;

/* How the letters of a sent one have fared. What the outbox has forgotten has arrived, unless its address is
 * known to have failed since. */
struct circular_fate {
    int64_t waiting, failed, unsure;
};
enum status circular_fate(struct db *db, int64_t id, struct circular_fate *out, struct err *e) MUST_USE;

/* The reader of the link's last part takes no more mailings. REFUSED when the link is not one of ours. */
enum status circular_stop(const struct circular_office *o, struct str part, const struct who *who,
                          struct err *e) MUST_USE;
/* That reader takes them again. Nobody else can undo a stop: a coordinator has no such link. */
enum status circular_resume(const struct circular_office *o, struct str part, const struct who *who,
                            struct err *e) MUST_USE;
/* Is it one of ours? REFUSED when not; *is_stopped: its reader takes no mailings now. */
enum status circular_stop_holds(const struct circular_office *o, struct str part, bool *is_stopped,
                                struct err *e) MUST_USE;

#endif
