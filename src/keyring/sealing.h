/* Sealing a report and opening it: one data key for all texts of a report, a copy of it for each holder.
 *
 *     sealing_begin        a new name and data key, in memory alone
 *     sealing_receipt      the reporter becomes a holder through their code
 *     sealing_keep         copies to the active recipients, the recovery key and the reporter: the key file
 *     sealing_put          a text, in the caller's change of the city's database
 *
 * Keys are kept before texts: a crash between leaves copies that open nothing, never a text that nobody can
 * open. `struct sealing` holds the data key: keep it in locked memory, and close it. */
#ifndef LYKTA_KEYRING_SEALING_H
#define LYKTA_KEYRING_SEALING_H

#include "base/err.h"
#include "base/str.h"
#include "seal/receipt_code.h"
#include "seal/sealed.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct keyring;
struct opener;

struct sealing {
    struct seal_key key;
    struct seal_id id;
    int64_t generation; /* from 1; raised by relock */
    bool has_reporter;
    struct seal_key reporter_wrap_key; /* the stretched code */
    struct receipt_lookup lookup;
};

/* A new one, in locked memory; sealing_close wipes it. */
struct sealing *sealing_begin(void);
void sealing_close(struct sealing *s);

/* The holder of `code` will be able to open it too. */
enum status sealing_receipt(struct keyring *k, struct sealing *s, const struct receipt_code *code,
                            struct err *e) MUST_USE;

/* A sealing whose reporter has `code`: a new one, or the one that was kept for that code before something
 * broke
 * (*is_kept: its copies are there). The caller closes it; *out is NULL when it fails. */
enum status sealing_begin_code(struct keyring *k, const struct receipt_code *code, struct sealing **out,
                               bool *is_kept, struct err *e) MUST_USE;

/* Writes the copies. Call it once, before the first sealing_put is committed. */
enum status sealing_keep(struct keyring *k, struct sealing *s, struct err *e) MUST_USE;

/* Seals `text` as `field` ("report", "message 3"), inside the caller's change. Clear text passes through an
 * arena of its own, which is wiped. SYSTEM when the field is there already, BAD_INPUT when the text
 * is too long, REFUSED when the lock was changed since `s` was opened. */
enum status sealing_put(struct keyring *k, const struct sealing *s, struct str field, struct str text,
                        struct err *e) MUST_USE;

/* For relock: the same for a field that is there; what was sealed before is gone. */
enum status sealing_replace(struct keyring *k, const struct sealing *s, struct str field, struct str text,
                            struct err *e) MUST_USE;

/* The text of `field`, in `a`, which the caller wipes. BAD_INPUT when there is none; REFUSED when it does not
 * open: somebody altered the database. */
enum status sealing_get(struct keyring *k, const struct sealing *s, struct str field, struct arena *a,
                        struct str *text, struct err *e) MUST_USE;

/* Opens what is named `id` as a recipient, or with the recovery key's secret (opener->recipient 0). REFUSED
 * when there is no copy that opens. The caller closes *out. */
enum status sealing_open(struct keyring *k, const struct opener *opener, const struct seal_id *id,
                         struct sealing **out, struct err *e) MUST_USE;

/* Opens with a receipt code: *out is NULL for a code that leads nowhere, which costs the same. */
enum status sealing_open_code(struct keyring *k, const struct receipt_code *code, struct sealing **out,
                              struct err *e) MUST_USE;

/* Deletes every copy of `id` and the reporter's key: nobody can open it again. The texts, which are then
 * nothing, go with the caller's change. */
enum status sealing_forget(struct keyring *k, const struct seal_id *id, struct err *e) MUST_USE;

/* For relock and recipients: what is bound into the seal. */
struct seal_context sealing_context(const struct keyring *k, const struct seal_id *id, struct str field);

/* Adds the copy of `s` for `holder`, inside a transaction of the key file. */
enum status sealing_copy_for(struct keyring *k, const struct sealing *s, int64_t holder,
                             const struct seal_public *to, struct err *e) MUST_USE;

/* Copies for all active recipients and the recovery key, inside a transaction of the key file. */
enum status sealing_copy_all(struct keyring *k, const struct sealing *s, struct err *e) MUST_USE;

/* The names of everything `holder` has a copy of, oldest generation included once; in `a`. */
enum status sealing_all(struct keyring *k, int64_t holder, struct arena *a, struct seal_id **out, size_t *n,
                        struct err *e) MUST_USE;

#endif
