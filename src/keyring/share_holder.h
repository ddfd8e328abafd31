/* Who holds the shares of the recovery key: a person with an account for each paper, and the role that the
 * paper stays with when the person leaves. It is a list of where the papers are, not the shares themselves:
 * it stands in the city's database, where its change and the log's line are one (keyring_retention.h: when
 * it is forgotten).
 *
 * Each share has another holder: nobody can give two (keyring/regain.h). */
#ifndef LYKTA_KEYRING_SHARE_HOLDER_H
#define LYKTA_KEYRING_SHARE_HOLDER_H

#include "base/date.h"
#include "base/err.h"
#include "base/str.h"
#include "store/audit.h"

#include <stddef.h>
#include <stdint.h>

struct arena;
struct keyring;

enum { SHARE_ROLE_LETTERS = 60 };

struct share_holder {
    int64_t number;  /* of the share, from 1: it stands on the paper */
    int64_t account; /* 0: nobody is named */
    struct str role; /* "Registrator" */
    struct date named_on;
    struct date given_on; /* in the recovery that is under way; no date: not yet */
};

struct share_holders {
    int64_t needed; /* how many shares open together */
    size_t n;       /* how many there are */
    struct share_holder *holder;
};

/* One row a share, by number, named or not; in `a`. */
enum status share_holders_list(struct keyring *k, struct arena *a, struct share_holders *out,
                               struct err *e) MUST_USE;

/* The row of `account` in `all`; NULL when the account holds none. */
const struct share_holder *share_holder_of(const struct share_holders *all, int64_t account);

/* Names who holds share `number`, instead of who was named before. BAD_INPUT when there is no such share, or
 * the account holds another. */
enum status share_holder_name(struct keyring *k, int64_t number, int64_t account, struct str role,
                              const struct who *who, struct err *e) MUST_USE;

#endif
