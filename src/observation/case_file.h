/* A report with its messages and reasons, read from the sealed texts. For this room's modules. */
#ifndef LYKTA_OBSERVATION_CASE_FILE_H
#define LYKTA_OBSERVATION_CASE_FILE_H

#include "observation/triage.h"
#include "seal/sealed.h"

struct query;
struct sealing;

/* What case_row reads, and where from. */
#define CASE_COLUMNS                                                                                         \
    "o.id, r.year, r.number, o.received_on, o.state, o.lane, o.is_withdrawn, o.is_counted, o.channel, "      \
    "coalesce((select m.sender from observation_message m where m.observation = o.id "                       \
    "order by m.number desc limit 1), ''), o.seal "
#define CASE_FROM "from observation o join register_entry r on r.observation = o.id "

struct observation case_row(const struct query *q, struct arena *a);

/* The row of report `id`, and its name in the key file. BAD_INPUT when there is none. */
enum status case_find(struct keyring *k, int64_t id, struct arena *a, struct observation *out,
                      struct seal_id *name, struct err *e) MUST_USE;

enum case_part { CASE_WITHOUT_REASONS, CASE_WITH_REASONS };

/* Opens the sealed texts of out->observation, which is set. */
enum status case_read(struct keyring *k, const struct sealing *s, enum case_part part, struct arena *a,
                      struct case_file *out, struct err *e) MUST_USE;

/* Seals `text` as "<kind> <number>", inside a change. */
enum status case_put(struct keyring *k, const struct sealing *s, const char *kind, size_t number,
                     struct str text, struct err *e) MUST_USE;

/* Adds a message by `sender` ("reporter", "city") after those of `file`, inside a change. */
enum status case_message(struct keyring *k, const struct sealing *s, const struct case_file *file,
                         const char *sender, struct str text, struct date on, struct err *e) MUST_USE;

#endif
