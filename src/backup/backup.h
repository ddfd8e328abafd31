/* A city in one sealed file, and back.
 *
 * The file is a sealed stream (link/sealed.h) of the city's files (archive.h) to the city's backup key. The
 * public half of the key lies in the city (keys/backup.pub), the secret half is kept elsewhere: who takes the
 * server, or the backups, or both, reads nothing of them. Threats answered: a lost disk; a stolen backup; a
 * backup that was altered, cut or put together of two. Not answered: who has the secret half.
 *
 * Every backup is whole: it holds all there is, and needs no other. */
#ifndef LYKTA_BACKUP_BACKUP_H
#define LYKTA_BACKUP_BACKUP_H

#include "base/err.h"
#include "store/audit.h"

#include <stdint.h>

struct arena;
struct city;
struct db;
struct progress;

enum { BACKUP_KEY_BYTES = 32 };

/* Keep it in locked memory (seal/secret.h). */
struct backup_key {
    unsigned char secret_half[BACKUP_KEY_BYTES];
    unsigned char public_half[BACKUP_KEY_BYTES];
};

struct backup_size {
    uint64_t files;
    uint64_t bytes; /* of the files */
};

/* Makes the key: the secret half is written to `path` (0600), the public half to the city's keys/backup.pub.
 * BAD_INPUT when something is at `path` already, or the city has a backup key. */
enum status backup_key_make(struct city *city, const char *path, const struct who *who,
                            struct err *e) MUST_USE;

/* Reads the secret half at `path`. BAD_INPUT when it is none. */
enum status backup_key_read(const char *path, struct backup_key *out, struct err *e) MUST_USE;

/* The public half of the city's key, into `out`. BAD_INPUT, with what to do, when it has none. */
enum status backup_key_of(const struct city *city, unsigned char out[BACKUP_KEY_BYTES],
                          struct err *e) MUST_USE;

/* Writes the city to `path`, whole or not at all; it may be served meanwhile. All of it is as it was at one
 * moment after the call began; nobody's session, and no link for choosing a password, is in it. Through `db`
 * the audit log gets a line at that moment, and one when the file has been read back from the disk as it was
 * written. BAD_INPUT when something is at `path` already or it lies in the city, the city has no backup key,
 * or something in its folder is neither a file nor a folder; SYSTEM when another backup is under way, or the
 * disk fails. */
enum status backup_write(const struct city *city, struct db *db, const char *path, const struct who *who,
                         const struct progress *progress, struct backup_size *out, struct err *e) MUST_USE;

/* Removes what a killed backup has left of the city, in its folder and beside where it was to be. While one
 * is under way nothing has been left. SYSTEM when the city's folder cannot be written. */
enum status backup_clear_remains(const struct city *city, struct err *e) MUST_USE;

/* Unpacks the backup at `path` into the new folder `folder`. BAD_INPUT when it is no file or no backup, is
 * sealed to another key, is cut short or was altered, or holds what is no part of a city; what is in `folder`
 * then is the caller's to remove. */
enum status backup_unpack(const char *path, const struct backup_key *key, const char *folder,
                          struct backup_size *out, struct err *e) MUST_USE;

#endif
