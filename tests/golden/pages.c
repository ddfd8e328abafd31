/* Draws every public page of an example city: pages DIR DAY writes DIR/<language>-<page>.html with links as
 * the portal has them. The mapping is invented; its figures are rounded as a release's are. */
#include "pages.h"
#include "base/arena.h"
#include "base/file.h"
#include "base/text.h"
#include "public/content.h"
#include "public/public_view.h"
#include "public/report_view.h"
#include "release/release.h"
#include "release/series.h"
#include "web/asset.h"
#include "web/html.h"

#include <stdio.h>

enum { LISTS = 6, COMBINATIONS = (1 << LISTS) - 1 };

struct sampler {
    const char *folder;
    struct portal_view site;
    const struct release *release;
};

static struct release_figure figure(int64_t people, struct arena *a)
{
    if (people == 0)
        return (struct release_figure){.hi = 4, .sv = S("färre än 5"), .en = S("fewer than 5")};
    return (struct release_figure){.people = people,
                                   .lo = people - 4,
                                   .hi = people + 4,
                                   .sv = str_of(arena_printf(a, "cirka %d", (int)people)),
                                   .en = str_of(arena_printf(a, "about %d", (int)people))};
}

static struct str joined(const struct release *r, uint32_t lists, struct arena *a)
{
    struct text out = text_open(a);

    for (size_t i = 0; i < LISTS; i++) {
        if (!(lists >> i & 1))
            continue;
        if (out.n)
            text_lit(&out, " + ");
        text_add(&out, r->mapping.list[i].sv);
    }
    return text_str(&out);
}

/* One list holds most; each further list a tenth of that. */
static int64_t people_on(uint32_t lists)
{
    static const int64_t alone[LISTS] = {55, 465, 905, 695, 315, 60};
    int64_t people = 0;
    int on = 0;

    for (int i = 0; i < LISTS; i++)
        if (lists >> i & 1) {
            people = on++ ? people * alone[i] / 9000 : alone[i];
        }
    return people / 5 * 5;
}

static void add_tables(struct release *r, struct arena *a)
{
    struct release_table *lists = &r->table[0];
    struct release_table *overlap = &r->table[1];

    *lists = (struct release_table){{S("lists"), S("Personer per lista"), S("People per list")},
                                    LISTS,
                                    arena_new(a, LISTS, struct release_row)};
    *overlap =
        (struct release_table){{S("overlap"), S("Vem finns på vilka listor?"), S("Who is on which lists?")},
                               COMBINATIONS,
                               arena_new(a, COMBINATIONS, struct release_row)};
    r->tables = 2;
    for (uint32_t lists_of = 1; lists_of <= COMBINATIONS; lists_of++) {
        struct str name = joined(r, lists_of, a);

        overlap->row[lists_of - 1] =
            (struct release_row){{S(""), name, name}, lists_of, figure(people_on(lists_of), a)};
    }
    for (uint32_t i = 0; i < LISTS; i++)
        lists->row[i] = (struct release_row){r->mapping.list[i], 0, figure(people_on(1U << i) + 20, a)};
}

static struct release *sample_release(struct arena *a)
{
    const struct label list[LISTS] = {{S("LA"), S("Kommuner"), S("Local authorities")},
                                      {S("NG"), S("Ideella organisationer"), S("Voluntary organisations")},
                                      {S("PF"), S("Polisen"), S("Police forces")},
                                      {S("GO"), S("Statliga myndigheter"), S("Government bodies")},
                                      {S("GP"), S("Allmänheten"), S("The public")},
                                      {S("NCA"), S("Nationell brottsmyndighet"), S("National Crime Agency")}};
    struct release *r = arena_new(a, 1, struct release);

