/* What the room's pages hold while the city is served: floods and unlocked recipients, shared by all workers,
 * and each worker's connection to the key file. */
#ifndef LYKTA_OBSERVATION_DESK_H
#define LYKTA_OBSERVATION_DESK_H

#include "base/err.h"

struct desk;
struct flood;
struct keyring;
struct portal_worker;
struct request;
struct unlocks;
struct vault_process;

/* Made by the command that serves, before the server, and given to the portal. `vault` is as unlocks_open
 * says. */
struct desk *desk_open(const struct vault_process *vault);
void desk_close(struct desk *desk);

struct flood *desk_flood(const struct request *r);
struct unlocks *desk_unlocks(const struct request *r);

/* What a worker keeps: opened when it is first asked for, since the key file may be made while the city is
 * served. */
enum status desk_keep_open(struct portal_worker *w, void **kept, struct err *e) MUST_USE;
void desk_keep_close(void *kept);

/* The worker's connection to the key file; *out is NULL when the city has no key file yet. */
enum status desk_keyring(const struct request *r, struct keyring **out, struct err *e) MUST_USE;

#endif
