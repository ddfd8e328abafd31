/* The sentences that go with an estimate: why it is refused or only a range, and what to be warned of. */
#ifndef LYKTA_ESTIMATE_NOTE_H
#define LYKTA_ESTIMATE_NOTE_H

#include "estimate/estimate.h"

struct arena;

/* Completes `facts` (its kind, lists and value) with the English sentence, in `a`. */
struct estimate_note note_of(struct estimate_note facts, struct arena *a);

/* The same as one more warning of `out`; beyond ESTIMATE_MAX_NOTES it is dropped. */
void note_warn(struct estimate *out, struct estimate_note facts, struct arena *a);

/* What every estimate rests on, in words; ends with NULL. */
extern const char *const note_assumptions[];

#endif
