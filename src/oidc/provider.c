/* The municipality's provider as the city sees it. */
#include "oidc/provider.h"

#include "base/arena.h"
#include "base/text.h"
#include "oidc/key_set.h"
#include "oidc/members.h"
#include "oidc/oidc_settings.h"
#include "oidc/tools.h"
#include "web/html.h"

#include <pthread.h>

/* A document of the provider. Its arena is emptied when a new one takes its place. */
struct document {
    struct arena *arena;
    struct str bytes; /* empty: not asked for yet */
    int64_t at;
};

struct provider {
    struct arena *arena;
    const struct oidc_settings *settings;
    const struct oidc_tools *tools;
    pthread_mutex_t lock; /* over everything below; not held while the provider is asked */
    struct document description;
    struct document keys;
    int64_t looked_at; /* when an unknown key was last looked for */
    int asking;
    int64_t down_at; /* when it last did not answer */
};

struct provider *provider_open(const struct oidc_settings *settings, const struct oidc_tools *tools)
{
    struct arena *a = arena_open();
    struct provider *p = arena_new(a, 1, struct provider);

    *p = (struct provider){.arena = a,
                           .settings = settings,
                           .tools = tools,
                           .description.arena = arena_open(),
                           .keys.arena = arena_open()};
    if (pthread_mutex_init(&p->lock, NULL) != 0)
        give_up("a lock cannot be made");
    tools->begin();
    return p;
}

void provider_close(struct provider *p)
{
    if (!p)
        return;
    struct arena *a = p->arena; /* which holds `p` too */

    p->tools->end();
    pthread_mutex_destroy(&p->lock);
    arena_close(p->description.arena);
    arena_close(p->keys.arena);
    arena_close(a);
}

static enum status begin_asking(struct provider *p, int64_t now_at, struct err *e)
{
    enum status s = OK;

    pthread_mutex_lock(&p->lock);
    if (p->down_at > 0 && now_at - p->down_at < PROVIDER_DOWN_SECONDS)
        s = err_set(e, SYSTEM, "the provider did not answer a moment ago");
    else if (p->asking == PROVIDER_AT_ONCE)
        s = err_set(e, SYSTEM, "the provider is being asked by too many at once");
    else
        p->asking++;
    pthread_mutex_unlock(&p->lock);
    return s;
}

static void end_asking(struct provider *p, enum status s, int64_t now_at)
{
    pthread_mutex_lock(&p->lock);
    p->asking--;
    p->down_at = s == OK ? 0 : now_at;
    pthread_mutex_unlock(&p->lock);
}

static enum status ask(struct provider *p, const struct fetch *what, int64_t now_at, struct arena *a,
                       struct fetched *out, struct err *e)
{
    TRY(begin_asking(p, now_at, e));
    enum status s = p->tools->fetch(what, a, out, e);
    end_asking(p, s, now_at);
    return s;
}

/* A copy of the document, while it is younger than an hour; else empty. */
static struct str kept(struct provider *p, const struct document *d, int64_t now_at, struct arena *a)
{
    pthread_mutex_lock(&p->lock);
    struct str bytes = d->bytes.n > 0 && now_at - d->at < PROVIDER_KEPT_SECONDS ? str_copy(d->bytes, a)
                                                                                : (struct str){NULL, 0};
    pthread_mutex_unlock(&p->lock);
    return bytes;
}

static void keep(struct provider *p, struct document *d, struct str bytes, int64_t now_at)
{
    pthread_mutex_lock(&p->lock);
    arena_reset(d->arena);
    d->bytes = str_copy(bytes, d->arena);
    d->at = now_at;
    pthread_mutex_unlock(&p->lock);
}

static enum status get(struct provider *p, const char *url, int64_t now_at, struct arena *a, struct str *out,
                       struct err *e)
{
    const struct fetch what = {.url = url, .authorities = p->settings->authorities};
    struct fetched answer;

    TRY(ask(p, &what, now_at, a, &answer, e));
    if (answer.http_status != 200)
        return err_set(e, SYSTEM, "the provider answered with HTTP status %d", answer.http_status);
    *out = answer.bytes;
    return OK;
}

/* What is kept has been checked before; it is read again, since reading is cheap and the result is plain. */
enum status provider_describe(struct provider *p, int64_t now_at, struct arena *a, struct description *out,
                              struct err *e)
{
    struct str issuer = str_of(p->settings->issuer);
    const char *slash = str_ends(issuer, S("/")) ? "" : "/";
    struct str bytes = kept(p, &p->description, now_at, a);

    if (bytes.n > 0)
        return description_read(bytes, p->settings, a, out, e);
    const char *url = arena_printf(a, "%s%s.well-known/openid-configuration", p->settings->issuer, slash);
    TRY(get(p, url, now_at, a, &bytes, e));
    TRY(description_read(bytes, p->settings, a, out, e));
    keep(p, &p->description, bytes, now_at);
    return OK;
}

static void add(struct html *address, const char *name, struct str value)
{
    html_raw(address, str_of(name));
    html_put_url_part(address, value);
}

/* Both lists are asked for, the stronger first: who signs in is not known before the answer. */
static struct str levels(const struct oidc_settings *s, struct arena *a)
{
    return str_of(arena_printf(a, "%.*s%s%.*s", STR(s->acr_high), s->acr.n > 0 ? " " : "", STR(s->acr)));
}

