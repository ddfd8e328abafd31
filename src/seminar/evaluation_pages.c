/* Three questions to who came. */
#include "base/arena.h"
#include "pages.h"
#include "portal/portal.h"
#include "seminar/attendance.h"
#include "seminar/guest_link.h"
#include "seminar/seminar_pages.h"
#include "seminar/seminar_room.h"
#include "seminar/seminar_view.h"
#include "web/request.h"
#include "web/response.h"

enum { WORDS_LETTERS = 1000 };

static struct evaluation_view *form_of(const struct request *r, const struct guest_link *l)
{
    static const char *const numbers[] = {"1", "2", "3", "4", "5"};
    struct evaluation_view *v = arena_new(r->arena, 1, struct evaluation_view);
    bool is_sent = str_is(r->method, "POST");
    struct field_set *f = field_set_open(is_sent ? &r->form : NULL, catalogue_of(r->language), r->arena);

    v->useful = field_add(f, FIELD_RADIOS, "useful", TEXT_SEMINAR_EVALUATION_USEFUL);
    for (int i = 0; i < 5; i++) {
        struct str label = i == 0   ? portal_text(r, TEXT_SEMINAR_EVALUATION_USEFUL_1)
                           : i == 4 ? portal_text(r, TEXT_SEMINAR_EVALUATION_USEFUL_5)
                                    : str_of(numbers[i]);
        field_option(f, v->useful, str_of(numbers[i]), label, false);
    }
    v->acts = field_add(f, FIELD_RADIOS, "acts", TEXT_SEMINAR_EVALUATION_ACTS);
    field_option(f, v->acts, S("yes"), portal_text(r, TEXT_SEMINAR_EVALUATION_YES), false);
    field_option(f, v->acts, S("no"), portal_text(r, TEXT_SEMINAR_EVALUATION_NO), false);
    v->words = field_add(f, FIELD_AREA, "words", TEXT_SEMINAR_EVALUATION_WORDS);
    v->words->is_optional = true;
    field_hint(f, v->words, TEXT_SEMINAR_EVALUATION_WORDS_HINT);
    v->fields = f;
    v->s = &l->seminar;
    v->action = guest_link_href(r, "/svar");
    return v;
}

static enum status show(const struct request *r, struct response *out, struct evaluation_view *v)
{
    v->layout = seminar_layout(r, portal_text(r, TEXT_SEMINAR_EVALUATION_TITLE), SEMINAR_PAGE_FORM,
                               v->fields->errors);
    page_seminar_evaluation(response_page(out), v);
    return v->fields->errors > 0 ? response_correct(out) : OK;
}

enum status evaluation_page_show(const struct request *r, struct response *out, struct err *e)
{
    struct guest_link l = {0};
    enum status found = guest_link_read(r, &l, e);

    if (found != OK)
        return seminar_missing(found, out);
    if (l.guest.came_at == 0 || l.guest.is_evaluated)
        return response_redirect(out, guest_link_href(r, ""));
    return show(r, out, form_of(r, &l));
}

enum status evaluation_page_take(const struct request *r, struct response *out, struct err *e)
{
    const struct seminar_office o = seminar_office_for(r);
    const struct who who = portal_who(r);
    struct guest_link l = {0};
    struct evaluation given = {0};
    size_t useful = 0;
    size_t acts = 0;
    enum status found = guest_link_read(r, &l, e);

    if (found != OK)
        return seminar_missing(found, out);
    struct evaluation_view *v = form_of(r, &l);
    field_choice(v->fields, v->useful, &useful);
    field_choice(v->fields, v->acts, &acts);
    field_str(v->fields, v->words, WORDS_LETTERS, &given.words);
    if (v->fields->errors > 0)
        return show(r, out, v);
    given.useful = (int64_t)useful + 1;
    given.acts = acts == 0;
    enum status done = evaluation_give(&o, l.guest.id, &given, &who, e);
    if (done != OK && done != REFUSED)
        return done;
    return response_redirect(out, guest_link_href(r, "/tack"));
}

enum status evaluation_page_done(const struct request *r, struct response *out, struct err *e)
{
    struct guest_link l = {0};
    enum status found = guest_link_read(r, &l, e);

    if (found != OK)
        return seminar_missing(found, out);
    return seminar_say(r, out, TEXT_SEMINAR_EVALUATION_DONE_TITLE, TEXT_SEMINAR_EVALUATION_DONE_TEXT,
                       guest_link_href(r, "/ga-med"), TEXT_SEMINAR_GUEST_JOIN);
}
