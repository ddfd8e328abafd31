/* The file of a template. */
#include "template/template.h"

#include "article/slug.h"
#include "base/arena.h"
#include "base/json.h"
#include "base/text.h"
#include "release/fields.h"

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

void template_write(struct text *out, const struct template *t)
{
    struct json j = json_open(out);

    json_object_begin(&j, NULL);
    json_i64(&j, "lykta_template", 1);
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

enum status template_read(struct template *out, const char *file, struct str bytes, struct arena *a,
                          struct err *e)
{
    struct fields_file reading;
    struct fields f = fields_open(&reading, file, bytes, a);
    struct template t = {0};

    (void)fields_int(f, "lykta_template", 1, 1);
    t.name = line_within(f, "name", ARTICLE_TITLE_LETTERS);
    t.measures = fields_count(f, "measures", TEMPLATE_MAX_MEASURES);
    t.measure = arena_new(a, t.measures, struct measure);
    for (size_t i = 0; i < t.measures; i++)
        t.measure[i] = read_measure(fields_item(f, "measures", i));
    t.texts = fields_count(f, "texts", TEMPLATE_MAX_TEXTS);
    t.text = arena_new(a, t.texts, struct template_text);
    for (size_t i = 0; i < t.texts; i++)
        t.text[i] = read_text(fields_item(f, "texts", i));
    TRY(fields_close(&reading, e));
    *out = t;
    return OK;
}
