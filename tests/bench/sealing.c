/* What sealing costs: sealing CITY-FOLDER REPORTS. Makes a city with three recipients, receives that many
 * reports, each with fsync, opens them all, and prints the times. Built by hand, as
 * docs/measurements/sealing.md says. */
#include "keyring/sealing.h"
#include "base/arena.h"
#include "base/number.h"
#include "keyring/keyring.h"
#include "keyring/recipient.h"
#include "observation/receive.h"
#include "observation/report.h"
#include "observation/triage.h"
#include "seal/secret.h"
#include "seal/wrap.h"
#include "store/city.h"
#include "store/db.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static const char *const phrase[] = {"lomu kadel stana beri fonu", "rike sotan dumy valo hepi",
                                     "vuna telo gisa poran mide"};

static double now_ms(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

/* Of this process: what a machine that does other things too cannot slow down. */
static double cpu_ms(void)
{
    struct timespec t;

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static void must(enum status s, const struct err *e)
{
    if (s != OK) {
        fprintf(stderr, "%s\n", e->what);
        exit(1);
    }
}

static struct opener recipients(struct keyring *k, const struct who *who, struct arena *a)
{
    struct seal_key *secret = secret_open(sizeof *secret);
    enum recipient_state state;
    struct recipient r;
    struct err e;

    must(recipient_ask(k, 1, str_of(phrase[0]), who, &state, &e), &e);
    must(recipient_of(k, 1, a, &r, &e), &e);
    double began = now_ms();
    must(wrap_open(str_of(phrase[0]), &r.public_key, r.wrap, secret, &e), &e);
    printf("opening a recipient's key by passphrase: %.0f ms\n", now_ms() - began);
    struct opener opener = {.recipient = r.id, .secret = secret};
    for (int64_t account = 2; account <= 3; account++) {
        must(recipient_ask(k, account, str_of(phrase[account - 1]), who, &state, &e), &e);
        must(recipient_of(k, account, a, &r, &e), &e);
        must(recipient_confirm(k, &opener, r.id, who, &e), &e);
    }
    return opener;
}

static void seal_alone(struct keyring *k, struct arena *a)
{
    enum { TIMES = 300 };
    double began = cpu_ms();
    struct err e;

    for (int i = 0; i < TIMES; i++) {
        struct receipt_code code;
        struct sealing *s = sealing_begin();
        struct seal_context where = sealing_context(k, &s->id, S("report"));
        unsigned char copy[SEAL_COPY_BYTES];
        struct seal_public to;
        struct str box;

        receipt_code_make(&code);
        must(sealing_receipt(k, s, &code, &e), &e);
        must(keyring_recovery(k, &to, &e), &e);
        for (int holder = 0; holder < 5; holder++) /* three recipients, the recovery key, the reporter */
            seal_key_copy(&s->key, &where, &to, copy);
        must(seal_text(&s->key, &where, S("En rad om det som hände."), a, &box, &e), &e);
        sealing_close(s);
    }
    printf("sealing a report to three recipients, without the database: %.2f ms of processor time\n",
           (cpu_ms() - began) / TIMES);
}

/* What a worker does when a request is over: `kib` is what request and page took. */
static void wipe_requests(int kib)
{
    enum { TIMES = 2000 };
    double cpu = 0;

    for (int i = 0; i < TIMES; i++) {
        struct arena *a = arena_open();

        for (int k = 0; k < kib; k++)
            memset(arena_alloc(a, 1024, 1), 1, 1024);
        double began = cpu_ms();
        arena_wipe(a);
        cpu += cpu_ms() - began;
        arena_close(a);
    }
    printf("wiping a request of %d KiB: %.4f ms of processor time\n", kib, cpu / TIMES);
}

int main(int argc, char **argv)
{
    struct who who = {.name = "bench", .now_at = 1795176000};
    const struct city_make make = {.municipality = {"1281", 4}, .who = who};
    const struct keyring_make keys = {.needed = 3, .shares = 5, .who = who};
    const struct report report = {
        .actor = {"hotel", 5}, .n_signs = 1, .sign = {{"HO07", 4}}, .text = {"En rad.", 7}};
    int64_t wanted = 1000;
    struct recovery_share share[5];
    struct city *city = NULL;
    struct keyring *k = NULL;
    struct arena *a = arena_open();
    struct err e;

    if (argc < 2 || argc > 3 || (argc == 3 && !i64_from_str(str_of(argv[2]), 1, 1000000, &wanted)))
        die("usage: sealing FOLDER [REPORTS]");
    const int n = (int)wanted;
    must(city_init(argv[1], &make, &e), &e);
    must(city_open(argv[1], DB_WRITE, &city, &e), &e);
    must(keyring_make(city, &keys, share, &e), &e);
    must(keyring_open(city, city->db, &k, &e), &e);
    struct opener opener = recipients(k, &who, a);
    seal_alone(k, a);
    wipe_requests(64);
    wipe_requests(1024);
    double began = now_ms();
    double cpu = cpu_ms();
    for (int i = 0; i < n; i++) {
        struct arrival arrival = {.report = &report, .channel = CHANNEL_ANYONE, .now_at = who.now_at};
        struct receipt receipt;

        memcpy(arrival.once, &i, sizeof i);
        must(receive(k, &arrival, a, &receipt, &e), &e);
    }
    printf("receiving, with fsync: %.2f ms a report (%.2f of processor time), %.0f a second\n",
           (now_ms() - began) / n, (cpu_ms() - cpu) / n, 1e3 * n / (now_ms() - began));
    struct observations all;
    began = now_ms();
    must(triage_list(city->db, 0, (size_t)n, a, &all, &e), &e);
    printf("the list of %d: %.0f ms\n", n, now_ms() - began);
    began = now_ms();
    for (int i = 1; i <= n && i <= 1000; i++) {
        struct case_file file;

        must(triage_open(k, &opener, i, &who, a, &file, &e), &e);
    }
    printf("opening each, with its line in the log and fsync: %.2f ms\n",
           (now_ms() - began) / (n < 1000 ? n : 1000));
    keyring_close(k);
    city_close(city);
    return 0;
}
