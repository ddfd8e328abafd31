/* The lists of tests/data/linkage, encoded, with the truth that the linking does not see. */
#ifndef LYKTA_TESTS_FEBRL_H
#define LYKTA_TESTS_FEBRL_H

#include "link/encode.h"
#include "link/linkage.h"

#include "../unit.h"

#include "base/file.h"

#include <stdio.h>
#include <string.h>

enum { FEBRL_MOST = 5000 };

struct febrl {
    struct encodings people;
    int64_t person[FEBRL_MOST];
};

/* By names and birth date, or with suburb, postal code and address as well. */
static inline struct schema *febrl_schema(const char *profile, bool with_places, struct arena *a)
{
    struct schema *s = arena_new(a, 1, struct schema);
    struct err e = {OK, ""};
    const char *json = arena_printf(
        a,
        "{\"lykta_schema\": 1, \"project\": \"Febrl\", \"round\": \"1\", \"as_of\": \"2026-11-24\", "
        "\"profile\": \"%s\", \"noise_percent\": 5, \"fields\": [{\"kind\": \"name\", \"columns\": [\"given_name\"]}, "
        "{\"kind\": \"name\", \"columns\": [\"surname\"]}, "
        "{\"kind\": \"birth_date\", \"columns\": [\"date_of_birth\"]}%s]}",
        profile,
        with_places
            ? ", {\"kind\": \"place\", \"columns\": [\"suburb\"]}, {\"kind\": \"place\", \"columns\": "
              "[\"postcode\"]}, {\"kind\": \"place\", \"columns\": [\"address_1\"]}"
            : "");

    if (schema_read(s, "febrl", str_of(json), a, &e) != OK)
        fail_msg("%s", e.what);
    return s;
}

/* The file's people whose number has a remainder below `keep` when it is spread and divided by ten. */
static inline struct febrl *febrl_read(const char *name, const struct schema *s, unsigned keep,
                                       struct arena *a)
{
    static const unsigned char key[ENCODE_KEY_BYTES] = {1, 2, 3};
    const unsigned char noise_key[ENCODE_KEY_BYTES] = {(unsigned char)name[6], (unsigned char)name[5]};
    struct febrl *x = arena_new(a, 1, struct febrl);
    struct encoder *encoder = encoder_open(s, key, noise_key, a);
    struct err e = {OK, ""};
    struct str bytes = {NULL, 0};
    struct intake in;
    struct person p;
    bool has_person = false;
    uint64_t row = 0;

    encodings_new(&x->people, s, FEBRL_MOST, a);
    x->people.n = 0;
    if (file_read(arena_printf(a, "%s/linkage/%s", TEST_DATA, name), 1 << 24, a, &bytes, &e) != OK ||
        intake_open(&in, s, name, bytes, a, &e) != OK)
        fail_msg("%s", e.what);
    while (intake_next(&in, a, &p, &has_person, &e) == OK && has_person) {
        char id[32];
        unsigned number = 0;

        snprintf(id, sizeof id, "%.*s", STR(in.in.fields[0]));
        assert_int_equal(sscanf(id, "rec-%u", &number), 1);
        row++;
        if ((number * 2654435761U >> 8) % 10 >= keep)
            continue;
        encode_person(encoder, &p, row, &x->people, x->people.n);
        x->person[x->people.n++] = number;
    }
    return x;
}

#endif
