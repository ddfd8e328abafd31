/* The words for an actor, and for its code as it stands with a guest or an invitation. */
#ifndef LYKTA_SEMINAR_ACTOR_WORDS_H
#define LYKTA_SEMINAR_ACTOR_WORDS_H

#include "base/str.h"
#include "network/actor.h"
#include "web/language.h"

struct str actor_text(enum actor_kind actor, enum language language);

/* The code itself when no actor has it. */
struct str actor_words(struct str code, enum language language);

#endif
