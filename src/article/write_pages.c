/* Writing an article, in both languages. */
#include "article/article_view.h"
#include "article/handlers.h"
#include "article/slug.h"
#include "base/arena.h"
#include "base/text.h"
#include "pages.h"
#include "portal/portal.h"
#include "web/request.h"
#include "web/response.h"

enum { NUMBER_LETTERS = 11 }; /* "-2147483647" */

static void add_words(struct write_view *v, enum language language)
{
    static const char *const names[LANGUAGES][3] = {{"title", "ingress", "body"},
                                                    {"title_en", "ingress_en", "body_en"}};
    static const enum text_key labels[LANGUAGES][3] = {
        {TEXT_ARTICLE_FIELD_TITLE_SV, TEXT_ARTICLE_FIELD_INGRESS_SV, TEXT_ARTICLE_FIELD_BODY_SV},
        {TEXT_ARTICLE_FIELD_TITLE_EN, TEXT_ARTICLE_FIELD_INGRESS_EN, TEXT_ARTICLE_FIELD_BODY_EN}};
    struct field_set *f = v->fields;

    v->title[language] = field_add(f, FIELD_TEXT, names[language][0], labels[language][0]);
    v->ingress[language] = field_add(f, FIELD_AREA, names[language][1], labels[language][1]);
    v->body[language] = field_add(f, FIELD_AREA, names[language][2], labels[language][2]);
    v->body[language]->width = "tall";
    if (language == LANGUAGE_EN)
        v->title[language]->is_optional = v->ingress[language]->is_optional = v->body[language]->is_optional =
            true;
}

static void add_fields(struct write_view *v, bool is_article)
{
    struct field_set *f = v->fields;

    add_words(v, LANGUAGE_SV);
    add_words(v, LANGUAGE_EN);
    field_hint(f, v->ingress[LANGUAGE_SV], TEXT_ARTICLE_FIELD_INGRESS_HINT);
    field_hint(f, v->body[LANGUAGE_SV], TEXT_ARTICLE_FIELD_BODY_HINT);
    field_hint(f, v->title[LANGUAGE_EN], TEXT_ARTICLE_FIELD_ENGLISH_HINT);
    v->contact = field_add(f, FIELD_EMAIL, "contact", TEXT_ARTICLE_FIELD_CONTACT);
    v->contact->is_optional = true;
    field_hint(f, v->contact, TEXT_ARTICLE_FIELD_CONTACT_HINT);
    if (!is_article)
        return;
    v->key = field_add(f, FIELD_TEXT, "key", TEXT_ARTICLE_FIELD_KEY);
    v->key->is_optional = true;
    field_hint(f, v->key, TEXT_ARTICLE_FIELD_KEY_HINT);
    v->on_start = field_add(f, FIELD_CHECKBOXES, "on_start", TEXT_ARTICLE_FIELD_START);
    v->on_start->is_optional = true;
}

static void start(struct write_view *v, const struct article *x)
{
    struct field_set *f = v->fields;

    for (int i = 0; i < LANGUAGES; i++) {
        field_start(f, v->title[i], x->text.in[i].title);
        field_start(f, v->ingress[i], x->text.in[i].ingress);
        field_start(f, v->body[i], x->text.in[i].body);
    }
    field_start(f, v->contact, x->text.contact);
    if (v->key)
        field_start(f, v->key, x->key);
    v->version = x->version;
}

/* `x` is what is saved, or NULL for a new article. */
static struct write_view *form_of(const struct request *r, const struct article *x)
{
    struct write_view *v = arena_new(r->arena, 1, struct write_view);
    bool is_sent = str_is(r->method, "POST");

    v->fields = field_set_open(is_sent ? &r->form : NULL, catalogue_of(r->language), r->arena);
    add_fields(v, !x || x->kind == ARTICLE_KIND_ARTICLE);
    if (v->on_start)
        field_option(v->fields, v->on_start, S("yes"), portal_text(r, TEXT_ARTICLE_FIELD_START_YES),
                     !x || x->text.is_on_start);
    if (x)
        start(v, x);
    v->action = x ? article_href(r, "/arbete/artiklar/%lld/andra", (long long)x->id)
                  : article_href(r, "/arbete/artiklar/ny");
    v->back =
        x ? article_href(r, "/arbete/artiklar/%lld", (long long)x->id) : article_href(r, "/arbete/artiklar");
    return v;
}

static enum status show(const struct request *r, struct response *out, struct write_view *v,
                        enum text_key title)
{
    bool is_wrong = v->fields->errors > 0 || v->fields->is_overtaken;

    v->layout = article_layout(r, portal_text(r, title), v->fields->errors);
    page_article_write(response_page(out), v);
    return is_wrong ? response_correct(out) : OK;
}

/* English is whole or not there: each missing part is told at its field. */
static void check_english(struct write_view *v, const struct article_words *en)
{
    struct field *const fields[] = {v->title[LANGUAGE_EN], v->ingress[LANGUAGE_EN], v->body[LANGUAGE_EN]};
    const struct str texts[] = {en->title, en->ingress, en->body};
    size_t filled = 0;

    for (size_t i = 0; i < 3; i++)
        filled += texts[i].n > 0;
    for (size_t i = 0; filled > 0 && i < 3; i++)
        if (texts[i].n == 0)
            field_wrong(v->fields, fields[i], TEXT_ARTICLE_FIELD_ENGLISH_WHOLE);
}

static enum status check_key(const struct request *r, struct write_view *v, int64_t id, struct str key,
                             struct err *e)
{
    bool is_free = true;

