/* Wrong guesses, counted. */
#include "account/attempts.h"

#include "base/err.h"

#include <sodium.h>

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

/* Counters stand in a table of fixed size, four to a row; in a full row the one quiet for longest gives way.
 */
enum { ROWS = 2048, WAYS = 4, NAME_BYTES = 16 };

enum scope { SCOPE_PAIR, SCOPE_ACCOUNT, SCOPE_SOURCE, SCOPES };

static const struct rule {
    int free;
    int64_t most_seconds;
} rules[SCOPES] = {[SCOPE_PAIR] = {ATTEMPTS_FREE_PAIR, ATTEMPTS_MOST_PAIR_SECONDS},
                   [SCOPE_ACCOUNT] = {ATTEMPTS_FREE_ACCOUNT, ATTEMPTS_MOST_ACCOUNT_SECONDS},
                   [SCOPE_SOURCE] = {ATTEMPTS_FREE_SOURCE, ATTEMPTS_MOST_SOURCE_SECONDS}};

struct counter {
    unsigned char name[NAME_BYTES]; /* a keyed hash: of whom or what, says nobody */
    int wrong;                      /* 0: the place is free */
    int64_t last_at;
};

struct attempts {
    pthread_mutex_t lock;
    unsigned char key[crypto_generichash_KEYBYTES];
    struct counter counter[ROWS][WAYS];
};

struct attempts *attempts_open(void)
{
    struct attempts *x = calloc(1, sizeof *x);

    if (!x || pthread_mutex_init(&x->lock, NULL) != 0)
        give_up("no memory for counting attempts to sign in");
    randombytes_buf(x->key, sizeof x->key);
    return x;
}

void attempts_close(struct attempts *x)
{
    if (!x)
        return;
    pthread_mutex_destroy(&x->lock);
    sodium_memzero(x, sizeof *x);
    free(x);
}

static void name_of(const struct attempts *x, enum scope scope, struct str account,
                    const unsigned char source[SOURCE_BYTES], unsigned char name[NAME_BYTES])
{
    crypto_generichash_state state;
    unsigned char kind = (unsigned char)scope;

    crypto_generichash_init(&state, x->key, sizeof x->key, NAME_BYTES);
    crypto_generichash_update(&state, &kind, 1);
    if (scope != SCOPE_ACCOUNT)
        crypto_generichash_update(&state, source, SOURCE_BYTES);
    if (scope != SCOPE_SOURCE)
        crypto_generichash_update(&state, (const unsigned char *)account.p, account.n);
    crypto_generichash_final(&state, name, NAME_BYTES);
}

static bool is_forgotten(const struct counter *c, int64_t now_at)
{
    return c->wrong == 0 || now_at - c->last_at >= ATTEMPTS_KEPT_SECONDS;
}

static struct counter *row_of(struct attempts *x, const unsigned char name[NAME_BYTES])
{
    return x->counter[(name[0] | (unsigned)name[1] << 8) % ROWS];
}

/* The counter of that name; NULL when nothing is counted. */
static struct counter *find(struct attempts *x, const unsigned char name[NAME_BYTES], int64_t now_at)
{
    struct counter *row = row_of(x, name);

    for (int i = 0; i < WAYS; i++)
        if (!is_forgotten(&row[i], now_at) && memcmp(row[i].name, name, NAME_BYTES) == 0)
            return &row[i];
    return NULL;
}

/* A new counter, in a free place or that of the one quiet for longest. */
static struct counter *add(struct attempts *x, const unsigned char name[NAME_BYTES], int64_t now_at)
{
    struct counter *row = row_of(x, name);
    struct counter *place = &row[0];

    for (int i = 0; i < WAYS && !is_forgotten(place, now_at); i++)
        if (is_forgotten(&row[i], now_at) || row[i].last_at < place->last_at)
            place = &row[i];
    *place = (struct counter){.wrong = 0};
    memcpy(place->name, name, NAME_BYTES);
    return place;
}

static int64_t wait_of(const struct counter *c, const struct rule *rule, int64_t now_at)
{
    int64_t wait = ATTEMPTS_WAIT_SECONDS;

    if (!c || c->wrong < rule->free)
        return 0;
    for (int i = rule->free; i < c->wrong && wait < rule->most_seconds; i++)
        wait *= 2;
    if (wait > rule->most_seconds)
        wait = rule->most_seconds;
    return c->last_at + wait > now_at ? c->last_at + wait - now_at : 0;
}

struct names {
    unsigned char name[SCOPES][NAME_BYTES];
};

static struct names names_of(const struct attempts *x, struct str account,
                             const unsigned char source[SOURCE_BYTES])
{
    struct names out;

    for (enum scope scope = SCOPE_PAIR; scope < SCOPES; scope++)
        name_of(x, scope, account, source, out.name[scope]);
    return out;
}

static int64_t longest_wait(struct attempts *x, const struct names *names, int64_t now_at)
{
    int64_t longest = 0;

    for (enum scope scope = SCOPE_PAIR; scope < SCOPES; scope++) {
        int64_t wait = wait_of(find(x, names->name[scope], now_at), &rules[scope], now_at);

        if (wait > longest)
            longest = wait;
    }
    return longest;
}

static void count_wrong(struct attempts *x, const struct names *names, int64_t now_at)
{
    for (enum scope scope = SCOPE_PAIR; scope < SCOPES; scope++) {
        struct counter *c = find(x, names->name[scope], now_at);

        if (!c)
            c = add(x, names->name[scope], now_at);
        c->wrong++;
        c->last_at = now_at;
    }
}

int64_t attempts_begin(struct attempts *x, struct str account, const unsigned char source[SOURCE_BYTES],
                       int64_t now_at)
{
    const struct names names = names_of(x, account, source);

    pthread_mutex_lock(&x->lock);
    int64_t wait = longest_wait(x, &names, now_at);
    if (wait == 0)
        count_wrong(x, &names, now_at);
    pthread_mutex_unlock(&x->lock);
    return wait;
}

void attempts_right(struct attempts *x, struct str account, const unsigned char source[SOURCE_BYTES],
                    int64_t now_at)
{
    const struct names names = names_of(x, account, source);

    pthread_mutex_lock(&x->lock);
    for (enum scope scope = SCOPE_PAIR; scope < SCOPES; scope++) {
        struct counter *c = find(x, names.name[scope], now_at);

        if (c)
            c->wrong = scope == SCOPE_PAIR ? 0 : c->wrong - 1;
    }
    pthread_mutex_unlock(&x->lock);
}
