/* From a release to what the report shows. */
#include "public/report_view.h"

#include "assets.h"
#include "base/arena.h"
#include "base/text.h"
#include "release/release.h"
#include "release/release_notes.h"
#include "release/what_if.h"
#include "web/asset.h"
#include "web/html.h"

struct str report_view_period(int first_year, int last_year, struct arena *a)
{
    if (first_year == last_year)
        return str_of(arena_printf(a, "%d", first_year));
    return str_of(arena_printf(a, "%d–%d", first_year, last_year));
}

/* A rounded number is written as the reader's language groups its digits; the words for what is too small to
 * tell are the release's. */
struct str report_view_label(const struct html *h, const struct label *label)
{
    return h->texts->language == LANGUAGE_EN ? label->en : label->sv;
}

struct str report_view_told(const struct release_figure *figure, enum language language, struct arena *a)
{
    const struct insertion n[] = {insertion("n", figure->people)};
    struct text out = text_open(a);

    if (figure->people <= 0)
        return language == LANGUAGE_EN ? figure->en : figure->sv;
    catalogue_write(&out, catalogue_of(language), TEXT_REPORT_ABOUT, n, 1);
    return text_str(&out);
}

/* A figure that rounding has brought to nothing, where there may be someone. */
static bool is_few(const struct release_figure *figure)
{
    return figure->people == 0 && figure->hi > 0;
}

static void count_figures(struct report_view *v)
{
    for (size_t t = 0; t < v->release->tables; t++)
        for (size_t i = 0; i < v->release->table[t].n; i++) {
            v->figures++;
            v->few += is_few(&v->release->table[t].row[i].figure);
        }
}

/* Of protected figures only, and not of small ones: a share must not tell what a count may not. */
static int64_t known_share(const struct release *r)
{
    if (r->estimate.answer != RELEASE_POINT || r->seen.people < 20 || r->estimate.nhat < r->seen.people)
        return 0;
    return (100 * r->seen.people + r->estimate.nhat / 2) / r->estimate.nhat;
}

struct report_estimate report_view_estimate(const struct release_estimate *e)
{
    const int64_t *ends = e->answer == RELEASE_POINT ? e->ci95 : e->range;
    struct report_estimate answer = {.kind = REPORT_UNKNOWN, .has_point = e->answer == RELEASE_POINT};

    if (e->answer == RELEASE_REFUSED || ends[0] == RELEASE_UNKNOWN)
        return answer;
    answer.kind = ends[1] == RELEASE_UNKNOWN ? REPORT_AT_LEAST : REPORT_BETWEEN;
    answer.lo = ends[0];
    answer.hi = ends[1];
    return answer;
}

static struct report_estimate across_of(const struct release_estimate *e)
{
    const int64_t *ends = e->methods.range;

    if (!what_if_has_methods(e))
        return (struct report_estimate){.kind = REPORT_UNKNOWN};
    return (struct report_estimate){
        .kind = ends[1] == RELEASE_UNKNOWN ? REPORT_AT_LEAST : REPORT_BETWEEN, .lo = ends[0], .hi = ends[1]};
}

static const struct str *sentences(const struct release_note *notes, size_t n, bool is_english,
                                   struct arena *a)
{
    struct str *texts = arena_new(a, n + 1, struct str);

    for (size_t i = 0; i < n; i++)
        texts[i] = is_english ? notes[i].en : notes[i].sv;
    return texts;
}

/* That the data are an example the report says by itself, first. */
static const struct str *limits_of(const struct release *r, size_t *n, bool is_english, struct arena *a)
{
    struct str *texts = arena_new(a, r->limits + 1, struct str);

    *n = 0;
    for (size_t i = 0; i < r->limits; i++)
        if (!str_equal(r->limit[i].code, release_example_note.code))
            texts[(*n)++] = is_english ? r->limit[i].en : r->limit[i].sv;
    return texts;
}

struct str report_view_method(struct str name, enum language language)
{
    static const struct {
        const char *name;
        enum text_key text;
    } words[] = {{"stepwise", TEXT_REPORT_METHOD_STEPWISE}, {"bic", TEXT_REPORT_METHOD_BIC},
                 {"graphs", TEXT_REPORT_METHOD_GRAPHS},     {"classes", TEXT_REPORT_METHOD_CLASSES},
                 {"bayes", TEXT_REPORT_METHOD_BAYES},       {"unequal", TEXT_REPORT_METHOD_UNEQUAL},
                 {"chao", TEXT_REPORT_METHOD_CHAO},         {"chapman", TEXT_REPORT_METHOD_CHAPMAN},
                 {"bca", TEXT_REPORT_METHOD_BCA},           {"wald", TEXT_REPORT_METHOD_WALD},
                 {"rubin", TEXT_REPORT_METHOD_RUBIN}};

    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (str_is(name, words[i].name))
            return catalogue_text(catalogue_of(language), words[i].text);
    return name;
}

