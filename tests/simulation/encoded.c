/* Lists as their agencies would have encoded them. */
#include "encoded.h"

#include "base/arena.h"

#include <string.h>

static void must(enum status s, const struct err *e)
{
    if (s != OK)
        die("%s", e->what);
}

const struct schema *encoded_schema(const char *profile, const char *fields, struct arena *a)
{
    struct schema *s = arena_new(a, 1, struct schema);
    struct err e = {OK, ""};
    const char *json = arena_printf(
        a,
        "{\"lykta_schema\": 1, \"project\": \"Simulation (exempel)\", \"round\": \"1\", \"as_of\": \"2026-12-31\", "
        "\"profile\": \"%s\", \"noise_percent\": 5, \"fields\": [%s]}",
        profile, fields);

    must(schema_read(s, "schema", str_of(json), a, &e), &e);
    return s;
}

void encoded_list(struct encodings *out, const struct schema *s, struct str csv, size_t n, uint64_t seed,
                  size_t list, struct arena *a)
{
    unsigned char key[ENCODE_KEY_BYTES] = {1};
    unsigned char noise_key[ENCODE_KEY_BYTES] = {(unsigned char)(list + 1)};
    struct intake in;
    struct person p;
    struct err e = {OK, ""};
    bool has_person = true;

    memcpy(key + 1, &seed, sizeof seed);
    encodings_new(out, s, n, a);
    struct encoder *encoder = encoder_open(s, key, noise_key, a);
    must(intake_open(&in, s, "list", csv, a, &e), &e);
    for (size_t i = 0; i < n; i++) {
        must(intake_next(&in, a, &p, &has_person, &e), &e);
        encode_person(encoder, &p, i + 1, out, i);
    }
}
