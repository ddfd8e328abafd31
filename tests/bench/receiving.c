/* How many reports a second are received by several workers at once, each kept by the disk before it is
 * answered: receiving CITY-FOLDER REPORTS. Built by hand, as docs/measurements/sealing.md says. */
#include "base/arena.h"
#include "base/number.h"
#include "keyring/keyring.h"
#include "keyring/recipient.h"
#include "observation/receive.h"
#include "observation/report.h"
#include "store/city.h"
#include "store/db.h"

#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { MOST_WORKERS = 16, SYNCS = 200 };

static const struct who who = {.name = "bench", .now_at = 1795176000};

struct worker {
    struct city *city;
    int64_t first, reports;
};

static double now_s(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void must(enum status s, const struct err *e)
{
    if (s != OK)
        die("%s", e->what);
}

/* The limit: how often a second this disk keeps a page that was added to a file. */
static double syncs_a_second(const char *folder)
{
    static const char page[4096];
    char path[4096];

    snprintf(path, sizeof path, "%s/syncs", folder);
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    double began = now_s();
    for (int i = 0; i < SYNCS; i++)
        if (fd < 0 || write(fd, page, sizeof page) != sizeof page || fdatasync(fd) != 0)
            die("%s: cannot be written", path);
    double took = now_s() - began;
    close(fd);
    unlink(path);
    return SYNCS / took;
}

static void *work(void *context)
{
    static const struct report report = {
        .actor = {"hotel", 5}, .n_signs = 1, .sign = {{"HO07", 4}}, .text = {"En rad.", 7}};
    const struct worker *w = context;
    struct arena *a = arena_open();
    struct keyring *k = NULL;
    struct db *db = NULL;
    struct err e;

    must(city_connect(w->city, DB_WRITE, &db, &e), &e);
    must(keyring_open(w->city, db, &k, &e), &e);
    for (int64_t i = w->first; i < w->first + w->reports; i++) {
        struct arrival arrival = {.report = &report, .channel = CHANNEL_ANYONE, .now_at = who.now_at};
        struct receipt receipt;

        memcpy(arrival.once, &i, sizeof i);
        must(receive(k, &arrival, a, &receipt, &e), &e);
    }
    keyring_close(k);
    db_close(db);
    arena_close(a);
    return NULL;
}

static double reports_a_second(struct city *city, int workers, int64_t first, int64_t reports)
{
    struct worker w[MOST_WORKERS];
    pthread_t thread[MOST_WORKERS];
    double began = now_s();

    for (int i = 0; i < workers; i++) {
        w[i] = (struct worker){city, first + i * (reports / workers), reports / workers};
        if (pthread_create(&thread[i], NULL, work, &w[i]) != 0)
            die("no threads left");
    }
    for (int i = 0; i < workers; i++)
        pthread_join(thread[i], NULL);
    return (double)(reports / workers * workers) / (now_s() - began);
}

int main(int argc, char **argv)
{
    const struct city_make make = {.municipality = {"1281", 4}, .who = who};
    const struct keyring_make keys = {.needed = 3, .shares = 5, .who = who};
    struct recovery_share share[5];
    enum recipient_state state;
    struct city *city = NULL;
    struct keyring *k = NULL;
    int64_t reports = 0;
    struct err e;

    if (argc != 3 || !i64_from_str(str_of(argv[2]), MOST_WORKERS, 1000000, &reports))
        die("usage: receiving FOLDER REPORTS");
    must(city_init(argv[1], &make, &e), &e);
    must(city_open(argv[1], DB_WRITE, &city, &e), &e);
    must(keyring_make(city, &keys, share, &e), &e);
    must(keyring_open(city, city->db, &k, &e), &e);
    must(recipient_ask(k, 1, S("lomu kadel stana beri fonu"), &who, &state, &e), &e);
    int64_t first = 0;
    for (int workers = 1; workers <= MOST_WORKERS; workers *= 2, first += reports) {
        double syncs = syncs_a_second(argv[1]);
        double rate = reports_a_second(city, workers, first, reports);
        printf("%2d workers: %5.0f reports a second; the disk keeps %5.0f pages a second, one by one; %.2f\n",
               workers, rate, syncs, rate / syncs);
    }
    keyring_close(k);
    city_close(city);
    return 0;
}
