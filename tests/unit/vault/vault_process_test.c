/* The vault as a process: it opens for who has the browser's half, gives no key away, and ends with who asks.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/message.h"
#include "seal/secret.h"
#include "vault/vault_process.h"

#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <sodium.h>

enum { ACCOUNT = 7, RECIPIENT = 3, NOW = 1795500000 };

/* Wrapped by a key, which costs nothing to try: Argon2id is for the one test that needs it. */
static const char passphrase[] = "0123456789abcdef0123456789abcdef";

/* A recipient, and the copy they have of a report's key. */
struct place {
    struct vault_process *vault;
    struct seal_public public_key;
    struct wrap wrap;
    struct seal_key report;
    struct seal_id id;
    unsigned char copy[SEAL_COPY_BYTES];
    unsigned char inverted[SEAL_KEY_BYTES]; /* the recipient's secret, each bit turned */
};

static int open_place(void **state)
{
    struct place *p = calloc(1, sizeof *p);
    struct seal_context where = {.city = S("1281"), .field = S("")};
    struct seal_key *secret = secret_open(sizeof *secret);
    struct err e;

    *state = p;
    seal_pair_make(&p->public_key, secret);
    for (size_t i = 0; i < SEAL_KEY_BYTES; i++)
        p->inverted[i] = (unsigned char)~secret->bytes[i];
    seal_key_make(&p->report);
    seal_id_make(&p->id);
    where.id = p->id;
    seal_key_copy(&p->report, &where, &p->public_key, p->copy);
    enum status s = wrap_secret(WRAP_KEY, str_of(passphrase), secret, &p->wrap, &e);
    secret_close(secret);
    return s == OK && vault_process_open(&p->vault, &e) == OK ? 0 : -1;
}

static int close_place(void **state)
{
    struct place *p = *state;

    vault_process_close(p->vault);
    free(p);
    return 0;
}

static struct vault_reply ask(const struct place *p, const struct vault_ask *a)
{
    struct vault_reply reply;
    struct err e;

    assert_int_equal(vault_process_ask(p->vault, a, &reply, &e), OK);
    return reply;
}

static struct vault_ask entering(const struct place *p, const char *typed)
{
    struct vault_ask a = {.work = VAULT_ENTER,
                          .account = ACCOUNT,
                          .recipient = RECIPIENT,
                          .now_at = NOW,
                          .public_key = p->public_key,
                          .wrap = p->wrap,
                          .passphrase_bytes = (uint32_t)strlen(typed)};

    memcpy(a.passphrase, typed, strlen(typed));
    return a;
}

static struct seal_key entered(const struct place *p)
{
    struct vault_ask a = entering(p, passphrase);
    struct vault_reply r = ask(p, &a);

    assert_int_equal(r.answer, VAULT_DONE);
    assert_int_equal(r.recipient, RECIPIENT);
    return r.key;
}

static struct vault_ask opening(const struct place *p, const struct seal_key *browser)
{
    struct vault_ask a = {.work = VAULT_OPEN,
                          .account = ACCOUNT,
                          .now_at = NOW,
                          .browser = *browser,
                          .id = p->id,
                          .city = "1281",
                          .city_bytes = 4};

    memcpy(a.copy, p->copy, SEAL_COPY_BYTES);
    return a;
}

static void the_browsers_half_opens_a_copy(void **state)
{
    const struct place *p = *state;
    struct seal_key browser = entered(p);
    struct vault_ask a = opening(p, &browser);
    struct vault_reply r = ask(p, &a);

    assert_int_equal(r.answer, VAULT_DONE);
    assert_memory_equal(&r.key, &p->report, sizeof r.key);
}

static void nothing_opens_without_it_elsewhere_or_later(void **state)
{
    const struct place *p = *state;
    struct seal_key browser = entered(p);
    struct vault_ask wrong[5];

    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        wrong[i] = opening(p, &browser);
    wrong[0].browser.bytes[0] ^= 1;
    wrong[1].account++;
    wrong[2].now_at += VAULT_IDLE_SECONDS;
    wrong[3].copy[50] ^= 1;
    wrong[4].city[3] = '0';
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        struct vault_reply r = ask(p, &wrong[i]);

        assert_int_equal(r.answer, VAULT_WRONG);
        assert_true(sodium_is_zero(r.key.bytes, SEAL_KEY_BYTES));
    }
}

static void a_wrong_passphrase_opens_nothing(void **state)
{
    const struct place *p = *state;
    struct vault_ask a = entering(p, "rike sotan dumy valo hepi");

    assert_int_equal(ask(p, &a).answer, VAULT_WRONG);
}

static void the_key_is_wrapped_by_another_passphrase(void **state)
{
    const struct place *p = *state;
    struct seal_key browser = entered(p);
    struct vault_ask a = entering(p, "rike sotan dumy valo hepi");

    a.work = VAULT_WRAP;
    a.browser = browser;
    struct vault_reply wrapped = ask(p, &a);
    assert_int_equal(wrapped.answer, VAULT_DONE);
    a.work = VAULT_ENTER;
    a.wrap = wrapped.wrap;
    assert_int_equal(ask(p, &a).answer, VAULT_DONE);
}

