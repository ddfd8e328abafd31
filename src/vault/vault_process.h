/* The vault as a process of its own: no files, no network, memory that is locked, and some thirty calls of
 * the system left. It is made before anything is read, and holds nothing but what it is asked to keep. */
#ifndef LYKTA_VAULT_VAULT_PROCESS_H
#define LYKTA_VAULT_VAULT_PROCESS_H

#include "base/err.h"
#include "vault/vault.h"

#include <stdbool.h>

struct vault_process;

/* Makes it. SYSTEM when that cannot be. */
enum status vault_process_open(struct vault_process **out, struct err *e) MUST_USE;

/* Asks it, from any thread, and waits for its reply, which the caller wipes. SYSTEM when it is gone. */
enum status vault_process_ask(const struct vault_process *p, const struct vault_ask *ask,
                              struct vault_reply *reply, struct err *e) MUST_USE;

/* Is it there? With it all sessions have ended, and no new one begins. */
bool vault_process_is_there(const struct vault_process *p);

/* NULL is harmless. */
void vault_process_close(struct vault_process *p);

/* The calls that are left to it, for its test: gives all others up. */
enum status vault_walls(struct err *e) MUST_USE;

#endif
