/* Following up with a receipt code. The code is in the body of requests alone: no address, cookie or log
 * holds it. */
#include "observation/followup_pages.h"

#include "assets.h"
#include "base/arena.h"
#include "keyring/keyring.h"
#include "observation/desk.h"
#include "observation/triage.h"
#include "observation/triage_view.h"
#include "pages.h"
#include "portal/portal.h"
#include "seal/receipt_code.h"
#include "seal/secret.h"
#include "web/html.h"
#include "web/request.h"
#include "web/response.h"

static const enum text_key state_text[] = {[STATE_NEW] = TEXT_OBSERVATION_STATE_NEW,
                                           [STATE_ASSESSED] = TEXT_OBSERVATION_STATE_ASSESSED,
                                           [STATE_WAITING] = TEXT_OBSERVATION_STATE_WAITING,
                                           [STATE_REFERRED] = TEXT_OBSERVATION_STATE_ASSESSED,
                                           [STATE_CLOSED] = TEXT_OBSERVATION_STATE_CLOSED};

/* A referral is told as "under assessment": whether the police acted is not the reporter's to see (J3). */
struct str followup_state(enum observation_state state, enum language language)
{
    return catalogue_text(catalogue_of(language), state_text[state]);
}

struct message_row *followup_messages(const struct case_file *file, enum language language, struct arena *a)
{
    struct message_row *row = arena_new(a, file->n_messages + 1, struct message_row);

    for (size_t i = 0; i < file->n_messages; i++)
        row[i] = (struct message_row){
            .from = catalogue_text(catalogue_of(language), file->message[i].is_from_city
                                                               ? TEXT_OBSERVATION_FROM_CITY
                                                               : TEXT_OBSERVATION_FROM_REPORTER),
            .sent_on = file->message[i].sent_on,
            .text = file->message[i].text};
    return row;
}

static struct followup_view view_of(const struct request *r, const struct portal_view *site, struct str error)
{
    return (struct followup_view){.layout = portal_form_layout(site, portal_text(r, TEXT_OBSERVATION_FOLLOW),
                                                               r->path, error.n > 0, r->arena),
                                  .action = request_address(S("/uppfoljning"), r->language, r->arena),
                                  .error = error,
                                  .script_href = S(ASSET_TELLING_JS),
                                  .code = form_value(&r->form, "kod")};
}

enum status followup_show(const struct request *r, struct response *out, struct err *e)
{
    struct portal_view site = portal_view_of(r);
    struct followup_view v = view_of(r, &site, S(""));

    (void)e;
    page_followup(response_page(out), &v);
    return OK;
}

static enum status show_case(const struct request *r, struct response *out, struct keyring *k,
                             const struct receipt_code *code, struct str notice, struct str error,
                             struct err *e)
{
    struct portal_view site = portal_view_of(r);
    struct followup_view v = view_of(r, &site, error);
    struct case_file file = {0};

    TRY(followup_open(k, code, r->arena, &v.is_there, &file, e));
    v.is_unknown = !v.is_there;
    v.notice = v.is_there ? notice : S("");
    if (v.is_there) {
        v.state = followup_state(file.observation.state, r->language);
        v.received_on = file.observation.received_on;
        v.may_withdraw = !file.observation.is_withdrawn && file.observation.state != STATE_REFERRED &&
                         date_days(date_of(r->now_at)) - date_days(v.received_on) <= WITHDRAW_DAYS;
        v.messages = file.n_messages;
        v.message = followup_messages(&file, r->language, r->arena);
        v.text = error.n > 0 ? form_value(&r->form, "text") : S("");
        v.points = text_points_find(r, v.text);
    }
    page_followup(response_page(out), &v);
    return error.n > 0 ? response_correct(out) : OK;
}

/* What the reporter asks for beside looking; what has been done, or what is wrong with it. */
static enum status act(const struct request *r, struct keyring *k, const struct receipt_code *code,
                       struct str *notice, struct str *error, struct err *e)
{
    struct str step = form_value(&r->form, "steg");
    struct err why = {0};
    bool is_there = false;
    enum status s = OK;

    if (str_is(step, "skriv")) {
        s = followup_write(k, code, form_value(&r->form, "text"), r->now_at, &is_there, &why);
        *notice = portal_text(r, TEXT_OBSERVATION_FOLLOW_SENT);
        if (s == BAD_INPUT)
            *error = portal_text(r, TEXT_OBSERVATION_FOLLOW_TEXT_ERROR);
    } else if (str_is(step, "ta-tillbaka")) {
        s = followup_withdraw(k, code, r->now_at, &is_there, &why);
        *notice = portal_text(r, TEXT_OBSERVATION_FOLLOW_WITHDRAWN);
        if (s == REFUSED)
            *error = portal_text(r, TEXT_OBSERVATION_FOLLOW_LATE);
    }
    if (error->n > 0)
        *notice = S("");
    return s == OK || error->n > 0 ? OK : err_set(e, s, "%s", why.what);
}

enum status followup_take(const struct request *r, struct response *out, struct err *e)
{
    struct str notice = S("");
    struct str error = S("");
    struct receipt_code code;
    struct keyring *k = NULL;

    TRY(desk_keyring(r, &k, e));
    if (!k || !receipt_code_read(form_value(&r->form, "kod"), &code)) {
        struct portal_view site = portal_view_of(r);
        struct followup_view v = view_of(r, &site, portal_text(r, TEXT_OBSERVATION_FOLLOW_CODE_ERROR));

        page_followup(response_page(out), &v);
        return response_correct(out);
    }
    enum status s = act(r, k, &code, &notice, &error, e);
    if (s == OK)
        s = show_case(r, out, k, &code, notice, error, e);
    secret_wipe(&code, sizeof code);
    return s;
}
