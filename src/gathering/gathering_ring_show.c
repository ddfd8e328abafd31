/* The page of a gathering whose lists go round, as who asks sees it. */
#include "gathering/gathering_ring.h"
#include "gathering/gathering_view.h"

#include "base/arena.h"
#include "base/text.h"
#include "calendar/stockholm.h"
#include "portal/portal.h"
#include "web/request.h"

#include <inttypes.h>

static const struct {
    enum text_key words, next;
} states[GATHERING_STATES] = {
    [GATHERING_JOINING] = {TEXT_GATHERING_RING_STATE_JOINING, TEXT_GATHERING_RING_NEXT_JOINING},
    [GATHERING_GOING_ROUND] = {TEXT_GATHERING_RING_STATE_GOING, TEXT_GATHERING_RING_NEXT_GOING},
    [GATHERING_WHOLE] = {TEXT_GATHERING_RING_STATE_WHOLE, TEXT_GATHERING_RING_NEXT_WHOLE},
    [GATHERING_ENDED] = {TEXT_GATHERING_STATE_ENDED, TEXT_GATHERING_RING_NEXT_ENDED},
};

bool gathering_may_count(const struct request *r, const struct gathering *g)
{
    return gathering_is_ring(g) && g->state == GATHERING_WHOLE && !gathering_waits(g) &&
           portal_may(r, PERMISSION_MAPPING_RUN) && !gathering_list_of(g, portal_visitor(r)->person.id);
}

/* Every agency comes to see how long the lists are: each passes it on. */
static void add_rows(const struct request *r, struct gathering_view *v)
{
    struct gathering_row *rows = arena_new(r->arena, v->g->lists + 1, struct gathering_row);
    bool may_count = gathering_may_count(r, v->g);

    for (size_t i = 0; i < v->g->lists; i++) {
        const struct gathering_list *list = &v->g->list[i];
        const char *rest = arena_printf(r->arena, "/%.*s", STR(gathering_list_name(v->g, list, r->arena)));

        rows[i] = (struct gathering_row){.list = list,
                                         .turn = gathering_turn(v->g, list),
                                         .last = gathering_last(v->g, list),
                                         .receipt_on = stockholm_day(list->receipt_at, NULL),
                                         .fetch = may_count ? gathering_href(r, v->g->round, rest) : S("")};
    }
    v->waits = gathering_waits(v->g) &&
               (portal_may(r, PERMISSION_MAPPING_RUN) || portal_may(r, PERMISSION_MAPPING_START));
    v->row = rows;
    v->rows = v->g->lists;
}

static void add_files(const struct request *r, struct gathering_view *v)
{
    const struct gathering_list *own = gathering_list_of(v->g, portal_visitor(r)->person.id);
    struct gathering_file *files = arena_new(r->arena, v->g->lists + 1, struct gathering_file);

    v->file = files;
    if (!portal_may(r, PERMISSION_MAPPING_UPLOAD) || v->g->state == GATHERING_ENDED)
        return;
    gathering_file_add(r, v, files, S("schema.json"), S(""));
    for (size_t i = 0; own && i < v->g->lists; i++)
        if (gathering_turn(v->g, &v->g->list[i]) == own)
            gathering_file_add(r, v, files, gathering_list_name(v->g, &v->g->list[i], r->arena),
                               v->g->list[i].name);
}

static void add_counting(const struct request *r, struct gathering_view *v)
{
    struct text command = text_open(r->arena);

    if (!gathering_may_count(r, v->g))
        return;
    text_lit(&command, "lykta ring count");
    for (size_t i = 0; i < v->g->lists; i++)
        text_format(&command, " %.*s", STR(gathering_list_name(v->g, &v->g->list[i], r->arena)));
    text_lit(&command, " -o underlag.csv");
    v->link_command = text_str(&command);
    v->link_title = TEXT_GATHERING_RING_COUNT_TITLE;
    v->link_about = TEXT_GATHERING_RING_COUNT_ABOUT;
    v->upload = portal_href(r, arena_printf(r->arena, "/kartlaggningar/%" PRId64 "/underlag", v->g->round));
}

void gathering_show_ring(const struct request *r, struct gathering_view *v)
{
    v->state = states[v->g->state].words;
    v->next = states[v->g->state].next;
    add_rows(r, v);
    add_files(r, v);
    add_counting(r, v);
}
