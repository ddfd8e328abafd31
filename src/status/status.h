/* How the system is: what can be seen of it within the walls of the process that answers pages (src/walls),
 * in no more time than a page may take. No network, no database read through, no call about the clock: what
 * is left unseen is said to be, and `lykta check` looks at it. Nothing here is about a person. */
#ifndef LYKTA_STATUS_STATUS_H
#define LYKTA_STATUS_STATUS_H

#include "backup/history.h"
#include "base/err.h"
#include "base/str.h"
#include "check/check.h"
#include "check/finding.h"
#include "mail/mail.h"
#include "process/keeper.h"
#include "store/errand_board.h"

#include <stdbool.h>
#include <stdint.h>

struct arena;
struct city;
struct db;
struct running;

/* Moments are seconds UTC; 0: it has never been, or is not known. */
struct status_facts {
    int64_t now_at;
    int64_t started_at;

    struct findings folder; /* the city's folder and its keys */
    size_t disks;
    struct check_disk disk[CHECK_DISKS]; /* the city's, the backups' */
    int64_t clock_set_at;
    bool is_in_server;       /* the database is in a PostgreSQL server */
    uint64_t database_bytes; /* of the files in the folder */

    struct backup_history backups;
    bool has_backup_key;
    bool is_nightly;
    bool is_trial_due;

    bool has_mail_server;
    bool is_mail_usable; /* its settings and the password can be used together */
    struct mail_standing mail;

    bool is_worker_seen;
    struct keeper_state worker;
    struct errand_board_state errands;

    struct str address; /* of the portal; empty: none */

    bool is_counted; /* requests since the start */
    int64_t answers, failed, slow;
};

/* A request that took longer is slow: a step of web/tally.h. */
enum { STATUS_SLOW_MS = 1000 };

/* Looks at `city`, with `db` to read, at `now_at`. `running` may be NULL: nothing is known of who serves.
 * Texts are in `a`. */
enum status status_read(const struct city *city, struct db *db, const struct running *running, int64_t now_at,
                        struct arena *a, struct status_facts *out, struct err *e) MUST_USE;

#endif
