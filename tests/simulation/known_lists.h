/* Lists of people whose truth is known: simulated registers, and febrl's people in random parts. */
#ifndef LYKTA_TESTS_KNOWN_LISTS_H
#define LYKTA_TESTS_KNOWN_LISTS_H

#include "register.h"

#include "base/str.h"
#include "link/encodings.h"

#include <stddef.h>
#include <stdint.h>

struct arena;

enum { KNOWN_MOST_LISTS = 5, KNOWN_MOST_RECORDS = 5000 };

/* Fields of a schema over febrl's columns. */
#define KNOWN_NAMES                                                                                           \
    "{\"kind\": \"name\", \"columns\": [\"given_name\"]}, {\"kind\": \"name\", \"columns\": [\"surname\"]}, " \
    "{\"kind\": \"birth_date\", \"columns\": [\"date_of_birth\"]}"
#define KNOWN_PLACES                                                                                         \
    ", {\"kind\": \"place\", \"columns\": [\"suburb\"]}, {\"kind\": \"place\", \"columns\": [\"postcode\"]}"

/* Two lists: `both` people are on both. More: each of `people` is on each list with the share size / people.
 */
struct known_design {
    const char *name, *profile, *fields;
    const struct register_errors *errors; /* NULL: febrl's people */
    size_t runs, lists, size[KNOWN_MOST_LISTS], both, people;
};

/* Febrl's two files, line by line; line k of each is person `number[k]`. */
struct known_file {
    struct str header;
    struct str line[KNOWN_MOST_RECORDS];
    uint64_t number[KNOWN_MOST_RECORDS];
};

struct known_list {
    size_t n;
    uint64_t *person;
    struct encodings people;
};

/* Ends the program when `folder` does not hold them. */
void known_lists_read(struct known_file febrl[2], const char *folder, struct arena *a);

/* The lists of a design, other people for each seed, encoded, in `a`. */
void known_lists_make(const struct known_design *d, const struct known_file *febrl, uint64_t seed,
                      struct known_list *list, struct arena *a);

#endif