    r->name = S("1281-2013");
    r->city = S("Lund (exempel)");
    r->published_at = 1795500000;
    r->program = S("0.1.0");
    r->mapping = (struct mapping){.first_year = 2013,
                                  .last_year = 2013,
                                  .is_example = true,
                                  .lists = LISTS,
                                  .title_sv = S("Möjliga offer för människohandel"),
                                  .title_en = S("Potential victims of trafficking"),
                                  .people_sv = S("möjliga offer för människohandel"),
                                  .people_en = S("potential victims of trafficking"),
                                  .source_sv = S("Sex listor från Storbritannien 2013."),
                                  .source_en = S("Six lists from the United Kingdom, 2013.")};
    for (size_t i = 0; i < LISTS; i++)
        r->mapping.list[i] = list[i];
    r->seen = figure(2745, a);
    r->estimate = (struct release_estimate){.answer = RELEASE_POINT,
                                            .nhat = 11000,
                                            .ci95 = {9200, 15000},
                                            .ci80 = {10000, 14000},
                                            .interval = S("bca"),
                                            .method = S("stepwise"),
                                            .threshold = 0.02,
                                            .replicates = 1000,
                                            .seed = 7};
    r->estimate.alternatives = 1;
    r->estimate.alternative[0] = (struct release_alternative){0, 10000, false};
    r->protection = (struct release_protection){S("frozen-cube"), S("standard"), 5, 10};
    r->limits = 1;
    r->limit[0] =
        (struct release_note){S("gömda"), S("Den som aldrig kan hamna på någon lista räknas inte med."),
                              S("A person who can never appear on any list is not counted.")};
    add_tables(r, a);
    return r;
}

static enum status save(const struct sampler *s, const char *name, const struct html *h, struct err *e)
{
    const char *language = s->site.language == LANGUAGE_EN ? "en" : "sv";

    return file_write(arena_printf(h->out.arena, "%s/%s-%s.html", s->folder, language, name), html_str(h),
                      0644, e);
}

/* All articles of the sampler's language, as the database would give them. */
static struct public_pages articles_of(const struct sampler *s, struct arena *a)
{
    struct public_pages found = {0, arena_new(a, contents_n, struct public_page)};

    for (size_t i = 0; i < contents_n; i++)
        if (contents[i].page.kind == ARTICLE_KIND_ARTICLE &&
            str_equal(contents[i].page.language, language_code(s->site.language)))
            found.page[found.n++] = content_page(&contents[i], s->site.today);
    return found;
}

static struct public_mapping_card mapping_card(const struct sampler *s, struct arena *a)
{
    bool is_english = s->site.language == LANGUAGE_EN;
    const struct mapping *m = &s->release->mapping;

    return (struct public_mapping_card){.href = portal_address(&s->site, S("/kartlaggning/1281-2013"), a),
                                        .title = is_english ? m->title_en : m->title_sv,
                                        .period = report_view_period(2013, 2013, a),
                                        .on = s->site.today,
                                        .is_example = true};
}

static void draw_page(struct html *h, const struct public_view *v)
{
    if (str_is(v->page->key, "start"))
        page_public_start(h, v);
    else if (str_is(v->page->key, "hjalp"))
        page_public_help(h, v);
    else if (v->page->kind == ARTICLE_KIND_ARTICLE)
        page_public_article(h, v);
    else
        page_public_page(h, v);
}

static enum status save_page(const struct sampler *s, const struct content *content, struct arena *a,
                             struct err *e)
{
    struct html h = html_open(a, catalogue_of(s->site.language));
    struct public_page page = content_page(content, s->site.today);
    const char *path =
        arena_printf(a, page.kind == ARTICLE_KIND_ARTICLE ? "/artiklar/%.*s" : "/%.*s", STR(page.key));
    struct public_view v =
        public_view_of(&s->site, &page, str_is(page.key, "start") ? S("/") : str_of(path), a);
    struct public_pages articles = articles_of(s, a);
    struct public_mapping_card card = mapping_card(s, a);

    TRY(helplines_read("helplines.csv", content_helplines, page.language, a, &v.helplines, e));
    v.article = public_cards(&s->site, &articles, 3, a, &v.articles);
    v.mapping = &card;
    draw_page(&h, &v);
    return save(s, arena_printf(a, "%.*s", STR(page.key)), &h, e);
}

