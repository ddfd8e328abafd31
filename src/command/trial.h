/* A trial that a backup comes back: unpacked beside the city, checked, held against the city, and removed. */
#ifndef LYKTA_COMMAND_TRIAL_H
#define LYKTA_COMMAND_TRIAL_H

#include "backup/backup.h"
#include "base/err.h"

#include <stdint.h>

struct arena;

struct trial {
    const char *backup; /* the file */
    const struct backup_key *key;
    const char *city;   /* the folder of the city it is of, which may be served meanwhile */
    const char *folder; /* to unpack into, new; removed afterwards, however it goes */
    int64_t now_at;
};

struct trial_result {
    struct backup_size size;
    int64_t last; /* the audit log's last line in the backup */
};

/* The backup is unpacked and as whole as `lykta verify` asks, and its audit log ends in a line the city's log
 * has, too: it is a backup of this city. Then that is noted in the city's log. BAD_INPUT says what does not
 * hold; REFUSED when it is a backup of another city. */
enum status trial_run(const struct trial *t, struct arena *a, struct trial_result *out,
                      struct err *e) MUST_USE;

#endif
