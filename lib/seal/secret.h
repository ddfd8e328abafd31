/* Memory for secrets: locked so that it is not swapped to disk, left out of core files, between guard pages
 * that end the process when they are touched, and wiped when it is closed (libsodium's sodium_malloc).
 *
 * Threat answered: a secret key or an opened report found on the disk of a machine that was seized, or in the
 * file of a crash. Not answered: someone who reads the memory of the running process.                      */
#ifndef LYKTA_SEAL_SECRET_H
#define LYKTA_SEAL_SECRET_H

#include <stddef.h>

/* `n` bytes, zeroed. Never NULL: the process ends with a sentence when memory cannot be had. Costs some
 * 0.2 ms, so a piece of work asks once. */
void *secret_open(size_t n) __attribute__((malloc, returns_nonnull));

/* Wipes and gives back. NULL is harmless. */
void secret_close(void *p);

/* Overwrites `n` bytes with zeros in a way no compiler leaves out: for copies on the stack. */
void secret_wipe(void *p, size_t n);

#endif
