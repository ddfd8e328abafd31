/* The file of a template. */
#include "template/template.h"

#include "article/slug.h"
#include "base/arena.h"
#include "base/json.h"
#include "base/text.h"
#include "release/fields.h"

/* Version 1 had neither signs nor what mappings begin from. */
enum { NEWEST = 2 };

static const char *const strengths[] = {
    [STRENGTH_WEAK] = "weak", [STRENGTH_MEDIUM] = "medium", [STRENGTH_STRONG] = "strong"};

static const char *const kinds[] = {[ARTICLE_KIND_PAGE] = "page", [ARTICLE_KIND_ARTICLE] = "article"};

static void write_words(struct json *j, const char *language, const struct article_words *words)
{
    json_object_begin(j, language);
    json_str(j, "title", words->title);
    json_str(j, "ingress", words->ingress);
    json_str(j, "body", words->body);
    json_object_end(j);
}

static void write_measures(struct json *j, const struct template *t)
{
    json_array_begin(j, "measures");
    for (size_t i = 0; i < t->measures; i++) {
        const struct measure *m = &t->measure[i];

        json_object_begin(j, NULL);
        json_str(j, "goal", str_of(plan_goal_code(m->goal)));
        json_str(j, "title", m->title);
        json_str(j, "done_when", m->done_when);
        json_str(j, "legal", m->legal);
        json_object_end(j);
    }
    json_array_end(j);
}

static void write_signs(struct json *j, const struct template *t)
{
    json_array_begin(j, "signs");
    for (size_t i = 0; i < t->signs; i++) {
        const struct indicator_change *x = &t->sign[i];

        json_object_begin(j, NULL);
        json_str(j, "id", x->id);
        json_str(j, "strength", str_of(strengths[x->strength]));
        json_str(j, "sv", x->sv);
        json_str(j, "en", x->en);
        json_bool(j, "is_withdrawn", x->is_withdrawn);
        json_object_end(j);
    }
    json_array_end(j);
}

/* A list of one or none: a programme may say nothing of mappings. */
static void write_mapping(struct json *j, const struct template *t)
{
    const struct mapping_specification *x = &t->mapping;

    json_array_begin(j, "mappings");
    if (t->has_mapping) {
        json_object_begin(j, NULL);
        json_str(j, "people_sv", x->people_sv);
        json_str(j, "people_en", x->people_en);
        json_str(j, "source_sv", x->source_sv);
        json_str(j, "source_en", x->source_en);
        json_str(j, "specification", x->words);
        json_array_begin(j, "names");
        for (size_t i = 0; i < x->names; i++) {
            json_object_begin(j, NULL);
            json_str(j, "code", x->name[i].code);
            json_str(j, "sv", x->name[i].sv);
            json_str(j, "en", x->name[i].en);
            json_object_end(j);
        }
        json_array_end(j);
        json_object_end(j);
    }
    json_array_end(j);
}

void template_write(struct text *out, const struct template *t)
{
    struct json j = json_open(out);

    json_object_begin(&j, NULL);
    json_i64(&j, "lykta_template", NEWEST);
    json_str(&j, "name", t->name);
    write_measures(&j, t);
    json_array_begin(&j, "texts");
    for (size_t i = 0; i < t->texts; i++) {
        json_object_begin(&j, NULL);
        json_str(&j, "kind", str_of(kinds[t->text[i].kind]));
        json_str(&j, "key", t->text[i].key);
        json_bool(&j, "is_on_start", t->text[i].text.is_on_start);
        write_words(&j, "sv", &t->text[i].text.in[LANGUAGE_SV]);
        write_words(&j, "en", &t->text[i].text.in[LANGUAGE_EN]);
        json_object_end(&j);
    }
    json_array_end(&j);
    write_signs(&j, t);
    write_mapping(&j, t);
    json_object_end(&j);
    text_byte(out, '\n');
}

static struct str text_within(struct fields f, const char *key, size_t most)
{
    struct str s = fields_str(f, key);

    if (str_letters(s) > most)
        fields_fault(f, key, "a shorter text");
    return s;
}

/* A text of one line. */
static struct str line_within(struct fields f, const char *key, size_t most)
{
    struct str s = text_within(f, key, most);

    for (size_t i = 0; i < s.n; i++)
        if ((unsigned char)s.p[i] < ' ')
            fields_fault(f, key, "a text on one line");
    return s;
}

static struct measure read_measure(struct fields f)
{
    struct measure m = {.title = line_within(f, "title", MEASURE_TITLE_LETTERS),
                        .done_when = text_within(f, "done_when", MEASURE_TEXT_LETTERS),
                        .legal = text_within(f, "legal", MEASURE_TEXT_LETTERS)};

    if (str_trim(m.title).n == 0)
        fields_fault(f, "title", "a title");
    if (!plan_goal_from_str(fields_str(f, "goal"), &m.goal))
        fields_fault(f, "goal", "one of the plan's goals");
    return m;
}

static struct article_words read_words(struct fields f, const char *language)
{
    struct fields in = fields_object(f, language);

    return (struct article_words){.title = line_within(in, "title", ARTICLE_TITLE_LETTERS),
                                  .ingress = text_within(in, "ingress", ARTICLE_INGRESS_LETTERS),
                                  .body = text_within(in, "body", ARTICLE_BODY_LETTERS)};
}

static bool is_whole(const struct article_words *w)
{
    return w->title.n > 0 && w->ingress.n > 0 && w->body.n > 0;
}

static bool is_empty(const struct article_words *w)
{
    return w->title.n + w->ingress.n + w->body.n == 0;
}

