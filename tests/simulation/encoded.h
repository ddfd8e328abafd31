/* Lists as their agencies would have encoded them, for simulations. */
#ifndef LYKTA_TESTS_ENCODED_H
#define LYKTA_TESTS_ENCODED_H

#include "link/encode.h"

/* Fields of a schema over the register's columns: names, birth and sex; and what may be added to them. */
#define REGISTER_FIELDS                                                                                       \
    "{\"kind\": \"name\", \"columns\": [\"förnamn\"]}, {\"kind\": \"name\", \"columns\": [\"efternamn\"]}, " \
    "{\"kind\": \"birth_date\", \"columns\": [\"född\"]}, {\"kind\": \"sex\", \"columns\": [\"kön\"]}"
#define REGISTER_PLACES                                                                                      \
    ", {\"kind\": \"place\", \"columns\": [\"ort\"]}, {\"kind\": \"phone\", \"columns\": [\"telefon\"]}"

/* The schema with these fields, noise 5 %. */
const struct schema *encoded_schema(const char *profile, const char *fields, struct arena *a);

/* The `n` people of `csv`, list number `list`, under a key made of `seed`. */
void encoded_list(struct encodings *out, const struct schema *s, struct str csv, size_t n, uint64_t seed,
                  size_t list, struct arena *a);

#endif
