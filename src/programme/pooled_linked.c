/* Numbers of the text as links to their cells. */
#include "programme/pooled_linked.h"

#include "base/arena.h"
#include "base/text.h"
#include "programme/programme_view.h"
#include "web/html.h"

/* Around a number in a text that is being written: neither stands in any text of the catalogue. */
enum { MARK_BEGIN = 2, MARK_END = 3 };

static struct str marked(struct html *h, const struct insertion *value)
{
    struct text out = text_open(h->out.arena);

    text_byte(&out, MARK_BEGIN);
    if (value->type == INSERTION_F64)
        language_write_f64(&out, h->texts->language, value->f64);
    else
        language_write_i64(&out, h->texts->language, value->i64);
    text_byte(&out, MARK_END);
    return text_str(&out);
}

/* The text `key` with its `values`, each a link to `cell` of the section; `cities`, for its {n}, is how many
 * rows of the table are meant, and no figure of it. */
static void put_linked(struct html *h, const struct pooled_section *s, enum text_key key, const char *cell,
                       const struct insertion *values, size_t n, size_t cities)
{
    const char *href = arena_printf(h->out.arena, "#%.*s-%s", STR(s->id), cell);
    struct insertion *filled = arena_new(h->out.arena, n + 1, struct insertion);
    struct text whole = text_open(h->out.arena);
    struct str before;
    struct str number;

    for (size_t i = 0; i < n; i++)
        filled[i] = insertion(values[i].name, marked(h, &values[i]));
    filled[n] = insertion("n", cities);
    catalogue_write(&whole, h->texts, key, filled, n + 1);
    struct str rest = text_str(&whole);
    while (str_cut(rest, MARK_BEGIN, &before, &rest)) {
        html_put_str(h, before);
        str_cut(rest, MARK_END, &number, &rest);
        html_lit(h, "<a href=\"");
        html_put_url(h, str_of(href));
        html_lit(h, "\">");
        html_put_str(h, number);
        html_lit(h, "</a>");
    }
    html_put_str(h, before);
}

void pooled_known_linked(struct html *h, const struct pooled_section *s)
{
    const struct insertion values[] = {insertion("lo", s->period->seen_lo),
                                       insertion("hi", s->period->seen_hi)};

    put_linked(h, s, TEXT_PROGRAMME_NUM_KNOWN, "known", values, 2, s->period->pooled);
}

void pooled_likely_linked(struct html *h, const struct pooled_section *s)
{
    const struct insertion values[] = {insertion("estimate", s->period->nhat)};

    put_linked(h, s, TEXT_PROGRAMME_NUM_LIKELY, "likely", values, 1, s->period->summed);
}

void pooled_mean_linked(struct html *h, const struct pooled_section *s)
{
    const struct insertion values[] = {insertion("mean", s->mean), insertion("lo", s->mean_ci95[0]),
                                       insertion("hi", s->mean_ci95[1])};

    put_linked(h, s, TEXT_PROGRAMME_COMPARED_MEAN, "mean", values, 3, s->period->effects.n);
}

void pooled_next_linked(struct html *h, const struct pooled_section *s)
{
    const struct insertion values[] = {insertion("lo", s->prediction95[0]),
                                       insertion("hi", s->prediction95[1])};

    put_linked(h, s, TEXT_PROGRAMME_COMPARED_NEXT, "next", values, 2, s->period->effects.n);
}

void pooled_share_linked(struct html *h, const struct pooled_section *s)
{
    const struct insertion values[] = {insertion("percent", s->percent), insertion("lo", s->percent_ci95[0]),
                                       insertion("hi", s->percent_ci95[1])};

    put_linked(h, s, TEXT_PROGRAMME_COMPARED_SHARE, "share", values, 3, s->period->effects.n);
}

void pooled_put_sum(struct html *h, const struct pooled_section *s)
{
    const struct insertion values[] = {insertion("lo", s->period->ci95[0]),
                                       insertion("hi", s->period->ci95[1]), insertion("n", s->period->nhat)};

    html_put_text_with(h, TEXT_PROGRAMME_LIKELY_POINT, values, 3);
}
