/* A researcher hands in results, by the link of the study. */
#include "results/handlers.h"

#include "base/arena.h"
#include "calendar/stockholm.h"
#include "pages.h"
#include "portal/portal.h"
#include "research/study_access.h"
#include "web/html.h"
#include "web/request.h"
#include "web/response.h"
#include "words/scanner.h"

#include <inttypes.h>

enum { AFFIRMED = 3 }; /* both of what is affirmed */

static struct str address_of(const struct request *r, const char *rest)
{
    return portal_href(
        r, arena_printf(r->arena, "/forskning/resultat/%.*s%s", STR(request_param(r, "token")), rest));
}

static void ask_texts(struct hand_in_view *v)
{
    static const char *const titles[LANGUAGES] = {[LANGUAGE_SV] = "title", [LANGUAGE_EN] = "title_en"};
    static const char *const words[LANGUAGES] = {[LANGUAGE_SV] = "text", [LANGUAGE_EN] = "text_en"};
    static const enum text_key title_labels[LANGUAGES] = {
        [LANGUAGE_SV] = TEXT_RESULTS_FIELD_TITLE, [LANGUAGE_EN] = TEXT_RESULTS_FIELD_TITLE_EN};
    static const enum text_key words_labels[LANGUAGES] = {
        [LANGUAGE_SV] = TEXT_RESULTS_FIELD_WORDS, [LANGUAGE_EN] = TEXT_RESULTS_FIELD_WORDS_EN};
    struct field_set *f = v->fields;

    for (int i = 0; i < LANGUAGES; i++) {
        v->title[i] = field_add(f, FIELD_TEXT, titles[i], title_labels[i]);
        field_start(f, v->title[i], v->results.title[i]);
        v->words[i] = field_add(f, FIELD_AREA, words[i], words_labels[i]);
        field_start(f, v->words[i], v->results.words[i]);
        v->words[i]->width = "tall";
        v->title[i]->is_optional = v->words[i]->is_optional = i == LANGUAGE_EN;
    }
    field_hint(f, v->words[LANGUAGE_SV], TEXT_RESULTS_FIELD_WORDS_HINT);
}

static void ask_file(struct hand_in_view *v, enum results_part part, const char *name, enum text_key label,
                     enum text_key hint)
{
    v->file[part] = field_add(v->fields, FIELD_FILE, name, label);
    field_hint(v->fields, v->file[part], hint);
    v->file[part]->is_optional = v->results.file[part].name.n > 0;
}

static void ask(const struct request *r, const struct form *sent, struct hand_in_view *v)
{
    struct field_set *f = field_set_open(sent, catalogue_of(r->language), r->arena);

    v->fields = f;
    ask_texts(v);
    ask_file(v, RESULTS_METHOD, "method", TEXT_RESULTS_FIELD_METHOD, TEXT_RESULTS_FIELD_METHOD_HINT);
    ask_file(v, RESULTS_CODE, "code", TEXT_RESULTS_FIELD_CODE, TEXT_RESULTS_FIELD_CODE_HINT);
    v->named = field_add(f, FIELD_CHECKBOXES, "named", TEXT_RESULTS_FIELD_NAMED);
    field_hint(f, v->named, TEXT_RESULTS_FIELD_NAMED_HINT);
    v->named->is_optional = true;
    field_option(f, v->named, S("yes"), v->study->name, v->results.is_named);
    v->affirm = field_add(f, FIELD_CHECKBOXES, "affirm", TEXT_RESULTS_FIELD_AFFIRM);
    field_option(f, v->affirm, S("figures"), portal_text(r, TEXT_RESULTS_AFFIRM_FIGURES), false);
    field_option(f, v->affirm, S("nobody"), portal_text(r, TEXT_RESULTS_AFFIRM_NOBODY), false);
}

/* The study whose link was followed, with what has come of it; *out is NULL, and the answer given, for a link
 * that takes nothing. */
static enum status begin(const struct request *r, const struct form *sent, struct hand_in_view **out,
                         struct response *answer, struct err *e)
{
    struct hand_in_view *v = arena_new(r->arena, 1, struct hand_in_view);
    struct study *study = arena_new(r->arena, 1, struct study);

    *out = NULL;
    response_header(answer, "X-Robots-Tag", S("noindex, nofollow, noarchive"));
    TRY(study_by_link_for_results(portal_db(r), request_param(r, "token"), r->arena, study, e));
    if (study->id == 0) {
        page_results_gone(
            response_page(answer),
            &(struct hand_in_view){.layout = results_layout(r, portal_text(r, TEXT_RESEARCH_GONE), 0)});
        return response_told(answer, 404);
    }
    v->study = study;
    TRY(results_find(portal_db(r), study->id, r->arena, &v->results, e));
    if (study->results != RESULTS_PUBLISHED)
        ask(r, sent, v);
    *out = v;
    return OK;
}

static enum status draw(const struct request *r, struct hand_in_view *v, struct response *out)
{
    const size_t errors = v->fields ? v->fields->errors : 0;
    const char *page = arena_printf(r->arena, "/forskning/%" PRId64, v->study->id);
    const char *figures = arena_printf(r->arena, "/forskning/atkomst/%.*s", STR(request_param(r, "token")));

    v->is_just_handed_in = form_has(&r->query, "inlamnat");
    v->is_just_unnamed = form_has(&r->query, "namnet");
    v->handed = stockholm_day(v->results.handed_at, NULL);
    v->decided = stockholm_day(v->results.decided_at, NULL);
    v->page_href = v->study->results == RESULTS_PUBLISHED ? portal_href(r, page) : S("");
    v->figures_href = study_is_open(v->study, r->now_at) ? portal_href(r, figures) : S("");
    v->action = address_of(r, "");
    v->unname_href = address_of(r, "/namn");
    v->layout = results_layout(r, portal_text(r, TEXT_RESULTS_HAND_IN), errors);
    page_hand_in(response_page(out), v);
    return errors > 0 ? response_correct(out) : OK;
}

