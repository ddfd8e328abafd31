/* What comes with the program and a person has still to check. */
#include "setting/unreviewed.h"

#include "base/arena.h"
#include "help/helpline.h"
#include "indicator/indicator.h"
#include "observation/ground.h"

static enum status read_numbers(struct db *db, enum language language, struct arena *a,
                                struct unreviewed *out, struct err *e)
{
    struct helplines all;

    TRY(helplines_all(db, language_code(language), a, &all, e));
    out->item = arena_new(a, all.n + 1, struct unreviewed_item);
    for (size_t i = 0; i < all.n; i++)
        if (!all.line[i].is_verified)
            out->item[out->n++] = (struct unreviewed_item){
                .what = all.line[i].number, .about = all.line[i].about, .place = all.line[i].place};
    return OK;
}

static void add_law(const struct grounds *all, enum language language, struct unreviewed *out)
{
    for (size_t i = 0; i < all->n; i++) {
        const struct ground *g = &all->ground[i];

        if (!g->is_verified)
            out->item[out->n++] = (struct unreviewed_item){.what = g->paragraph,
                                                           .about = language == LANGUAGE_SV ? g->sv : g->en};
    }
}

/* Grounds for passing something on, and for holding it back. */
static enum status read_law(enum language language, struct arena *a, struct unreviewed *out, struct err *e)
{
    struct grounds passing;
    struct grounds holding;

    TRY(grounds_read(a, &passing, e));
    TRY(secrecy_read(a, &holding, e));
    out->item = arena_new(a, passing.n + holding.n + 1, struct unreviewed_item);
    add_law(&passing, language, out);
    add_law(&holding, language, out);
    return OK;
}

static enum status read_signs(struct db *db, enum language language, struct arena *a, struct unreviewed *out,
                              struct err *e)
{
    struct indicators all;

    TRY(indicators_load(db, a, &all, e));
    out->item = arena_new(a, all.n + 1, struct unreviewed_item);
    for (size_t i = 0; i < all.n; i++) {
        const struct indicator *x = &all.indicator[i];

        if (!x->is_source_seen && !x->is_withdrawn)
            out->item[out->n++] = (struct unreviewed_item){
                .what = x->id, .about = language == LANGUAGE_SV ? x->sv : x->en, .source = x->source};
    }
    return OK;
}

enum status unreviewed_read(struct db *db, enum language language, struct arena *a,
                            struct unreviewed out[UNREVIEWED_KINDS], struct err *e)
{
    for (int i = 0; i < UNREVIEWED_KINDS; i++)
        out[i] = (struct unreviewed){0, NULL};
    TRY(read_numbers(db, language, a, &out[UNREVIEWED_NUMBERS], e));
    TRY(read_law(language, a, &out[UNREVIEWED_LAW], e));
    return read_signs(db, language, a, &out[UNREVIEWED_SIGNS], e);
}