struct str provider_question(const struct oidc_settings *s, const struct description *d,
                             const struct provider_question *q, struct arena *a)
{
    struct html address = html_open(a, NULL);
    struct str before;
    struct str query;

    html_raw(&address, d->authorize_at);
    html_raw(&address, str_cut(d->authorize_at, '?', &before, &query) ? S("&") : S("?"));
    html_lit(&address, "response_type=code&scope=openid&code_challenge_method=S256");
    add(&address, "&client_id=", str_of(s->client_id));
    add(&address, "&redirect_uri=", str_of(s->return_to));
    add(&address, "&state=", q->state);
    add(&address, "&nonce=", q->nonce);
    add(&address, "&code_challenge=", q->challenge);
    add(&address, "&acr_values=", levels(s, a));
    if (q->login == ASK_ANEW)
        html_lit(&address, "&prompt=login");
    return html_str(&address);
}

/* In the head id and secret are percent-encoded first (RFC 6749, 2.3.1). */
static const char *encoded(const char *value, struct arena *a)
{
    struct html out = html_open(a, NULL);

    html_put_url_part(&out, str_of(value));
    return arena_cstr(a, html_str(&out).p, html_str(&out).n);
}

static enum status post_code(struct provider *p, const struct description *d, struct str code,
                             struct str verifier, int64_t now_at, struct arena *a, struct fetched *out,
                             struct err *e)
{
    const struct oidc_settings *s = p->settings;
    bool in_form = d->takes_form && !d->takes_head;
    struct html form = html_open(a, NULL);

    html_lit(&form, "grant_type=authorization_code");
    add(&form, "&code=", code);
    add(&form, "&redirect_uri=", str_of(s->return_to));
    add(&form, "&code_verifier=", verifier);
    add(&form, "&client_id=", str_of(s->client_id));
    if (in_form)
        add(&form, "&client_secret=", str_of(s->secret));
    const struct fetch what = {.url = arena_cstr(a, d->token_at.p, d->token_at.n),
                               .form = html_str(&form),
                               .user = in_form ? NULL : encoded(s->client_id, a),
                               .password = in_form ? NULL : encoded(s->secret, a),
                               .authorities = s->authorities};
    return ask(p, &what, now_at, a, out, e);
}

/* The token of a good answer. A fault is the code's (400, RFC 6749, 5.2) or else ours or the provider's. */
static enum status read_answer(const struct fetched *answer, struct arena *a, struct str *token,
                               struct err *e)
{
    static const char unknown[] =
        "the provider does not know our client_id or secret; see [oidc] of lykta.conf";
    json_t *o = NULL;

    if (answer->http_status == 401 || answer->http_status == 403)
        return err_set(e, SYSTEM,
                       "the provider does not know our client_id or secret; see [oidc] of lykta.conf");
    if (answer->http_status != 200 && answer->http_status != 400)
        return err_set(e, SYSTEM, "the provider answered a code with HTTP status %d", answer->http_status);
    TRY(members_read(answer->bytes, "the provider's answer to a code", &o, e));
    struct str fault = member_str(o, "error", a);
    *token = answer->http_status == 200 ? member_str(o, "id_token", a) : (struct str){NULL, 0};
    json_decref(o);
    if (token->n > 0)
        return OK;
    if (answer->http_status == 200)
        return err_set(e, REFUSED, "the provider gave no token for the code");
    if (str_is(fault, "invalid_client") || str_is(fault, "unauthorized_client"))
        return err_set(e, SYSTEM, "%s", unknown);
    return err_set(e, REFUSED, "the provider does not accept the code");
}

/* An unknown key in a list that is fresh: may the list be asked for again? No oftener than once a minute,
 * also when it could not be had. */
static bool may_look_again(struct provider *p, int64_t now_at)
{
    pthread_mutex_lock(&p->lock);
    bool may = now_at - p->looked_at >= PROVIDER_KEYS_STEP_SECONDS;
    if (may)
        p->looked_at = now_at;
    pthread_mutex_unlock(&p->lock);
    return may;
}

static enum status find_key(struct provider *p, const struct description *d, struct str kid, int64_t now_at,
                            struct arena *a, struct str *key, struct err *e)
{
    enum oidc_algorithm algorithm = p->settings->algorithm;
    struct str bytes = kept(p, &p->keys, now_at, a);
    bool is_found = false;

    if (bytes.n > 0)
        TRY(key_set_find(bytes, kid, algorithm, a, &is_found, key, e));
    if (!is_found && (bytes.n == 0 || may_look_again(p, now_at))) {
        TRY(get(p, arena_cstr(a, d->keys_at.p, d->keys_at.n), now_at, a, &bytes, e));
        TRY(key_set_find(bytes, kid, algorithm, a, &is_found, key, e));
        keep(p, &p->keys, bytes, now_at);
    }
    return is_found ? OK : err_set(e, REFUSED, "the token is signed with a key the provider does not show");
}

enum status provider_exchange(struct provider *p, struct str code, struct str verifier,
                              const struct token_wanted *wanted, struct arena *a, struct token_told *out,
                              struct err *e)
{
    enum oidc_algorithm algorithm = p->settings->algorithm;
    struct description d;
    struct fetched answer;
    struct str token;
    struct str kid;
    struct str key;
    struct str claims;

    TRY(provider_describe(p, wanted->now_at, a, &d, e));
    TRY(post_code(p, &d, code, verifier, wanted->now_at, a, &answer, e));
    TRY(read_answer(&answer, a, &token, e));
    TRY(token_head(token, algorithm, a, &kid, e));
    TRY(find_key(p, &d, kid, wanted->now_at, a, &key, e));
    TRY(p->tools->verify(token, key, algorithm, a, &claims, e));
    return token_claims(claims, wanted, a, out, e);
}
