/* The page of a gathering as who asks sees it. */
#include "gathering/gathering_view.h"

#include "base/arena.h"
#include "base/text.h"
#include "calendar/stockholm.h"
#include "gathering/gathering_ring.h"
#include "pages.h"
#include "portal/portal.h"
#include "publishing/round.h"
#include "web/request.h"
#include "web/response.h"

#include <inttypes.h>

static const struct {
    enum text_key words, next;
} states[GATHERING_STATES] = {
    [GATHERING_KEYS] = {TEXT_GATHERING_STATE_KEYS, TEXT_GATHERING_NEXT_KEYS},
    [GATHERING_DIGITS] = {TEXT_GATHERING_STATE_DIGITS, TEXT_GATHERING_NEXT_DIGITS},
    [GATHERING_SECRET] = {TEXT_GATHERING_STATE_SECRET, TEXT_GATHERING_NEXT_SECRET},
    [GATHERING_HANDING_IN] = {TEXT_GATHERING_STATE_LISTS, TEXT_GATHERING_NEXT_LISTS},
    [GATHERING_WHOLE] = {TEXT_GATHERING_STATE_WHOLE, TEXT_GATHERING_NEXT_WHOLE},
    [GATHERING_ENDED] = {TEXT_GATHERING_STATE_ENDED, TEXT_GATHERING_NEXT_ENDED},
};

/* Shares, rounded up to a whole per cent, so that nobody missing reads as nobody alone. */
static struct str missing_of(const struct gathering_list *list, struct arena *a)
{
    struct text out = text_open(a);

    for (size_t i = 0; i < list->fields && list->people > 0; i++)
        text_format(&out, "%s%.*s %" PRId64 "\u00a0%%", i ? ", " : "", STR(list->field[i].name),
                    (100 * list->field[i].missing + list->people - 1) / list->people);
    return text_str(&out);
}

static enum text_key digits_words(const struct gathering_list *list)
{
    if (!list->is_compared)
        return TEXT_GATHERING_DIGITS_WAITING;
    return list->is_same ? TEXT_GATHERING_DIGITS_ARE_SAME : TEXT_GATHERING_DIGITS_ARE_OTHER;
}

/* An agency sees the size of its own list alone. */
static void add_rows(const struct request *r, struct gathering_view *v)
{
    bool is_linker = portal_may(r, PERMISSION_MAPPING_RUN);
    bool sees_all = is_linker || portal_may(r, PERMISSION_MAPPING_START);
    struct gathering_row *rows = arena_new(r->arena, v->g->lists + 1, struct gathering_row);

    for (size_t i = 0; i < v->g->lists; i++) {
        const struct gathering_list *list = &v->g->list[i];
        const char *rest = arena_printf(r->arena, "/%.*s", STR(gathering_list_name(v->g, list, r->arena)));

        rows[i] =
            (struct gathering_row){.list = list,
                                   .digits = digits_words(list),
                                   .shows_size = sees_all || list->keeper == portal_visitor(r)->person.id,
                                   .missing = missing_of(list, r->arena),
                                   .handed_in_on = stockholm_day(list->handed_in_at, NULL),
                                   .receipt_on = stockholm_day(list->receipt_at, NULL),
                                   .fetch = is_linker && list->bytes > 0 && v->g->state != GATHERING_ENDED &&
                                                    !(gathering_is_short(list) && gathering_waits(v->g))
                                                ? gathering_href(r, v->g->round, rest)
                                                : S("")};
    }
    v->waits = sees_all && gathering_waits(v->g);
    v->row = rows;
    v->rows = v->g->lists;
}

void gathering_file_add(const struct request *r, struct gathering_view *v, struct gathering_file *files,
                        struct str name, struct str list)
{
    const char *rest = arena_printf(r->arena, "/fil/%.*s", STR(name));

    files[v->files++] =
        (struct gathering_file){.name = name, .href = gathering_href(r, v->g->round, rest), .list = list};
}

