/* What the page of how the system is shows. */
#ifndef LYKTA_STATUS_STATUS_VIEW_H
#define LYKTA_STATUS_STATUS_VIEW_H

#include "status/status_thing.h"
#include "web/layout.h"

#include <stddef.h>
#include <stdint.h>

struct status_view {
    struct layout layout;
    struct str at; /* when it was all looked at */
    struct str settings, letters;
    enum status_state worst; /* of all */
    int64_t to_do;           /* how many are to be seen to; they are the first */
    int64_t unseen;
    struct status_thing thing[STATUS_THINGS];
};

/* Counts what has been judged. */
void status_view_count(struct status_view *v);

/* The name of a state, and the badge it is shown in: colour stands beside the word, never alone. */
enum text_key status_state_word(enum status_state state);
const char *status_state_badge(enum status_state state);

#endif