static struct template_text read_text(struct fields f)
{
    struct template_text t = {
        .key = fields_str(f, "key"),
        .text = {.in = {[LANGUAGE_SV] = read_words(f, "sv"), [LANGUAGE_EN] = read_words(f, "en")},
                 .is_on_start = fields_bool(f, "is_on_start")}};
    struct str kind = fields_str(f, "kind");

    t.kind = str_is(kind, "page") ? ARTICLE_KIND_PAGE : ARTICLE_KIND_ARTICLE;
    if (!str_is(kind, kinds[t.kind]))
        fields_fault(f, "kind", "\"page\" or \"article\"");
    if (!slug_is_valid(t.key))
        fields_fault(f, "key", "an address of small letters, digits and hyphens");
    if (!is_whole(&t.text.in[LANGUAGE_SV]))
        fields_fault(f, "sv", "a title, an ingress and a body");
    if (!is_whole(&t.text.in[LANGUAGE_EN]) && !is_empty(&t.text.in[LANGUAGE_EN]))
        fields_fault(f, "en", "a title, an ingress and a body, or none of them");
    return t;
}

static enum strength read_strength(struct fields f)
{
    const struct str code = fields_str(f, "strength");

    for (int i = STRENGTH_WEAK; i <= STRENGTH_STRONG; i++)
        if (str_is(code, strengths[i]))
            return (enum strength)i;
    fields_fault(f, "strength", "\"weak\", \"medium\" or \"strong\"");
    return STRENGTH_WEAK;
}

/* Held to what a coordinator is held to: no word that no sign may rest on, and no Swedish that is hard to
 * read. */
static struct indicator_change read_sign(struct fields f, struct str from)
{
    struct arena *a = f.file->arena;
    const struct indicator_change x = {.id = fields_str(f, "id"),
                                       .version = 1,
                                       .strength = read_strength(f),
                                       .sv = line_within(f, "sv", INDICATOR_TEXT_BYTES),
                                       .en = line_within(f, "en", INDICATOR_TEXT_BYTES),
                                       .is_withdrawn = fields_bool(f, "is_withdrawn"),
                                       .reason = str_of(arena_printf(a, "Ur mallen: %.*s", STR(from)))};
    struct err why = {0};

    if (indicator_check(&x, &why) != OK)
        fields_fault(f, "signs",
                     arena_printf(a, "another wording of %.*s: %s", STR(str_part(x.id, 0, 20)), why.what));
    return x;
}

/* Each is a sign of this program, and stands once. */
static void check_signs(struct fields f, const struct template *t)
{
    struct indicators all = {0};
    struct err why = {0};

    if (indicators_delivered(f.file->arena, &all, &why) != OK)
        fields_fault(f, "signs", why.what);
    for (size_t i = 0; i < t->signs; i++) {
        if (!indicator_find(&all, t->sign[i].id))
            fields_fault(f, "signs", "the numbers of signs that this version of the program has");
        for (size_t k = 0; k < i; k++)
            if (str_equal(t->sign[k].id, t->sign[i].id))
                fields_fault(f, "signs", "each sign once");
    }
}

static void read_signs(struct fields f, struct template *t)
{
    t->signs = fields_count(f, "signs", TEMPLATE_MAX_SIGNS);
    t->sign = arena_new(f.file->arena, t->signs, struct indicator_change);
    for (size_t i = 0; i < t->signs; i++)
        t->sign[i] = read_sign(fields_item(f, "signs", i), t->name);
    check_signs(f, t);
}

static void read_mapping(struct fields f, struct mapping_specification *out)
{
    struct err why = {0};

    *out = (struct mapping_specification){.people_sv = fields_str(f, "people_sv"),
                                          .people_en = fields_str(f, "people_en"),
                                          .source_sv = fields_str(f, "source_sv"),
                                          .source_en = fields_str(f, "source_en"),
                                          .words = fields_str(f, "specification"),
                                          .names = fields_count(f, "names", SPECIFICATION_MOST_NAMES)};
    out->name = arena_new(f.file->arena, out->names, struct label);
    for (size_t i = 0; i < out->names; i++) {
        const struct fields name = fields_item(f, "names", i);

        out->name[i] =
            (struct label){fields_str(name, "code"), fields_str(name, "sv"), fields_str(name, "en")};
    }
    if (mapping_specification_check(out, &why) != OK)
        fields_fault(f, "mappings", arena_printf(f.file->arena, "a specification that holds: %s", why.what));
}

enum status template_read(struct template *out, const char *file, struct str bytes, struct arena *a,
                          struct err *e)
{
    struct fields_file reading;
    struct fields f = fields_open(&reading, file, bytes, a);
    struct template t = {0};

    const int64_t version = fields_int(f, "lykta_template", 1, NEWEST);
    t.name = line_within(f, "name", ARTICLE_TITLE_LETTERS);
    t.measures = fields_count(f, "measures", TEMPLATE_MAX_MEASURES);
    t.measure = arena_new(a, t.measures, struct measure);
    for (size_t i = 0; i < t.measures; i++)
        t.measure[i] = read_measure(fields_item(f, "measures", i));
    t.texts = fields_count(f, "texts", TEMPLATE_MAX_TEXTS);
    t.text = arena_new(a, t.texts, struct template_text);
    for (size_t i = 0; i < t.texts; i++)
        t.text[i] = read_text(fields_item(f, "texts", i));
    if (version == NEWEST) {
        read_signs(f, &t);
        t.has_mapping = fields_count(f, "mappings", 1) == 1;
    }
    if (t.has_mapping)
        read_mapping(fields_item(f, "mappings", 0), &t.mapping);
    TRY(fields_close(&reading, e));
    *out = t;
    return OK;
}
