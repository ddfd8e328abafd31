/* The best models of a table as a list. */
#include "estimate/models.h"

#include "base/arena.h"
#include "base/csv.h"
#include "base/json.h"
#include "base/number.h"
#include "base/parallel.h"
#include "estimate/bic.h"
#include "estimate/gate.h"

#include <math.h>

/* The list is written in batches of pieces, each the work of one thread at a time; then the batch goes on its
 * way. */
enum { PIECE_MODELS = 128, BATCH_PIECES = 16, USUAL_BYTES = 150 };

/* Writes the models from..to-1 of the list. */
typedef void put_models(const struct bic_terms *terms, const struct bic_list *list, size_t from, size_t to,
                        struct text *out);

struct writing {
    const struct bic_terms *terms;
    const struct bic_list *list;
    put_models *put;
    size_t begun; /* models before the batch */
    struct arena *arena[BATCH_PIECES];
    struct text piece[BATCH_PIECES];
};

static put_models put_json;
static put_models put_csv;
static enum status put_all(struct writing *w, int threads, const struct sink *to, struct err *e);

enum status models_put(const struct counts *counts, size_t n, const struct estimate_options *options,
                       enum models_form form, struct arena *a, const struct sink *to, struct err *e)
{
    struct estimate *cleaning = arena_new(a, 1, struct estimate);
    struct bic_terms *terms = arena_new(a, 1, struct bic_terms);
    struct writing *w = arena_new(a, 1, struct writing);
    struct counts clean;
    struct bic_list list;

    gate_clean(&clean, counts, a, cleaning);
    if (!gate_has_overlap(&clean, MODEL_MAX_LISTS, a, cleaning))
        return err_set(e, REFUSED, "%s", cleaning->reason.text);
    TRY(bic_terms_for(clean.lists, options->order, terms, e));
    bic_best(terms, clean.y, n, options->threads, options->progress, a, &list);
    if (list.was_stopped)
        return err_set(e, SYSTEM, "stopped after a signal; nothing was written");
    w->terms = terms;
    w->list = &list;
    w->put = form == MODELS_JSON ? put_json : put_csv;
    for (size_t i = 0; i < BATCH_PIECES; i++)
        w->arena[i] = arena_open();
    enum status s = put_all(w, options->threads, to, e);
    for (size_t i = 0; i < BATCH_PIECES; i++)
        arena_close(w->arena[i]);
    return s;
}

static size_t smaller(size_t a, size_t b)
{
    return a < b ? a : b;
}

static void put_piece(void *work, size_t piece)
{
    struct writing *w = work;
    size_t from = w->begun + piece * PIECE_MODELS;

    if (!w->piece[piece].arena) {
        w->piece[piece] = text_open(w->arena[piece]);
        text_reserve(&w->piece[piece], PIECE_MODELS * USUAL_BYTES);
    }
    w->piece[piece].n = 0;
    w->put(w->terms, w->list, from, smaller(from + PIECE_MODELS, w->list->n), &w->piece[piece]);
}

static enum status put_all(struct writing *w, int threads, const struct sink *to, struct err *e)
{
    for (; w->begun < w->list->n; w->begun += BATCH_PIECES * PIECE_MODELS) {
        size_t left = w->list->n - w->begun;
        size_t pieces = smaller((left + PIECE_MODELS - 1) / PIECE_MODELS, BATCH_PIECES);

        parallel_for(pieces, threads, put_piece, w, NULL);
        for (size_t i = 0; i < pieces; i++)
            TRY(sink_put(to, text_str(&w->piece[i]), e));
    }
    return OK;
}

static struct str name_of(const struct bic_terms *terms, const struct bic_fit *f, struct text *room)
{
    struct model model = bic_model_of(terms, f->in);

    room->n = 0;
    model_put_name(room, &model);
    return text_str(room);
}

static void put_json(const struct bic_terms *terms, const struct bic_list *list, size_t from, size_t to,
                     struct text *out)
{
    struct text name = text_open(out->arena);
    struct json j = from == 0 ? json_open(out) : json_open_in_array(out);

    if (from == 0)
        json_array_begin(&j, NULL);
    for (size_t i = from; i < to; i++) {
        const struct bic_fit *f = &list->fit[i];

        json_object_begin(&j, NULL);
        json_str(&j, "model", name_of(terms, f, &name));
        json_f64(&j, "nhat", f->nhat);
        json_f64(&j, "bic", f->bic);
        json_str(&j, "status", str_of(dark_figure_name(f->dark_figure)));
        json_object_end(&j);
    }
    if (to == list->n)
        json_array_end(&j);
}

static void put_csv(const struct bic_terms *terms, const struct bic_list *list, size_t from, size_t to,
                    struct text *out)
{
    struct text name = text_open(out->arena);
    char digits[32];

    if (from == 0)
        text_lit(out, "model,nhat,bic,status\n");
    for (size_t i = from; i < to; i++) {
        const struct bic_fit *f = &list->fit[i];

        csv_put(out, name_of(terms, f, &name), ',');
        text_byte(out, ',');
        if (isfinite(f->nhat))
            text_add(out, (struct str){digits, f64_to_text(f->nhat, digits)});
        text_byte(out, ',');
        text_add(out, (struct str){digits, f64_to_text(f->bic, digits)});
        text_byte(out, ',');
        text_add(out, str_of(dark_figure_name(f->dark_figure)));
        text_byte(out, '\n');
    }
}
