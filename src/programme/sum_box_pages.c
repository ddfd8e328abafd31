/* The post box of secure sums as pages. */
#include "programme/sum_box_pages.h"

#include "base/arena.h"
#include "calendar/stockholm.h"
#include "pages.h"
#include "portal/portal.h"
#include "programme/programme.h"
#include "programme/sum_box.h"
#include "programme/sum_box_view.h"
#include "web/request.h"
#include "web/response.h"

/* The round that the address names, in *x; *is_there is false when there is none. */
static enum status read_asked(const struct request *r, struct sum_box_state **x, bool *is_there,
                              struct err *e)
{
    *x = arena_new(r->arena, 1, struct sum_box_state);
    return sum_box_read(portal_db(r), request_param(r, "link"), r->arena, *x, is_there, e);
}

static struct str address_of(const struct request *r, const struct sum_box *box, const char *file)
{
    return portal_href(r,
                       arena_printf(r->arena, "/summor/%.*s%s%s", STR(box->hash), file[0] ? "/" : "", file));
}

static enum sum_step step_of(const struct sum_box_state *x)
{
    return x->has_asking ? SUM_STEP_REVEAL : x->has_roster ? SUM_STEP_FIGURES : SUM_STEP_JOIN;
}

static struct date last_day(int64_t until)
{
    return stockholm_day(until - 1, NULL);
}

/* The address of a letter of a city that has come: for whoever adds. */
static struct str letter_of(const struct request *r, const struct sum_box_state *x, enum letter_kind kind,
                            size_t place)
{
    if (!x->has[kind][place] || !portal_may(r, PERMISSION_PROGRAMME_CHANGE))
        return S("");
    return address_of(r, &x->box, sum_box_name(kind, place, r->arena));
}

static const struct sum_city_row *rows_of(const struct request *r, const struct sum_box_state *x)
{
    struct sum_city_row *row = arena_new(r->arena, x->cities, struct sum_city_row);

    for (size_t i = 0; i < x->cities; i++)
        row[i] = (struct sum_city_row){
            .name = x->city[i],
            .roster = x->has[LETTER_ROSTER][i]
                          ? address_of(r, &x->box, sum_box_name(LETTER_ROSTER, i, r->arena))
                          : S(""),
            .join = letter_of(r, x, LETTER_JOIN, i),
            .figures = letter_of(r, x, LETTER_FIGURES, i),
            .reveal = letter_of(r, x, LETTER_REVEAL, i),
            .has_joined = x->has[LETTER_JOIN][i],
            .has_given = x->has[LETTER_FIGURES][i],
            .has_revealed = x->has[LETTER_REVEAL][i]};
    return row;
}

static size_t count_came(const struct sum_box_state *x, enum sum_step step)
{
    static const enum letter_kind kinds[] = {LETTER_JOIN, LETTER_FIGURES, LETTER_REVEAL};
    size_t n = 0;

    for (size_t i = 0; i < x->cities; i++)
        n += x->has[kinds[step]][i];
    return n;
}

static struct sum_box_view view_of(const struct request *r, const struct sum_box_state *x)
{
    const enum sum_step step = step_of(x);
    struct field_set *f =
        field_set_open(str_is(r->method, "POST") ? &r->form : NULL, catalogue_of(r->language), r->arena);
    struct sum_box_view v = {.name = x->box.name,
                             .step = step,
                             .until = last_day(x->box.until[step]),
                             .is_over = r->now_at >= x->box.until[step],
                             .is_taken = form_has(&r->query, "inlamnad"),
                             .cities = x->cities,
                             .came = count_came(x, step),
                             .needed = x->needed,
                             .row = rows_of(r, x),
                             .round_href = address_of(r, &x->box, "county.round"),
                             .asking_href = x->has_asking ? address_of(r, &x->box, "county.asking") : S(""),
                             .fields = f,
                             .file = field_add(f, FIELD_FILE, "brev", TEXT_PROGRAMME_SUM_FILE),
                             .action = address_of(r, &x->box, "")};

    field_hint(f, v.file, TEXT_PROGRAMME_SUM_FILE_HINT);
    return v;
}

static void draw(const struct request *r, struct sum_box_view *v, struct response *out)
{
    struct portal_view around = portal_view_of(r);

    v->layout = portal_form_layout(&around, portal_text(r, TEXT_PROGRAMME_SUM_TITLE), r->path,
                                   v->fields->errors, r->arena);
    page_sum_box(response_page(out), v);
}

