/* Pooled figures as files. */
#include "programme/pooled_files.h"

#include "base/text.h"
#include "chart/chart_print.h"
#include "child/pdf.h"
#include "pages.h"
#include "programme/pooled_cells.h"
#include "programme/pooled_xlsx.h"
#include "web/asset.h"
#include "web/html.h"

static enum status json(struct text *out, const struct pooled_edition *x, struct err *e)
{
    (void)e;
    pooled_json(out, x->pooled);
    return OK;
}

static enum status json_stat(struct text *out, const struct pooled_edition *x, struct err *e)
{
    (void)e;
    pooled_json_stat(out, x->pooled);
    return OK;
}

static enum status csv(struct text *out, const struct pooled_edition *x, struct err *e)
{
    (void)e;
    pooled_csv(out, x->pooled);
    return OK;
}

static enum status xlsx(struct text *out, const struct pooled_edition *x, struct err *e)
{
    struct str book;

    TRY(pooled_xlsx(&book, x->pooled, x->language, out->arena, e));
    text_add(out, book);
    return OK;
}

/* The page as a file of its own, with its style inside. */
static enum status pdf(struct text *out, const struct pooled_edition *x, struct err *e)
{
    struct html h = html_open(out->arena, catalogue_of(x->language));
    struct pooled_view v = pooled_view_of(x, out->arena);
    const struct asset *style = asset_named(S("lykta.css"));
    struct text printed = text_open(out->arena);

    v.layout = (struct layout){.language_code = language_code(x->language),
                               .title = catalogue_text(h.texts, TEXT_PROGRAMME_POOLED_TITLE),
                               .network = catalogue_text(h.texts, TEXT_PORTAL_NETWORK),
                               .city = catalogue_text(h.texts, TEXT_PROGRAMME_TITLE),
                               .is_example = x->pooled->n > 0 && x->pooled->period[0].is_example,
                               .is_standalone = true,
                               .style = style ? style->bytes : S("")};
    page_pooled(&h, &v);
    chart_print(&printed, html_str(&h));
    return pdf_print(PDF_ACCESSIBLE, text_str(&printed), out, e);
}

const struct pooled_file pooled_files[POOLED_FILES] = {
    {"tillsammans.pdf", "application/pdf", "PDF", TEXT_PROGRAMME_FILE_PDF, pdf},
    {"orter.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "XLSX",
     TEXT_PROGRAMME_FILE_XLSX, xlsx},
    {"orter.csv", "text/csv; charset=utf-8", "CSV", TEXT_PROGRAMME_FILE_CSV, csv},
    {"orter.json", "application/json", "JSON", TEXT_PROGRAMME_FILE_JSON_STAT, json_stat},
    {"tillsammans.json", "application/json", "JSON", TEXT_PROGRAMME_FILE_JSON, json},
};

const struct pooled_file *pooled_file_named(struct str name)
{
    for (size_t i = 0; i < POOLED_FILES; i++)
        if (str_is(name, pooled_files[i].name))
            return &pooled_files[i];
    return NULL;
}

/* In the page's language, or in Swedish where it has not been written in that. */
static void add_text(const struct pooled_edition *x, struct pooled_view *v, struct arena *a)
{
    const struct pooled_cells cells = pooled_cells_of(x->pooled, x->language, a);
    const struct lead_text *text = &x->pooled->text;
    const bool is_there = text->in[x->language].n > 0;

    v->text =
        pooled_cells_fill(&cells, is_there ? text->in[x->language] : text->in[LANGUAGE_SV], CELLS_LINKED, a);
    v->is_text_swedish = !is_there && v->text.n > 0;
}

/* Accepted releases stand by municipality. */
static bool are_many(const struct arrivals *all)
{
    return all->accepted > 0 && !str_equal(all->arrival[0].release.municipality,
                                           all->arrival[all->accepted - 1].release.municipality);
}

struct pooled_view pooled_view_of(const struct pooled_edition *x, struct arena *a)
{
    struct pooled_section *sections = pooled_sections(x->pooled, x->language, a);
    const struct arrivals *arrivals = x->pooled->arrivals;
    struct pooled_view v = {.sections = x->pooled->n,
                            .section = sections,
                            .arrivals = arrivals,
                            .has_panels = are_many(arrivals)};

    for (size_t i = 0; i < v.sections; i++)
        sections[i].map = x->map;
    add_text(x, &v, a);
    v.over_time = pooled_over_time(arrivals, x->language, a, &v.series);
    return v;
}