static void who_ends_has_locked(void **state)
{
    const struct place *p = *state;
    struct seal_key browser = entered(p);
    struct vault_ask a = opening(p, &browser);
    struct vault_ask end = {.work = VAULT_END, .account = ACCOUNT};

    assert_int_equal(ask(p, &end).answer, VAULT_DONE);
    assert_int_equal(ask(p, &a).answer, VAULT_WRONG);
}

/* Is the recipient's secret anywhere in the memory of this process? It is compared bit by bit with each bit
 * turned, so that looking does not bring it there. */
static bool is_in_memory(const unsigned char inverted[SEAL_KEY_BYTES])
{
    FILE *maps = fopen("/proc/self/maps", "r");
    FILE *memory = fopen("/proc/self/mem", "r");
    static unsigned char piece[4096];
    char line[512];
    bool is_found = false;

    assert_non_null(maps);
    assert_non_null(memory);
    while (!is_found && fgets(line, sizeof line, maps)) {
        unsigned long long from = 0;
        unsigned long long to = 0;

        if (sscanf(line, "%llx-%llx rw", &from, &to) != 2 || !strstr(line, " rw") ||
            to - from > (unsigned long long)512 * 1024 * 1024)
            continue;
        for (; from < to && !is_found; from += sizeof piece) {
            if (fseeko(memory, (off_t)from, SEEK_SET) != 0 || fread(piece, sizeof piece, 1, memory) != 1)
                continue;
            for (size_t i = 0; i + SEAL_KEY_BYTES <= sizeof piece && !is_found; i += 8) {
                size_t same = 0;

                while (same < SEAL_KEY_BYTES && piece[i + same] == (unsigned char)~inverted[same])
                    same++;
                is_found = same == SEAL_KEY_BYTES;
            }
        }
    }
    fclose(maps);
    fclose(memory);
    return is_found;
}

static void the_recipients_key_is_not_in_the_memory_of_who_asks(void **state)
{
    const struct place *p = *state;
    struct seal_key browser = entered(p);
    struct vault_ask a = opening(p, &browser);
    unsigned char *seen = secret_open(SEAL_KEY_BYTES);

    assert_int_equal(ask(p, &a).answer, VAULT_DONE);
    assert_false(is_in_memory(p->inverted));
    for (size_t i = 0; i < SEAL_KEY_BYTES; i++) /* and where it is, it is found */
        seen[i] = (unsigned char)~p->inverted[i];
    assert_true(is_in_memory(p->inverted));
    secret_close(seen);
}

enum { ASKERS = 40 };

struct asker {
    const struct place *place;
    struct vault_ask ask;
    uint32_t answer;
};

static void *ask_once(void *context)
{
    struct asker *x = context;

    x->answer = ask(x->place, &x->ask).answer;
    return NULL;
}

static void many_ask_at_once(void **state)
{
    const struct place *p = *state;
    struct seal_key browser = entered(p);
    pthread_t thread[ASKERS];
    struct asker asker[ASKERS];

    for (size_t i = 0; i < ASKERS; i++) {
        asker[i] =
            (struct asker){.place = p, .ask = i % 8 == 0 ? entering(p, passphrase) : opening(p, &browser)};
        assert_int_equal(pthread_create(&thread[i], NULL, ask_once, &asker[i]), 0);
    }
    for (size_t i = 0; i < ASKERS; i++) {
        pthread_join(thread[i], NULL);
        assert_int_equal(asker[i].answer, VAULT_DONE);
    }
}

static void what_is_no_ask_is_answered_as_wrong(void **state)
{
    const struct place *p = *state;
    struct vault_ask a = {.work = VAULT_WORKS, .account = ACCOUNT};

    assert_int_equal(ask(p, &a).answer, VAULT_WRONG);
    a = (struct vault_ask){.work = VAULT_TAKE, .account = 0};
    assert_int_equal(ask(p, &a).answer, VAULT_WRONG);
    a = (struct vault_ask){.work = VAULT_ENTER, .account = 1, .passphrase_bytes = UINT32_MAX};
    assert_int_equal(ask(p, &a).answer, VAULT_WRONG);
    a = (struct vault_ask){.work = VAULT_OPEN, .account = 1, .city_bytes = 9};
    assert_int_equal(ask(p, &a).answer, VAULT_WRONG);
    memset(&a, 0xff, sizeof a);
    assert_int_equal(ask(p, &a).answer, VAULT_WRONG);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_browsers_half_opens_a_copy),
        cmocka_unit_test(nothing_opens_without_it_elsewhere_or_later),
        cmocka_unit_test(a_wrong_passphrase_opens_nothing),
        cmocka_unit_test(the_key_is_wrapped_by_another_passphrase),
        cmocka_unit_test(who_ends_has_locked),
        cmocka_unit_test(the_recipients_key_is_not_in_the_memory_of_who_asks),
        cmocka_unit_test(many_ask_at_once),
        cmocka_unit_test(what_is_no_ask_is_answered_as_wrong),
    };

    if (sodium_init() < 0)
        return 1;
    return cmocka_run_group_tests_name("vault process", tests, open_place, close_place);
}
