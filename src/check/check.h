/* Is a city ready to be served, and will it be tomorrow? Looks at its folder, keys, databases and settings,
 * and at the machine: clock, disk, backups. Nothing is changed. What `lykta verify` proves of what is
 * published is not proved again here. */
#ifndef LYKTA_CHECK_CHECK_H
#define LYKTA_CHECK_CHECK_H

#include "check/certificate.h"
#include "check/finding.h"
#include "mail/delivery.h"

#include <stdbool.h>
#include <stdint.h>

struct arena;
struct backup_history;
struct city;

/* How much a backup needs on a disk, and how much there is. */
struct check_room {
    uint64_t needed;
    uint64_t free;
};

/* A disk that the city needs room on. */
struct check_disk {
    const char *where; /* a folder on it */
    int why;           /* 0: `room` is known; else the errno of what was in the way */
    struct check_room room;
};

enum { CHECK_DISKS = 2 };

/* What may be asked over the network: the mail server, and the city's own address. */
struct check_network {
    carrier_source *carrier;
    certificate_source *certificate;
};

/* Checks the city at `path` at the moment `now_at`. NULL for `network`: it is left alone. What stops the
 * check of one thing is a finding, and the next is checked. */
void check_city(const char *path, int64_t now_at, const struct check_network *network, struct findings *out);

/* Each of its parts. `city` is open for reading. A source that is NULL is not asked. check_folder is false
 * when there is no such folder. */
bool check_folder(const char *path, struct findings *out);
void check_keys(const char *path, struct findings *out);
void check_key_database(const struct city *city, struct findings *out);
void check_site(const struct city *city, int64_t now_at, certificate_source *certificate,
                struct findings *out);
void check_certificate(const char *address, int64_t now_at, certificate_source *load, struct findings *out);
void check_mail(const struct city *city, carrier_source *carrier, struct findings *out);
void check_backups(const struct city *city, int64_t now_at, struct findings *out);
void check_log(const struct city *city, struct findings *out);
void check_watch(const struct city *city, struct findings *out);
void check_disk(const struct city *city, struct findings *out);
void check_clock(struct findings *out);
void check_walls(struct findings *out);

/* What the system says of the clock: adjtimex(2)'s answer. */
void check_clock_state(int state, struct findings *out);

/* `where` is the folder the room is in. */
void check_room_of(const char *where, const struct check_room *room, struct findings *out);

/* What is judged here and on the administrator's page (src/status), where it is told in two languages: the
 * sentences there say what those of `lykta check` say. */

/* The disk of the city's folder, and then that of its nightly backups, where it makes any; how many. Paths
 * are in `a`. */
size_t check_disks(const struct city *city, struct arena *a, struct check_disk out[CHECK_DISKS]);
bool check_room_is_short(const struct check_room *room);

/* Is the latest backup older than the two nights that are let pass? */
bool check_backup_is_old(const struct backup_history *h, int64_t now_at);

/* When systemd-timesyncd last set the clock by another (seconds UTC); 0: it has not, or something else sets
 * it. For who may not make the call that check_clock makes: a served city (src/walls). */
int64_t check_clock_set_at(void);

#endif
