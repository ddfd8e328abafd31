/* How a city is asked into a programme, and answers: two files of text, each signed with its sender's release
 * key in the form of a release's signature (docs/formats/invitation.md). There is one way to write each. */
#ifndef LYKTA_PROGRAMME_CITY_INVITATION_H
#define LYKTA_PROGRAMME_CITY_INVITATION_H

#include "base/date.h"
#include "base/err.h"
#include "base/str.h"

struct arena;
struct key;

enum { CITY_INVITATION_MAX_BYTES = 4096, CITY_INVITATION_NUMBER_HEX = 32 };

/* From the programme to one city. */
struct city_invitation {
    struct str programme;     /* its name, on one line */
    struct str municipality;  /* the city's, four digits */
    struct str name;          /* of the city, as the programme will call it, on one line */
    struct str number;        /* random: no two are alike. 32 small hexadecimal digits */
    struct date last_day;     /* on which it can be answered and accepted */
    struct str programme_key; /* whose signature it has: 64 hexadecimal digits */
    struct str hash;          /* SHA-256 of the whole file: what an answer is bound to */
};

/* From that city back. */
struct city_answer {
    struct str invitation;    /* the hash of the one that is answered */
    struct str programme_key; /* by which it was signed */
    struct str municipality;
    struct str city_key; /* whose signature it has, and what the programme is to know the city by */
};

/* The file, signed with `key`; sets x->programme_key and x->hash. In `a`. */
struct str city_invitation_write(struct city_invitation *x, const struct key *key, struct arena *a);

/* Reads the file `bytes`, called `name` in messages. BAD_INPUT when it is not an invitation, or not as its
 * sender signed it; who the sender is, the reader compares. In `a`. */
enum status city_invitation_read(const char *name, struct str bytes, struct arena *a,
                                 struct city_invitation *out, struct err *e) MUST_USE;

/* The same for an answer; writing sets x->city_key. */
struct str city_answer_write(struct city_answer *x, const struct key *key, struct arena *a);
enum status city_answer_read(const char *name, struct str bytes, struct arena *a, struct city_answer *out,
                             struct err *e) MUST_USE;

#endif