static enum status save_lists(const struct sampler *s, struct arena *a, struct err *e)
{
    struct public_pages pages = articles_of(s, a);
    struct public_mapping_card card = mapping_card(s, a);
    struct public_list_view v = {.layout = portal_layout(&s->site, S("Artiklar"), S("/artiklar"), a),
                                 .mappings = 1,
                                 .mapping = &card,
                                 .figures_href = portal_address(&s->site, S("/siffrorna"), a),
                                 .catalogue_href = S("/oppnadata/katalog.rdf")};
    struct html articles = html_open(a, catalogue_of(s->site.language));
    struct html mappings = html_open(a, catalogue_of(s->site.language));

    v.article = public_cards(&s->site, &pages, pages.n, a, &v.articles);
    page_public_articles(&articles, &v);
    v.layout = portal_layout(&s->site, S("Kartläggningar"), S("/kartlaggning"), a);
    page_public_mappings(&mappings, &v);
    TRY(save(s, "artiklar", &articles, e));
    return save(s, "kartlaggning", &mappings, e);
}

/* The same release twice before, in the years before: as heavy as a comparison gets. */
static const struct series *series_of(const struct release *now, struct arena *a)
{
    struct release *before = arena_new(a, SERIES_ROUNDS - 1, struct release);
    const struct release *earlier[SERIES_ROUNDS - 1];
    struct series *made = arena_new(a, 1, struct series);

    for (int i = 0; i < SERIES_ROUNDS - 1; i++) {
        before[i] = *now;
        before[i].mapping.first_year -= i + 1;
        before[i].mapping.last_year -= i + 1;
        earlier[i] = &before[i];
    }
    series_make(now, earlier, SERIES_ROUNDS - 1, a, made);
    return made;
}

static enum status save_reports(const struct sampler *s, struct arena *a, struct err *e)
{
    struct html page = html_open(a, catalogue_of(s->site.language));
    struct html alone = html_open(a, catalogue_of(s->site.language));
    const struct report_file files[] = {
        {S("/kartlaggning/1281-2013/manifest.json"), S("manifest.json"), 4000}};
    struct report_view v = report_view_of(&s->site, s->release, S("/kartlaggning/1281-2013"), a);
    struct report_view file = report_view_alone(s->release, s->site.language, a);

    v.files = 1;
    v.file = files;
    page_report(&page, &v);
    page_report(&alone, &file);
    TRY(save(s, "rapport", &page, e));
    page = html_open(a, catalogue_of(s->site.language));
    v.compared = compared_view_of(series_of(s->release, a), s->site.language, a);
    page_report(&page, &v);
    TRY(save(s, "rapport-jamford", &page, e));
    return save(s, "rapport-fil", &alone, e);
}

static enum status save_all(struct sampler *s, struct arena *a, struct err *e)
{
    for (int language = 0; language < LANGUAGES; language++) {
        s->site.language = (enum language)language;
        for (size_t i = 0; i < contents_n; i++)
            if (str_equal(contents[i].page.language, language_code(s->site.language)))
                TRY(save_page(s, &contents[i], a, e));
        TRY(save_lists(s, a, e));
        TRY(save_reports(s, a, e));
    }
    return OK;
}

/* As the server sends it: its weight is part of every page's. */
static enum status save_style(const struct sampler *s, struct arena *a, struct err *e)
{
    const struct asset *style = asset_named(S("lykta.css"));

    return file_write(arena_printf(a, "%s/lykta.css", s->folder), style->bytes, 0644, e);
}

int main(int argc, char **argv)
{
    struct arena *a = arena_open();
    struct err e = {.what = "usage: pages DIR DAY"};
    struct sampler s = {
        .site = {.city = S("Lund (exempel)"), .is_example = true, .address = S("https://lund.example")}};
    enum status status = USAGE;

    if (argc == 3 && date_from_str(str_of(argv[2]), &s.site.today)) {
        s.folder = argv[1];
        s.release = sample_release(a);
        status = save_all(&s, a, &e);
        if (status == OK)
            status = save_style(&s, a, &e);
    }
    if (status != OK)
        fprintf(stderr, "pages: %s\n", e.what);
    arena_close(a);
    return (int)status;
}