static const struct report_way *ways_of(const struct release_methods *m, enum language language,
                                        struct arena *a)
{
    struct report_way *ways = arena_new(a, m->n + 1, struct report_way);

    for (size_t i = 0; i < m->n; i++)
        ways[i] = (struct report_way){.name = report_view_method(m->method[i].code, language),
                                      .rests_on = language == LANGUAGE_EN ? m->method[i].en : m->method[i].sv,
                                      .is_lowest = str_equal(m->method[i].code, m->lowest),
                                      .is_highest = str_equal(m->method[i].code, m->highest)};
    return ways;
}

static void take_changes(struct report_view *v, enum language language, struct arena *a)
{
    struct what_if *x = arena_new(a, 1, struct what_if);

    what_if_of(v->release, a, x);
    v->changes = x->notes;
    v->change = sentences(x->note, x->notes, language == LANGUAGE_EN, a);
    v->across = across_of(&v->release->estimate);
    if (v->across.kind == REPORT_UNKNOWN)
        return;
    v->ways = v->release->estimate.methods.n;
    v->way = ways_of(&v->release->estimate.methods, language, a);
}

static struct str list_name(const struct mapping *m, struct str code, bool is_english)
{
    for (size_t i = 0; i < m->lists; i++)
        if (str_equal(m->list[i].code, code))
            return is_english ? m->list[i].en : m->list[i].sv;
    return code;
}

/* "PF+NCA", "LA+PF" become "Polisen + National Crime Agency; Kommuner + Polisen". */
static struct str pairs_in_words(const struct release *r, bool is_english, struct arena *a)
{
    struct text out = text_open(a);

    for (size_t i = 0; i < r->estimate.pairs; i++) {
        struct str left;
        struct str right;

        str_cut(r->estimate.pair[i], '+', &left, &right);
        if (out.n)
            text_lit(&out, "; ");
        text_add(&out, list_name(&r->mapping, left, is_english));
        text_lit(&out, " + ");
        text_add(&out, list_name(&r->mapping, right, is_english));
    }
    return text_str(&out);
}

static struct report_view view_of(const struct release *release, enum language language, struct arena *a)
{
    const struct mapping *m = &release->mapping;
    bool is_english = language == LANGUAGE_EN;
    struct report_view v = {.release = release,
                            .title = is_english ? m->title_en : m->title_sv,
                            .people = is_english ? m->people_en : m->people_sv,
                            .source = is_english ? m->source_en : m->source_sv,
                            .period = report_view_period(m->first_year, m->last_year, a),
                            .published_on = date_of(release->published_at),
                            .estimate = report_view_estimate(&release->estimate),
                            .method = report_view_method(release->estimate.method, language),
                            .interval = report_view_method(release->estimate.interval, language),
                            .pairs = pairs_in_words(release, is_english, a),
                            .seed =
                                str_of(arena_printf(a, "%llu", (unsigned long long)release->estimate.seed)),
                            .share = known_share(release),
                            .warnings = release->estimate.warnings};

    v.reason = is_english ? release->estimate.reason.en : release->estimate.reason.sv;
    v.warning = sentences(release->estimate.warning, v.warnings, is_english, a);
    v.limit = limits_of(release, &v.limits, is_english, a);
    count_figures(&v);
    take_changes(&v, language, a);
    return v;
}

struct report_view report_view_of(const struct portal_view *site, const struct release *release,
                                  struct str path, struct arena *a)
{
    struct report_view v = view_of(release, site->language, a);

    v.layout = portal_layout(site, v.title, path, a);
    v.figures_href = portal_address(site, S("/siffrorna"), a);
    return v;
}

struct report_view report_view_alone(const struct release *release, enum language language, struct arena *a)
{
    struct report_view v = view_of(release, language, a);
    const struct asset *style = asset_named(S("lykta.css"));

    v.layout = (struct layout){.language_code = language_code(language),
                               .title = v.title,
                               .network = catalogue_text(catalogue_of(language), TEXT_PORTAL_NETWORK),
                               .city = release->city,
                               .is_example = release->mapping.is_example,
                               .is_standalone = true,
                               .style = style ? style->bytes : S("")};
    return v;
}
