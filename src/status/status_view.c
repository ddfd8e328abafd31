/* What the page of how the system is shows. */
#include "status/status_view.h"

static const struct {
    enum text_key word;
    const char *badge;
} states[STATUS_STATES] = {[STATUS_NOW] = {TEXT_STATUS_NOW, "b bad"},
                           [STATUS_SOON] = {TEXT_STATUS_SOON, "b warn"},
                           [STATUS_UNSEEN] = {TEXT_STATUS_UNSEEN, "b info"},
                           [STATUS_WELL] = {TEXT_STATUS_WELL, "b ok"}};

enum text_key status_state_word(enum status_state state)
{
    return states[state].word;
}

const char *status_state_badge(enum status_state state)
{
    return states[state].badge;
}

void status_view_count(struct status_view *v)
{
    v->worst = v->thing[0].state;
    v->to_do = v->unseen = 0;
    for (size_t i = 0; i < STATUS_THINGS; i++) {
        v->to_do += v->thing[i].state < STATUS_UNSEEN;
        v->unseen += v->thing[i].state == STATUS_UNSEEN;
    }
}
