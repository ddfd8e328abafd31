/* What a round's figure rests on, as JSON: rounded on the way in, read back whole. */
#ifndef LYKTA_PUBLISHING_ROUND_EVIDENCE_JSON_H
#define LYKTA_PUBLISHING_ROUND_EVIDENCE_JSON_H

#include "publishing/round_evidence.h"

/* `exact`, rounded, in `a`. */
struct str round_evidence_json(const struct mapping_evidence *exact, struct arena *a);

/* BAD_INPUT names what is not as it should be. Everything is in `a`. */
enum status round_evidence_from_json(struct str bytes, struct arena *a, struct round_evidence *out,
                                     struct err *e) MUST_USE;

#endif