enum status sum_box_show(const struct request *r, struct response *out, struct err *e)
{
    struct sum_box_state *x = NULL;
    bool is_there = false;

    TRY(read_asked(r, &x, &is_there, e));
    if (!is_there)
        return response_error(out, 404);
    struct sum_box_view v = view_of(r, x);
    draw(r, &v, out);
    return OK;
}

/* A letter comes from a page of ours or from any program: its signature is the proof of who sends it, and a
 * letter that is sent again changes nothing. */
enum status sum_box_take(const struct request *r, struct response *out, struct err *e)
{
    static const enum text_key told[] = {[SUM_STRANGE] = TEXT_PROGRAMME_SUM_STRANGE,
                                         [SUM_EARLY] = TEXT_PROGRAMME_SUM_EARLY,
                                         [SUM_LATE] = TEXT_PROGRAMME_SUM_LATE,
                                         [SUM_OTHERWISE] = TEXT_PROGRAMME_SUM_OTHERWISE};
    const struct form_file *sent = form_file(&r->form, "brev");
    const struct who who = portal_who(r);
    struct sum_box_state *x = NULL;
    enum sum_posting posting = SUM_STRANGE;
    struct err why = {OK, ""};
    bool is_there = false;

    TRY(read_asked(r, &x, &is_there, e));
    if (!is_there)
        return response_error(out, 404);
    if (sent)
        TRY(sum_box_post(portal_db(r), &who, x, "the letter", sent->bytes, r->arena, &posting, &why, e));
    if (posting == SUM_TAKEN)
        return portal_redirect(r, out,
                               str_of(arena_printf(r->arena, "/summor/%.*s?inlamnad=1", STR(x->box.hash))));
    struct sum_box_view v = view_of(r, x);
    field_wrong(v.fields, v.file, sent ? told[posting] : TEXT_PROGRAMME_SUM_NO_FILE);
    draw(r, &v, out);
    return response_correct(out);
}

/* Letters of cities are for whoever adds: with all of them anybody could add. */
static bool may_fetch(const struct request *r, enum letter_kind kind)
{
    return kind == LETTER_ROUND || kind == LETTER_ROSTER || kind == LETTER_ASKING ||
           portal_may(r, PERMISSION_PROGRAMME_CHANGE);
}

enum status sum_box_file(const struct request *r, struct response *out, struct err *e)
{
    struct sum_box_state *x = NULL;
    enum letter_kind kind = LETTER_ROUND;
    size_t place = 0;
    struct str bytes = {NULL, 0};
    bool is_there = false;

    TRY(read_asked(r, &x, &is_there, e));
    if (!is_there || !sum_box_named(request_param(r, "file"), &kind, &place) || !may_fetch(r, kind))
        return response_error(out, 404);
    TRY(sum_box_letter(portal_db(r), x, kind, place, r->arena, &bytes, e));
    if (bytes.n == 0)
        return response_error(out, 404);
    response_bytes(out, "application/octet-stream", bytes);
    response_download(out, request_param(r, "file"));
    return OK;
}

enum status sum_boxes_show(const struct request *r, struct response *out, struct err *e)
{
    struct portal_view around = portal_view_of(r);
    struct sum_boxes all;
    bool is_programme = false;

    TRY(programme_is(portal_db(r), &is_programme, e));
    if (!is_programme)
        return response_error(out, 404);
    TRY(sum_box_list(portal_db(r), r->arena, &all, e));
    struct sum_box_row *row = arena_new(r->arena, all.n, struct sum_box_row);
    for (size_t i = 0; i < all.n; i++)
        row[i] = (struct sum_box_row){.name = all.box[i].name,
                                      .href = address_of(r, &all.box[i], ""),
                                      .opened = stockholm_day(all.box[i].opened_at, NULL),
                                      .until = last_day(all.box[i].until[2])};
    struct sum_boxes_view v = {
        .layout = portal_layout(&around, portal_text(r, TEXT_PROGRAMME_SUMS), r->path, r->arena),
        .boxes = all.n,
        .box = row,
        .back_href = portal_href(r, "/programmet")};
    page_sum_boxes(response_page(out), &v);
    return OK;
}
