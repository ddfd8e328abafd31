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
struct city;

/* How much a backup needs on a disk, and how much there is. */
struct check_room {
    uint64_t needed;
    uint64_t free;
};

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

/* What the system says of the clock: adjtimex(2)'s answer. */
void check_clock_state(int state, struct findings *out);

/* `where` is the folder the room is in. */
void check_room_of(const char *where, const struct check_room *room, struct findings *out);

#endif
