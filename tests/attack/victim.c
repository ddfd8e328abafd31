/* Lists for the attacks. */
#include "attacks.h"

#include "base/arena.h"
#include "link/encode.h"

#include <assert.h>
#include <string.h>

double dice(const uint64_t *x, const uint64_t *y, size_t bits)
{
    int both = 0;
    int all = 0;

    for (size_t w = 0; w < bits / 64; w++) {
        both += __builtin_popcountll(x[w] & y[w]);
        all += __builtin_popcountll(x[w]) + __builtin_popcountll(y[w]);
    }
    return all ? 2.0 * both / all : 0.0;
}

const uint64_t *name_filter(const struct victim *v, size_t i)
{
    return filter_of(&v->x, GROUP_NAMES, i);
}

size_t name_bits(const struct victim *v)
{
    return v->x.group[GROUP_NAMES].bits;
}

static struct schema *schema_of(const char *profile, int noise_percent, struct arena *a)
{
    struct schema *s = arena_new(a, 1, struct schema);
    struct err e = {OK, ""};
    const char *json = arena_printf(
        a,
        "{\"lykta_schema\": 1, \"project\": \"x\", \"round\": \"1\", \"as_of\": \"2026-12-31\", "
        "\"profile\": \"%s\", \"noise_percent\": %d, \"fields\": [{\"kind\": \"name\", \"columns\": "
        "[\"förnamn\"]}, {\"kind\": \"name\", \"columns\": [\"efternamn\"]}, {\"kind\": "
        "\"birth_date\", \"columns\": [\"född\"]}, {\"kind\": \"sex\", \"columns\": [\"kön\"]}]}",
        profile, noise_percent);

    if (schema_read(s, "schema", str_of(json), a, &e) != OK)
        die("%s", e.what);
    return s;
}

void victim_make(struct victim *out, const char *profile, int noise_percent, enum victim_noise noise,
                 uint64_t seed, size_t n, uint64_t key_number, struct arena *a)
{
    static const struct register_errors none = {0};
    struct schema *s = schema_of(profile, noise_percent, a);
    unsigned char key[ENCODE_KEY_BYTES] = {0};
    struct text csv = text_open(a);
    struct intake in;
    struct person p;
    struct err e = {OK, ""};
    bool has_person = true;

    *out = (struct victim){.n = n, .seed = seed, .person = arena_new(a, n, struct register_person)};
    if (noise == VICTIM_NO_NOISE)
        s->noise_percent = 0; /* the hash, and so the keys, stay those of the agreed schema */
    memcpy(key, &key_number, sizeof key_number);
    text_add(&csv, str_of(register_header));
    for (size_t i = 0; i < n; i++) {
        register_person(&out->person[i], seed, i);
        register_row(&csv, seed, i, 0, &none);
    }
    encodings_new(&out->x, s, n, a);
    struct encoder *encoder = encoder_open(s, key, key, a);
    if (intake_open(&in, s, "list", text_str(&csv), a, &e) != OK)
        die("%s", e.what);
    for (size_t i = 0; i < n; i++) {
        if (intake_next(&in, a, &p, &has_person, &e) != OK || !has_person)
            die("%s", e.what);
        encode_person(encoder, &p, key_number * 1000003 + i, &out->x, i);
    }
}

struct encodings list_encode(const char *profile, int noise_percent, uint64_t seed, uint64_t list,
                             size_t from, size_t n, struct arena *a)
{
    const struct schema *s = schema_of(profile, noise_percent, a);
    unsigned char key[ENCODE_KEY_BYTES] = {1};
    unsigned char noise_key[ENCODE_KEY_BYTES] = {(unsigned char)(list + 1)};
    struct text csv = text_open(a);
    struct encodings out;
    struct intake in;
    struct person p;
    struct err e = {OK, ""};
    bool has_person = true;

    text_add(&csv, str_of(register_header));
    for (size_t i = 0; i < n; i++)
        register_row(&csv, seed, from + i, list, &register_field);
    encodings_new(&out, s, n, a);
    struct encoder *encoder = encoder_open(s, key, noise_key, a);
    if (intake_open(&in, s, "list", text_str(&csv), a, &e) != OK)
        die("%s", e.what);
    for (size_t i = 0; i < n; i++) {
        if (intake_next(&in, a, &p, &has_person, &e) != OK || !has_person)
            die("%s", e.what);
        encode_person(encoder, &p, i + 1, &out, i);
    }
    return out;
}
