/* An article's picture: sent, described in words, taken away, and shown to readers. */
#include "article/article_picture.h"
#include "article/article_view.h"
#include "article/handlers.h"
#include "base/arena.h"
#include "child/child.h"
#include "pages.h"
#include "portal/portal.h"
#include "store/db.h"
#include "web/request.h"
#include "web/response.h"

static struct picture_view *form_of(const struct request *r, const struct article *x)
{
    struct picture_view *v = arena_new(r->arena, 1, struct picture_view);
    struct field_set *f =
        field_set_open(str_is(r->method, "POST") ? &r->form : NULL, catalogue_of(r->language), r->arena);
    long long id = (long long)x->id;

    v->x = x;
    v->fields = f;
    v->file = field_add(f, FIELD_FILE, "picture", TEXT_ARTICLE_PICTURE_FILE);
    v->file->is_optional = x->text.picture.n > 0;
    field_hint(f, v->file, TEXT_ARTICLE_PICTURE_FILE_HINT);
    v->words[LANGUAGE_SV] = field_add(f, FIELD_TEXT, "words", TEXT_ARTICLE_PICTURE_TEXT_SV);
    field_hint(f, v->words[LANGUAGE_SV], TEXT_ARTICLE_PICTURE_TEXT_HINT);
    field_start(f, v->words[LANGUAGE_SV], x->text.in[LANGUAGE_SV].picture_text);
    if (article_is_in(&x->text, LANGUAGE_EN)) {
        v->words[LANGUAGE_EN] = field_add(f, FIELD_TEXT, "words_en", TEXT_ARTICLE_PICTURE_TEXT_EN);
        field_start(f, v->words[LANGUAGE_EN], x->text.in[LANGUAGE_EN].picture_text);
    }
    v->version = x->version;
    v->action = article_href(r, "/arbete/artiklar/%lld/bild", id);
    v->remove = article_href(r, "/arbete/artiklar/%lld/bild/ta-bort", id);
    v->back = article_href(r, "/arbete/artiklar/%lld", id);
    v->src = article_picture_href(x->text.picture, r->arena);
    return v;
}

static enum status show(const struct request *r, struct response *out, struct picture_view *v)
{
    bool is_wrong = v->fields->errors > 0 || v->fields->is_overtaken;

    v->layout = article_layout(r, portal_text(r, TEXT_ARTICLE_PICTURE_TITLE), v->fields->errors);
    page_article_picture(response_page(out), v);
    return is_wrong ? response_correct(out) : OK;
}

enum status article_picture_page(const struct request *r, struct response *out, struct err *e)
{
    struct article x = {0};
    enum status found = article_of_route(r, &x, e);

    return found == OK ? show(r, out, form_of(r, &x)) : article_missing(found, out);
}

static enum text_key fault_text(enum picture_fault fault)
{
    switch (fault) {
    case PICTURE_WRONG_TYPE:
        return TEXT_ARTICLE_PICTURE_WRONG_TYPE;
    case PICTURE_TOO_LARGE:
        return TEXT_ARTICLE_PICTURE_TOO_LARGE;
    case PICTURE_FOR_PRINT:
        return TEXT_ARTICLE_PICTURE_FOR_PRINT;
    case PICTURE_DAMAGED:
    case PICTURE_FINE:
    case PICTURE_FAULTS:
        break;
    }
    return TEXT_ARTICLE_PICTURE_DAMAGED;
}

/* The file that was sent, made anew; *has_one is false, with words at the field where that is wrong, when
 * there is none to keep. */
static enum status read_file(const struct request *r, struct picture_view *v, struct article_picture *made,
                             bool *has_one, struct err *e)
{
    const struct form_file *file = form_file(&r->form, "picture");
    enum picture_fault fault = PICTURE_TOO_LARGE;
    const char *program = NULL;

    *has_one = false;
    if (!file || file->bytes.n == 0) {
        if (!v->file->is_optional)
            field_wrong(v->fields, v->file, TEXT_ARTICLE_PICTURE_NONE);
        return OK;
    }
    if (file->bytes.n <= PICTURE_MOST_BYTES) {
        TRY(child_find("lykta-picture", LYKTA_MODULES, r->arena, &program, e));
        TRY(article_picture_make(program, file->bytes, r->arena, &fault, made, e));
    }
    *has_one = fault == PICTURE_FINE;
    if (!*has_one)
        field_wrong(v->fields, v->file, fault_text(fault));
    return OK;
}

