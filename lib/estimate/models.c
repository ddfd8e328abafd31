/* The best models of a table as a list. */
#include "estimate/models.h"

#include "base/arena.h"
#include "base/csv.h"
#include "base/json.h"
#include "base/number.h"
#include "estimate/bic.h"
#include "estimate/gate.h"

#include <math.h>

/* The text goes on its way when there is this much of it. */
enum { PIECE_BYTES = 16384 };

static enum status put_json(const struct bic_terms *terms, const struct bic_list *list, struct arena *a,
                            const struct sink *to, struct err *e);
static enum status put_csv(const struct bic_terms *terms, const struct bic_list *list, struct arena *a,
                           const struct sink *to, struct err *e);

enum status models_put(const struct counts *counts, size_t n, const struct estimate_options *options,
                       enum models_form form, struct arena *a, const struct sink *to, struct err *e)
{
    struct estimate *cleaning = arena_new(a, 1, struct estimate);
    struct bic_terms *terms = arena_new(a, 1, struct bic_terms);
    struct counts clean;
    struct bic_list list;

    gate_clean(&clean, counts, a, cleaning);
    if (!gate_has_overlap(&clean, MODEL_MAX_LISTS, a, cleaning))
        return err_set(e, REFUSED, "%s", cleaning->reason.text);
    TRY(bic_terms_for(clean.lists, options->order, terms, e));
    bic_best(terms, clean.y, n, options->threads, options->progress, a, &list);
    if (list.was_stopped)
        return err_set(e, SYSTEM, "stopped after a signal; nothing was written");
    return (form == MODELS_JSON ? put_json : put_csv)(terms, &list, a, to, e);
}

/* Sends what there is, when it is enough, and begins anew in the same room. */
static enum status send_on(struct text *piece, size_t enough, const struct sink *to, struct err *e)
{
    if (piece->n < enough)
        return OK;
    TRY(sink_put(to, text_str(piece), e));
    piece->n = 0;
    return OK;
}

static struct str name_of(const struct bic_terms *terms, const struct bic_fit *f, struct text *room)
{
    struct model model = bic_model_of(terms, f->in);

    room->n = 0;
    model_put_name(room, &model);
    return text_str(room);
}

static enum status put_json(const struct bic_terms *terms, const struct bic_list *list, struct arena *a,
                            const struct sink *to, struct err *e)
{
    struct text out = text_open(a);
    struct json j = json_open(&out);
    struct text name = text_open(a);

    json_array_begin(&j, NULL);
    for (size_t i = 0; i < list->n; i++) {
        const struct bic_fit *f = &list->fit[i];

        json_object_begin(&j, NULL);
        json_str(&j, "model", name_of(terms, f, &name));
        json_f64(&j, "nhat", f->nhat);
        json_f64(&j, "bic", f->bic);
        json_str(&j, "status", str_of(dark_figure_name(f->dark_figure)));
        json_object_end(&j);
        TRY(send_on(&out, PIECE_BYTES, to, e));
    }
    json_array_end(&j);
    return send_on(&out, 1, to, e);
}

static enum status put_csv(const struct bic_terms *terms, const struct bic_list *list, struct arena *a,
                           const struct sink *to, struct err *e)
{
    struct text out = text_open(a);
    struct text name = text_open(a);
    char digits[32];

    text_lit(&out, "model,nhat,bic,status\n");
    for (size_t i = 0; i < list->n; i++) {
        const struct bic_fit *f = &list->fit[i];

        csv_put(&out, name_of(terms, f, &name), ',');
        text_byte(&out, ',');
        if (isfinite(f->nhat))
            text_add(&out, (struct str){digits, f64_to_text(f->nhat, digits)});
        text_byte(&out, ',');
        text_add(&out, (struct str){digits, f64_to_text(f->bic, digits)});
        text_byte(&out, ',');
        text_add(&out, str_of(dark_figure_name(f->dark_figure)));
        text_byte(&out, '\n');
        TRY(send_on(&out, PIECE_BYTES, to, e));
    }
    return send_on(&out, 1, to, e);
}