enum status results_hand_in_show(const struct request *r, struct response *out, struct err *e)
{
    struct hand_in_view *v = NULL;

    TRY(begin(r, NULL, &v, out, e));
    return v ? draw(r, v, out) : OK;
}

/* A number of a person is what no text here may hold. */
static void check_words(const struct request *r, struct hand_in_view *v, struct field *field,
                        struct str words)
{
    const struct scan found = scan_text(words, r->arena);

    for (size_t i = 0; i < found.n; i++)
        if (found.span[i].kind == SCAN_IDENTITY_NUMBER)
            field_wrong(v->fields, field, TEXT_RESULTS_WRONG_PERSON);
}

/* English is whole or not there. */
static void check_english(struct hand_in_view *v, const struct results *x)
{
    const bool has_title = x->title[LANGUAGE_EN].n > 0;
    const bool has_words = x->words[LANGUAGE_EN].n > 0;

    if (has_title && !has_words)
        field_wrong(v->fields, v->words[LANGUAGE_EN], TEXT_RESULTS_WRONG_ENGLISH);
    if (has_words && !has_title)
        field_wrong(v->fields, v->title[LANGUAGE_EN], TEXT_RESULTS_WRONG_ENGLISH);
}

static void read_texts(const struct request *r, struct hand_in_view *v, struct results *x)
{
    for (int i = 0; i < LANGUAGES; i++) {
        field_str(v->fields, v->title[i], RESULTS_TITLE_LETTERS, &x->title[i]);
        field_str(v->fields, v->words[i], RESULTS_WORDS_LETTERS, &x->words[i]);
        check_words(r, v, v->title[i], x->title[i]);
        check_words(r, v, v->words[i], x->words[i]);
    }
    check_english(v, x);
}

static void read_file(const struct request *r, struct hand_in_view *v, enum results_part part,
                      const char *name, struct results *x)
{
    static const enum text_key wrong[] = {[RESULTS_TOO_LARGE] = TEXT_RESULTS_WRONG_SIZE,
                                          [RESULTS_OTHERWISE] = TEXT_RESULTS_WRONG_CONTENT,
                                          [RESULTS_PERSON] = TEXT_RESULTS_WRONG_PERSON};
    static const enum text_key names[] = {
        [RESULTS_METHOD] = TEXT_RESULTS_WRONG_METHOD, [RESULTS_CODE] = TEXT_RESULTS_WRONG_CODE};
    const struct form_file *sent = form_file(&r->form, name);

    if (!sent || sent->bytes.n == 0) {
        if (!v->file[part]->is_optional)
            field_wrong(v->fields, v->file[part], TEXT_RESULTS_WRONG_NONE);
        return;
    }
    enum results_fault fault =
        results_file_judge(part, sent->filename, sent->bytes, r->arena, &x->file[part]);
    if (fault != RESULTS_FINE)
        field_wrong(v->fields, v->file[part], fault == RESULTS_WRONG_NAME ? names[part] : wrong[fault]);
}

static void read(const struct request *r, struct hand_in_view *v, struct results *x)
{
    uint64_t named = 0;
    uint64_t affirmed = 0;

    read_texts(r, v, x);
    read_file(r, v, RESULTS_METHOD, "method", x);
    read_file(r, v, RESULTS_CODE, "code", x);
    field_choices(v->fields, v->named, &named);
    x->is_named = named != 0;
    field_choices(v->fields, v->affirm, &affirmed);
    if (affirmed != AFFIRMED)
        field_wrong(v->fields, v->affirm, TEXT_RESULTS_WRONG_AFFIRM);
}

enum status results_hand_in_take(const struct request *r, struct response *out, struct err *e)
{
    const struct who who = portal_who(r);
    const struct str back =
        str_of(arena_printf(r->arena, "/forskning/resultat/%.*s", STR(request_param(r, "token"))));
    struct results *x = arena_new(r->arena, 1, struct results);
    struct hand_in_view *v = NULL;

    TRY(begin(r, &r->form, &v, out, e));
    if (!v)
        return OK;
    if (!v->fields)
        return portal_redirect(r, out, back);
    read(r, v, x);
    if (v->fields->errors > 0)
        return draw(r, v, out);
    TRY(results_hand_in(portal_of(r)->city, portal_db(r), v->study, x, &who, e));
    return portal_redirect(r, out, str_of(arena_printf(r->arena, "%.*s?inlamnat=1", STR(back))));
}

enum status results_hand_in_refuse(const struct request *r, struct response *out, struct err *e)
{
    struct hand_in_view *v = NULL;

    TRY(begin(r, NULL, &v, out, e));
    if (!v || !v->fields)
        return v ? draw(r, v, out) : OK;
    field_wrong(v->fields, v->file[RESULTS_METHOD], TEXT_RESULTS_WRONG_SIZE);
    return draw(r, v, out);
}

enum status results_unname_take(const struct request *r, struct response *out, struct err *e)
{
    const struct who who = portal_who(r);
    struct hand_in_view *v = NULL;

    TRY(begin(r, NULL, &v, out, e));
    if (!v)
        return OK;
    TRY(results_unname(portal_db(r), v->study->id, &who, e));
    return portal_redirect(
        r, out,
        str_of(arena_printf(r->arena, "/forskning/resultat/%.*s?namnet=1", STR(request_param(r, "token")))));
}
