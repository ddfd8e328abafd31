/* A city with a key file, for tests: its folder is removed after the test. */
#ifndef LYKTA_TESTS_TOWN_H
#define LYKTA_TESTS_TOWN_H

#include "keyring/keyring.h"
#include "keyring/recipient.h"
#include "keyring/sealing.h"
#include "seal/sealed.h"
#include "store/city.h"

#include <stdbool.h>

struct arena;

#define TOWN_PASSPHRASE S("lomu kadel stana beri fonu")
#define TOWN_OTHER_PASSPHRASE S("rike sotan dumy valo hepi")

struct town {
    struct arena *arena;
    char folder[32];
    const char *path;
    struct city *city;
    struct keyring *keyring;
    struct recovery_share share[5];
    struct who who;
};

/* Setup and teardown: *state is a struct town. */
int town_open(void **state);
int town_close(void **state);

#define IN_TOWN(test) cmocka_unit_test_setup_teardown(test, town_open, town_close)

/* A recipient of the town at work, from the passphrase on. */
struct opener town_opener(struct town *t, int64_t account, struct str passphrase);

/* The first recipient, account 1, with TOWN_PASSPHRASE. */
struct opener town_recipient(struct town *t);

/* Seals `text` as "report"; gives its name. */
struct seal_id town_seal(struct town *t, struct str text);

/* Can `opener` read what is named `id`, and is it `expected`? */
bool town_reads(struct town *t, const struct opener *opener, const struct seal_id *id, struct str expected);

/* Do the bytes of any file in the town's folder hold `marker`, as it stands now (write-ahead logs too)? */
bool town_holds(struct town *t, const char *marker);

#endif
