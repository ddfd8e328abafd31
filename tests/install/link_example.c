/* Linkage by a program of somebody else: two agencies encode a person each, and whoever has no key sees how
 * alike they are. All people are invented. cc link_example.c $(pkg-config --cflags --libs lykta)
 */
#include <lykta.h>

#include <stdio.h>

static const char agreed[] =
    "{\"lykta_schema\": 1, \"project\": \"Example\", \"round\": \"1\", \"as_of\": \"2026-11-24\", \"fields\": ["
    "{\"kind\": \"name\", \"columns\": [\"name\"]}, {\"kind\": \"birth_date\", \"columns\": [\"born\"]}]}";

/* The list's only person as an encoding; `noise` is the agency's own. */
static enum status encode_one(const struct schema *schema, const char *csv, unsigned char noise,
                              struct arena *a, struct encodings *out, struct err *e)
{
    unsigned char key[ENCODE_KEY_BYTES] = {1};
    unsigned char noise_key[ENCODE_KEY_BYTES] = {noise};
    struct encoder *encoder = encoder_open(schema, key, noise_key, a);
    struct intake list;
    struct person person;
    bool has_person = false;

    TRY(intake_open(&list, schema, "list", str_of(csv), a, e));
    TRY(intake_next(&list, a, &person, &has_person, e));
    encodings_new(out, schema, 1, a);
    if (has_person)
        encode_person(encoder, &person, 1, out, 0);
    return OK;
}

static unsigned bits_in(const uint64_t *word, size_t words)
{
    unsigned n = 0;

    for (size_t i = 0; i < words; i++)
        n += (unsigned)__builtin_popcountll(word[i]);
    return n;
}

static double likeness_of_names(const struct encodings *x, const struct encodings *y, int noise_percent)
{
    const uint64_t *a = filter_of(x, GROUP_NAMES, 0);
    const uint64_t *b = filter_of(y, GROUP_NAMES, 0);
    size_t words = x->group[GROUP_NAMES].bits / 64;
    unsigned common = 0;

    for (size_t i = 0; i < words; i++)
        common += (unsigned)__builtin_popcountll(a[i] & b[i]);
    return similarity(common, bits_in(a, words) + bits_in(b, words), words * 64, noise_percent);
}

static enum status run(struct arena *a, struct err *e)
{
    struct schema schema;
    struct encodings police;
    struct encodings shelter;
    struct encodings another;

    TRY(schema_read(&schema, "schema", str_of(agreed), a, e));
    TRY(encode_one(&schema, "name,born\n\u00c5sa Exempelsson,1981-02-03\n", 1, a, &police, e));
    TRY(encode_one(&schema, "name,born\nEXEMPELSSON Aasa,1981-02-03\n", 2, a, &shelter, e));
    TRY(encode_one(&schema, "name,born\nCilla Hittep\u00e5,1975-07-08\n", 2, a, &another, e));
    printf("the same person %.2f, another %.2f\n", likeness_of_names(&police, &shelter, schema.noise_percent),
           likeness_of_names(&police, &another, schema.noise_percent));
    return OK;
}

int main(void)
{
    struct arena *a = arena_open_secret();
    struct err e;
    enum status s = run(a, &e);

    if (s != OK)
        fprintf(stderr, "%s\n", e.what);
    arena_close(a);
    return (int)s;
}
