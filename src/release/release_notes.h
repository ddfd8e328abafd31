/* What every release says in words: the limits of the method, reasons and warnings, in Swedish and English.
 */
#ifndef LYKTA_RELEASE_RELEASE_NOTES_H
#define LYKTA_RELEASE_RELEASE_NOTES_H

#include "estimate/estimate.h"
#include "release/release.h"

/* The note that is published for `kind`. Several kinds share one where telling them apart would tell an exact
 * figure: "no person is on two lists" says that every such cell is zero. */
struct release_note release_note_of(enum estimate_note_kind kind);

/* The limits of the method, always told; ends with a row without code. */
extern const struct release_note release_limits[];

/* Told beside the limits when the data are from elsewhere. */
extern const struct release_note release_example_note;

/* Told as a warning when who is who on the lists was not certain, so that several linkages were pooled. */
extern const struct release_note release_linkages_note;

/* How figures are protected. */
extern const struct release_note release_protection_note;

#endif
