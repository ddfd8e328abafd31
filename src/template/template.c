/* What a new city starts from: taken out of a programme, and put into a city. */
#include "template/template.h"

#include "base/arena.h"
#include "store/db.h"

static enum status collect_measures(struct db *db, struct arena *a, struct template *out, struct err *e)
{
    struct measures all;

    TRY(measure_list(db, &(struct measure_filter){0}, a, &all, e));
    if (all.n > TEMPLATE_MAX_MEASURES)
        return err_set(e, REFUSED, "the plan has %zu measures, and a template at most %d", all.n,
                       (int)TEMPLATE_MAX_MEASURES);
    out->measures = all.n;
    out->measure = all.measure;
    return OK;
}

static enum status collect_texts(struct db *db, int64_t now_at, struct arena *a, struct template *out,
                                 struct err *e)
{
    struct articles all;
    struct article article;

    TRY(article_list(db, now_at, a, &all, e));
    if (all.n > TEMPLATE_MAX_TEXTS)
        return err_set(e, REFUSED, "there are %zu articles and pages, and a template has at most %d", all.n,
                       (int)TEMPLATE_MAX_TEXTS);
    out->text = arena_new(a, all.n, struct template_text);
    for (size_t i = 0; i < all.n; i++) {
        if (all.article[i].shown == 0)
            continue; /* nobody has vouched for it yet */
        TRY(article_shown(db, all.article[i].key, now_at, a, &article, e));
        out->text[out->texts++] =
            (struct template_text){.kind = article.kind, .key = article.key, .text = article.text};
    }
    return OK;
}

/* The wordings that are not the program's. */
static enum status collect_signs(struct db *db, struct arena *a, struct template *out, struct err *e)
{
    struct indicators all;

    TRY(indicators_load(db, a, &all, e));
    out->sign = arena_new(a, all.n, struct indicator_change);
    for (size_t i = 0; i < all.n; i++) {
        const struct indicator *x = &all.indicator[i];

        if (x->version > 1)
            out->sign[out->signs++] = (struct indicator_change){.id = x->id,
                                                                .version = 1,
                                                                .strength = x->strength,
                                                                .sv = x->sv,
                                                                .en = x->en,
                                                                .is_withdrawn = x->is_withdrawn};
    }
    return OK;
}

enum status template_collect(struct db *db, struct str name, int64_t now_at, struct arena *a,
                             struct template *out, struct err *e)
{
    struct template t = {.name = name};

    TRY(collect_measures(db, a, &t, e));
    TRY(collect_texts(db, now_at, a, &t, e));
    TRY(collect_signs(db, a, &t, e));
    TRY(mapping_specification_read(db, a, &t.mapping, &t.has_mapping, e));
    if (t.measures + t.texts + t.signs == 0 && !t.has_mapping)
        return err_set(e, REFUSED,
                       "there is nothing to start from: the plan has no measures, no article or page is "
                       "published, no sign has been worded anew, and nothing is said of mappings");
    *out = t;
    return OK;
}

static enum status add_text(struct db *db, const struct template_text *text, const struct who *who,
                            struct err *e)
{
    const struct article_author by = {.who = *who};
    bool is_free = false;
    int64_t id = 0;

    TRY(article_key_is_free(db, text->key, 0, &is_free, e));
    if (!is_free)
        return err_set(e, BAD_INPUT, "the address \"%.*s\" stands twice", STR(text->key));
    return article_add(db, &by, text->kind, text->key, &text->text, &id, e);
}

enum status template_apply(struct db *db, const struct template *t, const struct who *who, struct err *e)
{
    int64_t id = 0;

    for (size_t i = 0; i < t->measures; i++) {
        const struct measure *from = &t->measure[i];
        const struct measure m = {
            .goal = from->goal, .title = from->title, .done_when = from->done_when, .legal = from->legal};

        TRY(measure_add(db, &m, who, &id, e));
    }
    for (size_t i = 0; i < t->texts; i++)
        TRY(add_text(db, &t->text[i], who, e));
    for (size_t i = 0; i < t->signs; i++)
        TRY(indicator_save(db, &t->sign[i], who, e));
    return t->has_mapping ? mapping_specification_set(db, &t->mapping, who, e) : OK;
}
