/* One backup of a city at a time, and what a killed one has left is nobody's, and goes. */
#ifndef LYKTA_BACKUP_TURN_H
#define LYKTA_BACKUP_TURN_H

#include "base/err.h"

#include <stdbool.h>

struct arena;
struct city;

/* The turn: a lock on the city's file backup.lock, in which stands what is being written elsewhere. It ends
 * with the process, however that ends. */
struct backup_turn {
    int fd;             /* -1: not taken */
    const char *path;   /* of backup.lock */
    bool is_busy;       /* not taken because another backup is under way */
    bool has_rest;      /* what the note names is there still: this process may not remove it, another may */
    const char *copies; /* the folder of the databases' copies, inside the city's */
};

/* Takes the turn, and removes what a killed backup has left: the copies in the city, and the file that was
 * being written. SYSTEM when another backup of the city is under way. `out` lives as long as `a`. */
enum status backup_turn_take(const struct city *city, struct arena *a, struct backup_turn *out,
                             struct err *e) MUST_USE;

/* Notes, so that it outlives a power cut, under which name a backup will be written, so that the next turn
 * can remove it: before it is there. SYSTEM when it cannot. */
enum status backup_turn_note(struct backup_turn *turn, const char *temporary, struct err *e) MUST_USE;

/* Ends the turn: nothing is left to remove, or it stays noted. Harmless when it was not taken. */
void backup_turn_end(struct backup_turn *turn);

#endif
