/* Any bytes as an agency's list: read twice, in order and by number, it is the same, and every person can be
 * encoded. */
#include "base/arena.h"
#include "link/rows.h"

#include <assert.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char json[] =
    "{\"lykta_schema\": 1, \"project\": \"x\", \"round\": \"1\", \"as_of\": \"2026-11-24\", \"strata\": [\"age\"], "
    "\"fields\": [{\"kind\": \"name\", \"columns\": [\"a\"]}, {\"kind\": \"birth_date\", \"columns\": [\"b\"], "
    "\"optional\": true, \"order\": \"day first\"}, {\"kind\": \"personnummer\", \"columns\": [\"c\"], "
    "\"optional\": true}, {\"kind\": \"place\", \"columns\": [\"d\"], \"optional\": true}]}";

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const unsigned char key[ENCODE_KEY_BYTES] = {1};
    struct arena *a = arena_open();
    struct arena *row = arena_open();
    struct schema *s = arena_new(a, 1, struct schema);
    struct rows *rows = arena_new(a, 1, struct rows);
    struct err e = {OK, ""};
    struct encodings x;
    struct person p;

    if (schema_read(s, "schema", str_of(json), a, &e) != OK)
        return 0;
    if (rows_scan(rows, s, "fuzz", (struct str){(const char *)data, size}, NULL, a, row, NULL, &e) == OK) {
        struct encoder *encoder = encoder_open(s, key, key, a);

        encodings_new(&x, s, rows->n, a);
        for (size_t i = rows->n; i > 0; i--) {
            assert(rows_read(rows, i - 1, row, &p, &e) == OK);
            encode_person(encoder, &p, i, &x, i - 1);
        }
    } else {
        assert(e.status == BAD_INPUT && e.what[0] != '\0');
    }
    arena_close(row);
    arena_close(a);
    return 0;
}