    if (!slug_is_valid(key)) {
        field_wrong(v->fields, v->key, TEXT_ARTICLE_FIELD_KEY_WRONG);
        return OK;
    }
    TRY(article_key_is_free(portal_db(r), key, id, &is_free, e));
    if (!is_free)
        field_wrong(v->fields, v->key, TEXT_ARTICLE_FIELD_KEY_TAKEN);
    return OK;
}

/* Reads what was typed into *text and *key; an empty key is left as it was. */
static enum status read_form(const struct request *r, struct write_view *v, int64_t id,
                             struct article_text *text, struct str *key, struct err *e)
{
    struct field_set *f = v->fields;
    uint64_t bits = 0;
    struct str typed = S("");

    for (int i = 0; i < LANGUAGES; i++) {
        field_str(f, v->title[i], ARTICLE_TITLE_LETTERS, &text->in[i].title);
        field_str(f, v->ingress[i], ARTICLE_INGRESS_LETTERS, &text->in[i].ingress);
        field_str(f, v->body[i], ARTICLE_BODY_LETTERS, &text->in[i].body);
    }
    check_english(v, &text->in[LANGUAGE_EN]);
    field_email(f, v->contact, &text->contact);
    if (!v->key)
        return OK;
    field_choices(f, v->on_start, &bits);
    text->is_on_start = bits != 0;
    field_str(f, v->key, ARTICLE_KEY_LETTERS, &typed);
    if (typed.n == 0)
        return OK;
    *key = typed;
    return check_key(r, v, id, typed, e);
}

/* An address of the title that nobody has or has had: with a number where the plain one is taken. */
static enum status free_key(const struct request *r, struct str title, struct str *key, struct err *e)
{
    struct str plain = slug_of(title, r->arena);
    struct str short_one = str_part(plain, 0, ARTICLE_KEY_LETTERS - NUMBER_LETTERS);
    bool is_free = false;

    while (str_ends(short_one, S("-")))
        short_one.n--;
    *key = plain;
    for (int n = 2;; n++) {
        TRY(article_key_is_free(portal_db(r), *key, 0, &is_free, e));
        if (is_free)
            return OK;
        *key = str_of(arena_printf(r->arena, "%.*s-%d", STR(short_one), n));
    }
}

/* On to the article's page, or to what readers would see. */
static enum status go_on(const struct request *r, struct response *out, int64_t id, int64_t version)
{
    if (!str_is(form_value(&r->form, "do"), "preview"))
        return article_back_to(r, out, id, "sparat");
    return response_redirect(
        out, article_href(r, "/arbete/artiklar/%lld/visa/%lld", (long long)id, (long long)version));
}

enum status article_new_show(const struct request *r, struct response *out, struct err *e)
{
    (void)e;
    return show(r, out, form_of(r, NULL), TEXT_ARTICLE_NEW);
}

enum status article_new_take(const struct request *r, struct response *out, struct err *e)
{
    const struct article_author by = article_author_of(r);
    struct write_view *v = form_of(r, NULL);
    struct article_text text = {.contact = S("")};
    struct str key = S("");
    int64_t id = 0;

    TRY(read_form(r, v, 0, &text, &key, e));
    if (v->fields->errors > 0)
        return show(r, out, v, TEXT_ARTICLE_NEW);
    if (key.n == 0)
        TRY(free_key(r, text.in[LANGUAGE_SV].title, &key, e));
    TRY(article_add(portal_db(r), &by, ARTICLE_KIND_ARTICLE, key, &text, &id, e));
    return go_on(r, out, id, 1);
}

enum status article_change_show(const struct request *r, struct response *out, struct err *e)
{
    struct article x = {0};
    enum status found = article_of_route(r, &x, e);

    return found == OK ? show(r, out, form_of(r, &x), TEXT_ARTICLE_CHANGE) : article_missing(found, out);
}

/* Long texts are shown by what differs, not whole a second time. */
static void add_diffs(const struct request *r, struct write_view *v)
{
    static const enum text_key labels[LANGUAGES] = {TEXT_ARTICLE_FIELD_BODY_SV, TEXT_ARTICLE_FIELD_BODY_EN};

    field_set_overtaken(v->fields);
    for (int i = 0; i < LANGUAGES; i++) {
        if (!v->body[i]->is_overtaken)
            continue;
        v->diff[v->diffs++] = (struct text_diff){
            .label = labels[i], .lines = line_diff(v->body[i]->saved, v->body[i]->value, r->arena)};
        v->body[i]->saved = portal_text(r, TEXT_ARTICLE_DIFF_ABOVE);
    }
}

/* Who saves second is shown what the first one saved, and saves again knowing it. */
enum status article_change_take(const struct request *r, struct response *out, struct err *e)
{
    const struct article_author by = article_author_of(r);
    struct article x = {0};
    int64_t version = 0;
    enum status found = article_of_route(r, &x, e);

    if (found != OK)
        return article_missing(found, out);
    struct write_view *v = form_of(r, &x);
    struct article_text text = x.text; /* the picture and its words stay */
    struct str key = x.key;
    TRY(read_form(r, v, x.id, &text, &key, e));
    if (v->fields->errors > 0)
        return show(r, out, v, TEXT_ARTICLE_CHANGE);
    form_i64(&r->form, "version", 1, INT64_MAX, &version);
    enum status saved = article_save(portal_db(r), &by, x.id, version, key, &text, e);
    if (saved == REFUSED) {
        add_diffs(r, v);
        return show(r, out, v, TEXT_ARTICLE_CHANGE);
    }
    TRY(saved);
    TRY(article_of_route(r, &x, e));
    return go_on(r, out, x.id, x.version);
}