/* What an agency needs on its own machine. */
static void add_files(const struct request *r, struct gathering_view *v)
{
    struct gathering_file *files = arena_new(r->arena, v->g->lists + 3, struct gathering_file);

    v->file = files;
    if (!portal_may(r, PERMISSION_MAPPING_UPLOAD) || v->g->state == GATHERING_ENDED)
        return;
    gathering_file_add(r, v, files, S("schema.json"), S(""));
    if (v->g->state == GATHERING_KEYS)
        return;
    gathering_file_add(r, v, files, S("lankare.pub"), S(""));
    for (size_t i = 0; i < v->g->lists; i++)
        gathering_file_add(r, v, files, gathering_key_name(&v->g->list[i], r->arena), S(""));
    if (v->g->secret.n > 0)
        gathering_file_add(r, v, files, S("hemlighet.keys"), S(""));
}

/* What who links runs, with the lists that are in. */
static void add_linking(const struct request *r, struct gathering_view *v)
{
    if (v->waits || !portal_may(r, PERMISSION_MAPPING_RUN) || v->g->state == GATHERING_ENDED)
        return;
    v->link_command = gathering_link_command(v->g, "-o underlag.csv", r->arena);
    v->link_title = TEXT_GATHERING_LINK_TITLE;
    v->link_about = TEXT_GATHERING_LINK_ABOUT;
    v->upload = portal_href(r, arena_printf(r->arena, "/kartlaggningar/%" PRId64 "/underlag", v->g->round));
}

static void add_form(struct gathering_view *v, const struct gathering_form *form)
{
    if (form->row->is_asking)
        v->asking_form[v->asking_forms++] = form;
    else if (form->row->is_aside)
        v->aside[v->asides++] = form;
    else
        v->form[v->forms++] = form;
}

/* The forms that who asks may use now; `corrected`, of step `step`, is shown as it was sent. */
static void add_forms(const struct request *r, struct gathering_view *v, enum gathering_step step,
                      const struct gathering_form *corrected)
{
    if (!v->is_there && portal_may(r, PERMISSION_MAPPING_START))
        add_form(v, corrected ? corrected : gathering_form_of(r, v->g, STEP_START, NULL));
    for (enum gathering_step i = STEP_READER; v->is_there && i < STEPS; i++)
        if (gathering_may(r, v->g, i))
            add_form(v, corrected && i == step ? corrected : gathering_form_of(r, v->g, i, NULL));
}

static void add_what_is_there(const struct request *r, struct gathering_view *v)
{
    if (gathering_is_ring(v->g)) {
        gathering_show_ring(r, v);
        return;
    }
    v->state = states[v->g->state].words;
    v->next = states[v->g->state].next;
    add_rows(r, v);
    add_files(r, v);
    add_linking(r, v);
}

void gathering_page_show(const struct request *r, const struct gathering_page *page, struct response *out)
{
    const struct gathering *g = page->g;
    const struct round *round = page->round;
    struct portal_view around = portal_view_of(r);
    struct gathering_view *v = arena_new(r->arena, 1, struct gathering_view);
    enum text_key heading =
        page->is_there && gathering_is_ring(g) ? TEXT_GATHERING_RING_TITLE : TEXT_GATHERING_TITLE;

    *v = (struct gathering_view){
        .layout = portal_form_layout(&around, portal_text(r, heading), r->path,
                                     page->corrected ? page->corrected->fields->errors : 0, r->arena),
        .g = g,
        .title = r->language == LANGUAGE_EN ? round->title_en : round->title_sv,
        .back = portal_href(r, arena_printf(r->arena, "/kartlaggningar/%" PRId64, round->id)),
        .is_there = page->is_there,
        .is_ring = page->is_there && gathering_is_ring(g),
        .heading = heading};
    if (page->is_there)
        add_what_is_there(r, v);
    add_forms(r, v, page->step, page->corrected);
    if (page->is_there)
        gathering_show_asking(r, v);
    page_gathering(response_page(out), v);
}