/* Picture and version in one change. REFUSED when somebody else has saved meanwhile. */
static enum status keep(const struct request *r, const struct article *x, const struct article_text *text,
                        const struct article_picture *made, struct err *e)
{
    const struct article_author by = article_author_of(r);
    struct db *db = portal_db(r);
    int64_t seen = 0;

    form_i64(&r->form, "version", 1, INT64_MAX, &seen);
    TRY(db_begin(db, e));
    enum status s = made ? article_picture_keep(db, made, e) : OK;
    if (s == OK)
        s = article_save(db, &by, x->id, seen, x->key, text, e);
    return db_end(db, s, e);
}

/* Is it what was sent a moment ago, by the same click? */
static bool is_there_already(const struct article *x, const struct article_text *text)
{
    return str_equal(x->text.picture, text->picture) &&
           str_equal(x->text.in[LANGUAGE_SV].picture_text, text->in[LANGUAGE_SV].picture_text) &&
           str_equal(x->text.in[LANGUAGE_EN].picture_text, text->in[LANGUAGE_EN].picture_text);
}

/* Words for who does not see the picture are no choice. */
static bool is_described(struct picture_view *v, struct field *words)
{
    return words->value.n > 0 || field_wrong(v->fields, words, TEXT_ARTICLE_PICTURE_NO_WORDS);
}

/* Takes its time before the change begins: making a picture anew holds nobody up. */
enum status article_picture_take(const struct request *r, struct response *out, struct err *e)
{
    struct article x = {0};
    struct article_picture made = {0};
    bool has_one = false;
    enum status found = article_of_route(r, &x, e);

    if (found != OK)
        return article_missing(found, out);
    struct picture_view *v = form_of(r, &x);
    struct article_text text = x.text;
    for (int i = 0; i < LANGUAGES; i++)
        if (v->words[i] && is_described(v, v->words[i]))
            field_str(v->fields, v->words[i], ARTICLE_PICTURE_TEXT_LETTERS, &text.in[i].picture_text);
    TRY(read_file(r, v, &made, &has_one, e));
    if (v->fields->errors > 0)
        return show(r, out, v);
    text.picture = has_one ? made.name : text.picture;
    if (is_there_already(&x, &text))
        return article_back_to(r, out, x.id, "bild");
    enum status s = keep(r, &x, &text, has_one ? &made : NULL, e);
    if (s == REFUSED) {
        field_set_overtaken(v->fields);
        return show(r, out, v);
    }
    TRY(s);
    return article_back_to(r, out, x.id, "bild");
}

enum status article_picture_remove_take(const struct request *r, struct response *out, struct err *e)
{
    struct article x = {0};
    enum status found = article_of_route(r, &x, e);

    if (found != OK)
        return article_missing(found, out);
    struct article_text text = x.text;
    text.picture = text.in[LANGUAGE_SV].picture_text = text.in[LANGUAGE_EN].picture_text = S("");
    enum status s = keep(r, &x, &text, NULL, e);
    if (s != OK && s != REFUSED)
        return s;
    return article_back_to(r, out, x.id, s == OK ? "sparat" : "hann");
}

/* Its address holds the hash of its bytes: who has it once need never ask again. */
enum status article_picture_file(const struct request *r, struct response *out, struct err *e)
{
    struct article_picture p = {0};
    enum status s = article_picture_find(portal_db(r), request_param(r, "file"), r->arena, &p, e);

    if (s != OK)
        return article_missing(s, out);
    response_bytes(out, p.type, p.bytes);
    return OK;
}
