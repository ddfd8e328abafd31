/* What a served city has in memory when a request is over: not what was told, not the page that showed it,
 * not the passphrase that opened it. */
#include "../portal/served.h"
#include "in_memory.h"

#include "keyring/keyring.h"
#include "keyring/recipient.h"
#include "seal/secret.h"
#include "store/city.h"

#include <stdio.h>
#include <string.h>

enum { MOST_ANSWER_BYTES = 1 << 22, WORD = 26 };

/* Each letter with one bit changed: the test itself does not hold what it looks for. */
static const char told[] = "pspswmjudoftuh`sdmrnlu`mmr";
static const char passphrase[] = "jornrwhmr`qhe`ohrj`onhufdm";

static void unflip(const char *flipped, char out[WORD + 1])
{
    for (size_t i = 0; i < WORD; i++)
        out[i] = (char)(flipped[i] ^ 1);
    out[WORD] = '\0';
}

/* Asks with `fields` and after them the word; nothing of the asking is left on the test's own side. */
static int ask(struct served *s, const struct asked *what, const char *fields, const char *flipped,
               char *unlock)
{
    struct arena *kept = s->scratch->arena;
    struct arena *own = arena_open();
    char *word = arena_new(own, WORD + 1, char);
    struct asked asked = *what;

    unflip(flipped, word);
    s->scratch->arena = own;
    asked.token = served_token(s, what->caller);
    asked.fields = fields ? arena_printf(own, "%s%s", fields, word) : NULL;
    int http_status = served_ask(s, &asked).http_status;
    const char *cookie = unlock ? strstr(s->answer, "Set-Cookie: ") : NULL;
    if (cookie)
        (void)sscanf(cookie, "Set-Cookie: %127[^;]", unlock);
    s->scratch->arena = kept;
    arena_wipe(own);
    arena_close(own);
    return http_status;
}

static size_t forget_answer(struct served *s, const char *flipped)
{
    char word[WORD + 1];

    unflip(flipped, word);
    size_t shown = strstr(s->answer, word) != NULL;
    explicit_bzero(word, sizeof word);
    explicit_bzero(s->answer, MOST_ANSWER_BYTES);
    return shown;
}

static struct caller recipient(struct served *s)
{
    static const struct keyring_make make = {
        .needed = 2, .shares = 2, .who = {.name = "test", .now_at = 1000000}};
    struct caller caller = served_caller(s, ROLE_TRIAGE);
    struct recovery_share *share = secret_open(2 * sizeof *share);
    char *words = secret_open(WORD + 1);
    enum recipient_state state = RECIPIENT_WAITING;
    struct keyring *k = NULL;
    struct err e = {0};

    assert_int_equal(keyring_make(s->city, &make, share, &e), OK);
    assert_int_equal(keyring_open(s->city, s->city->db, &k, &e), OK);
    unflip(passphrase, words);
    assert_int_equal(recipient_ask(k, caller.person, (struct str){words, WORD}, &make.who, &state, &e), OK);
    assert_int_equal(state, RECIPIENT_ACTIVE);
    keyring_close(k);
    secret_close(words);
    secret_close(share);
    return caller;
}

static void what_is_told_and_read_is_not_left_in_the_memory_of_the_server(void **state)
{
    static const char review[] = "plats=hotel&tecken=HO07&nar=idag&steg=granska&text=";
    static const char send[] = "plats=hotel&tecken=HO07&nar=idag&sett=1&steg=skicka&text=";
    struct served *s = *state;
    struct caller reader = served_caller(s, ROLE_READER);
    struct caller triage = recipient(s);
    const struct asked tell = {.method = "POST", .path = "/iakttagelse", .caller = &reader};
    const struct asked unlock = {.method = "POST", .path = "/bedomning/las-upp", .caller = &triage};
    char cookie[128] = "";

    assert_int_equal(ask(s, &tell, review, told, NULL), 200);
    assert_true(times_in_memory(told, WORD) > 0); /* in the answer that this test has got */
    assert_int_equal(forget_answer(s, told), 1);
    assert_int_equal(times_in_memory(told, WORD), 0);

    assert_int_equal(ask(s, &tell, send, told, NULL), 200);
    forget_answer(s, told);
    assert_int_equal(times_in_memory(told, WORD), 0);

    assert_int_equal(ask(s, &unlock, "laslosen=", passphrase, cookie), 303);
    forget_answer(s, passphrase);
    assert_int_equal(times_in_memory(passphrase, WORD), 0);

    const struct asked open = {.method = "GET", .path = "/bedomning/1", .caller = &triage, .cookies = cookie};
    assert_int_equal(ask(s, &open, NULL, told, NULL), 200);
    assert_int_equal(forget_answer(s, told), 1);
    assert_int_equal(times_in_memory(told, WORD), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_told_and_read_is_not_left_in_the_memory_of_the_server),
    };

    return cmocka_run_group_tests_name("memory", tests, served_begin, served_end);
}
