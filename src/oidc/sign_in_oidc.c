/* Signing in through the municipality's provider. */
#include "oidc/sign_in_oidc.h"

#include "account/attempts.h"
#include "account/entrance.h"
#include "base/arena.h"
#include "oidc/identity.h"
#include "oidc/oidc.h"
#include "oidc/provider.h"
#include "oidc/told.h"
#include "portal/portal.h"
#include "store/db.h"
#include "web/html.h"
#include "web/request.h"
#include "web/response.h"

#include <sodium.h>

enum status provider_leave(const struct request *r, struct response *out, struct err *e)
{
    (void)e;
    if (!oidc_of(r))
        return response_error(out, 404);
    struct pending pending = pending_new(PENDING_SIGN_IN, r->language, portal_of(r)->outside);
    struct str target = entrance_target(r);
    pending.target = target.n <= PENDING_TARGET_BYTES ? target : (struct str){NULL, 0};
    return oidc_leave(r, out, &pending);
}

/* Whose sign-in `told` is, if they may be signed in to; id 0 else. */
static enum status find_person(const struct request *r, const struct token_told *who, struct person *out,
                               struct err *e)
{
    const struct identity identity = {.issuer = str_of(oidc_of(r)->settings.issuer), .subject = who->subject};
    int64_t id = 0;

    *out = (struct person){0};
    TRY(identity_owner(portal_db(r), &identity, &id, e));
    if (id == 0)
        return OK;
    TRY(person_find(portal_db(r), id, r->arena, out, e));
    if (out->is_closed || out->roles == 0)
        *out = (struct person){0};
    return OK;
}

static enum told_who who_of(const struct pending *pending)
{
    return pending->step == PENDING_SIGN_IN ? TOLD_READER : TOLD_OWNER;
}

struct refusal {
    enum told what;
    const char *why; /* for the log */
    int64_t person;  /* whose sign-in it is; 0: not known */
};

static enum status refuse(const struct request *r, struct response *out, const struct pending *pending,
                          const struct refusal *x, struct err *e)
{
    TRY(entrance_note_failure(r, x->person, x->why, e));
    return told(r, out, x->what, who_of(pending));
}

static enum status sign_in(const struct request *r, struct response *out, const struct pending *pending,
                           const struct token_told *who, struct err *e)
{
    struct person person;

    TRY(find_person(r, who, &person, e));
    if (person.id == 0)
        return refuse(r, out, pending, &(struct refusal){TOLD_UNLINKED, "oidc: nobody is linked", 0}, e);
    if (!oidc_is_enough(&oidc_of(r)->settings, who->acr, person.roles))
        return refuse(r, out, pending, &(struct refusal){TOLD_LOW, "oidc: level of assurance", person.id}, e);
    TRY(entrance_open(r, out, &person, SESSION_WHOLE, "oidc", e));
    struct str account = request_address(S("/konto"), r->language, r->arena);
    return told_onward(r, out, pending->target.n > 0 ? pending->target : account);
}

/* The person's session is not seen here, since its cookie does not come along from another site: who it is at
 * the provider is sealed, and the next page, asked for from our own, is where they confirm. */
static enum status carry_proof(const struct request *r, struct response *out, const struct pending *pending,
                               const struct token_told *who)
{
    struct pending proven = *pending;

    proven.step = PENDING_PROVEN;
    proven.subject = who->subject;
    proven.acr = who->acr;
    pending_set(out, oidc_of(r)->key, &proven, portal_of(r)->outside);
    return told_onward(r, out, request_address(S("/konto/kommun/koppla"), r->language, r->arena));
}

static enum status exchange(const struct request *r, const struct pending *pending, struct token_told *who,
                            struct err *e)
{
    const struct oidc *o = oidc_of(r);
    const struct token_wanted wanted = {.issuer = str_of(o->settings.issuer),
                                        .client_id = str_of(o->settings.client_id),
                                        .nonce = pending_text(pending->nonce, r->arena),
                                        .begun_at = pending->begun_at,
                                        .now_at = r->now_at};

