/* Any bytes as a file of a secure sum, and as the body of one under a good signature: what they should be, or
 * a sentence. */
#include "base/arena.h"
#include "secure/asking.h"
#include "secure/city.h"
#include "secure/county.h"

#include <assert.h>
#include <sodium.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { CITIES = 5 };

/* What somebody who takes part can sign: the same key stands for all. */
static void read_signed(struct str body, struct arena *a)
{
    static const unsigned char seed[AGREEMENT_KEY_BYTES] = {1};
    struct key_pair key;
    struct public_key city[CITIES];
    struct sum_round round = {.n = CITIES, .city = city, .cells = 1};
    struct roster roster = {.n = CITIES, .row = arena_new(a, CITIES, struct roster_row)};

    key_pair_of(&key, (struct str){"x", 1}, seed);
    for (size_t i = 0; i < CITIES; i++) {
        city[i] = key.open;
        roster.row[i].place = i;
    }
    round.county = key.open;
    for (int kind = LETTER_JOIN; kind < LETTER_KINDS; kind++) {
        struct text t = text_open(a);
        struct letter l;
        struct roster_row row;
        struct roster read;
        struct asking asking;
        const unsigned char *sealed = NULL;
        unsigned char has_come[CITIES];
        struct err e = {OK, ""};

        letter_write(&t, (enum letter_kind)kind, round.hash, kind == LETTER_JOIN, body, &key);
        assert(letter_read(&l, "fuzz", text_str(&t), &e) == OK);
        if (join_read(&row, &sealed, &round, &l, &e) != OK)
            assert(e.status == BAD_INPUT);
        if (roster_read(&read, &round, &l, 0, a, &e) != OK)
            assert(e.status == BAD_INPUT || e.status == REFUSED);
        if (asking_read(&asking, &round, &roster, &l, &e) == OK)
            assert(asking.came == CITIES);
        if (county_came(has_come, &round, &roster, &l, 1, &e) != OK)
            assert(e.status == BAD_INPUT || e.status == REFUSED);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct str bytes = {(const char *)data, size};
    struct arena *a = arena_open();
    struct sum_round round = {.n = CITIES};
    struct sum_part part;
    struct letter l;
    struct err e = {OK, ""};

    if (sodium_init() < 0)
        return 0;
    if (part_read(&part, &round, "fuzz", bytes, &e) != OK)
        assert(e.status == BAD_INPUT && e.what[0] != '\0');
    if (round_read(&round, "fuzz", bytes, a, &e) == OK)
        assert(round.n >= ROUND_LEAST_CITIES && round.cells > 0);
    else
        assert(e.status == BAD_INPUT && e.what[0] != '\0');
    if (letter_read(&l, "fuzz", bytes, &e) == OK)
        read_signed(l.body, a);
    else
        read_signed(bytes, a);
    arena_close(a);
    return 0;
}