    return provider_exchange(o->provider, form_raw(&r->query, "code"),
                             pending_text(pending->verifier, r->arena), &wanted, r->arena, who, e);
}

/* A code that is sent in: the provider is asked, not too often from one network. Each sign-in that has begun
 * counts for itself, so that colleagues behind one address do not slow each other down. */
static enum status take_code(const struct request *r, struct response *out, const struct pending *pending,
                             struct err *e)
{
    const char *guessed = arena_printf(r->arena, "oidc %s", pending_text(pending->state, r->arena).p);
    struct attempts *attempts = portal_of(r)->attempts;
    unsigned char source[SOURCE_BYTES];
    struct token_told who;
    struct err why = {0};

    request_source(r, source);
    if (attempts_begin(attempts, str_of(guessed), source, r->now_at) > 0)
        return told(r, out, TOLD_WAIT, who_of(pending));
    enum status s = exchange(r, pending, &who, &why);
    if (s != OK)
        request_log(r, "oidc", &why);
    if (s == REFUSED)
        return refuse(r, out, pending, &(struct refusal){TOLD_WRONG, "oidc: the answer does not hold", 0}, e);
    attempts_right(attempts, str_of(guessed), source, r->now_at);
    if (s != OK)
        return told(r, out, TOLD_DOWN, who_of(pending));
    return pending->step == PENDING_LINK ? carry_proof(r, out, pending, &who)
                                         : sign_in(r, out, pending, &who, e);
}

/* Does the answer come from the provider that was asked, and not from another that wants our code (RFC 9207)?
 */
static enum status is_from_provider(const struct request *r, bool *is_right, struct err *e)
{
    const struct oidc *o = oidc_of(r);
    struct description d;

    TRY(provider_describe(o->provider, r->now_at, r->arena, &d, e));
    *is_right =
        form_has(&r->query, "iss") ? str_is(form_raw(&r->query, "iss"), o->settings.issuer) : !d.names_issuer;
    return OK;
}

static bool is_state(const struct request *r, const struct pending *pending)
{
    struct str wanted = pending_text(pending->state, r->arena);
    struct str got = form_raw(&r->query, "state");

    return got.n == wanted.n && sodium_memcmp(got.p, wanted.p, wanted.n) == 0;
}

static enum status take_answer(const struct request *r, struct response *out, const struct pending *pending,
                               struct err *e)
{
    struct str fault = form_raw(&r->query, "error");
    struct err why = {0};
    bool is_right = false;

    if (pending->step == PENDING_PROVEN || !is_state(r, pending))
        return refuse(r, out, pending, &(struct refusal){TOLD_STALE, "oidc: state", 0}, e);
    if (is_from_provider(r, &is_right, &why) != OK) {
        request_log(r, "oidc", &why);
        return told(r, out, TOLD_DOWN, who_of(pending));
    }
    if (!is_right)
        return refuse(r, out, pending, &(struct refusal){TOLD_WRONG, "oidc: another issuer", 0}, e);
    if (str_is(fault, "access_denied"))
        return refuse(r, out, pending, &(struct refusal){TOLD_CANCELLED, "oidc: cancelled", 0}, e);
    if (fault.n > 0)
        return refuse(r, out, pending, &(struct refusal){TOLD_REFUSED, "oidc: refused by the provider", 0},
                      e);
    if (form_raw(&r->query, "code").n == 0)
        return refuse(r, out, pending, &(struct refusal){TOLD_WRONG, "oidc: no code", 0}, e);
    return take_code(r, out, pending, e);
}

/* The provider knows one address to come back to, which has no language: the one begun in goes on. */
enum status provider_return(const struct request *r, struct response *out, struct err *e)
{
    struct request ours = *r;
    struct pending pending;

    if (!oidc_of(r))
        return response_error(out, 404);
    if (!oidc_pending(r, &pending))
        return told(r, out, TOLD_STALE, TOLD_READER);
    ours.language = pending.language;
    out->page.texts = catalogue_of(pending.language);
    pending_clear(out);
    return take_answer(&ours, out, &pending, e);
}
