/* Attacks on lists of encodings, as a linkage unit or a thief could make them: on people who do not exist, so
 * that it is known how many are found. What an attacker knows is stated for each. */
#ifndef LYKTA_TESTS_ATTACKS_H
#define LYKTA_TESTS_ATTACKS_H

#include "link/encodings.h"
#include "register.h"

#include <stddef.h>
#include <stdint.h>

struct arena;

/* People 0..n-1 of a register and their encodings in that order: the attacks do not look at the order. */
struct victim {
    size_t n;
    uint64_t seed;
    struct register_person *person;
    struct encodings x;
};

/* The list as its agency sends it, or as an attacker with a key makes it: under the same schema, without
 * noise. */
enum victim_noise { VICTIM_NOISE, VICTIM_NO_NOISE };

/* A list of `n` people without errors of writing, which is the attacker's best case, under a key drawn from
 * `key_number`. */
void victim_make(struct victim *out, const char *profile, int noise_percent, enum victim_noise noise,
                 uint64_t seed, size_t n, uint64_t key_number, struct arena *a);

/* People from..from+n-1 as list `list` of agencies in the field writes them, encoded with noise of that
 * list's own. */
struct encodings list_encode(const char *profile, int noise_percent, uint64_t seed, uint64_t list,
                             size_t from, size_t n, struct arena *a);

double dice(const uint64_t *x, const uint64_t *y, size_t bits);

/* The filter that holds the names of person i: the group of names, or the one filter there is. */
const uint64_t *name_filter(const struct victim *v, size_t i);
size_t name_bits(const struct victim *v);

/* Knows a public table of how frequent names are. Takes the filters that occur most for the most frequent
 * pairs of a given and a family name. The share of people whose both names are told. */
double attack_frequency(const struct victim *v, struct arena *a);

/* Knows the same. Finds sets of bits that come together, takes each for the pair of letters of its frequency,
 * and reads family names from the pairs (Christen, Ranbaduge, Vatsalan & Schnell 2018). *sets is how many
 * sets are found, *right the share of them taken for the right pair. The share of people whose family name is
 * told.
 */
double attack_patterns(const struct victim *v, size_t *sets, double *right, struct arena *a);

/* The share of people whose family name is told by always saying the most frequent one. */
double attack_guess(const struct victim *v);

/* Knows a register of `people` in clear, which holds all of the list's and others. Encodes it with the key
 * number `key_number` and takes the most similar. The share of people who are found. */
double attack_dictionary(const struct victim *v, const char *profile, int noise_percent, size_t people,
                         uint64_t key_number, struct arena *a);

/* Knows the names of a share of the list's people in clear (for the profile clk also birth and sex), and of
 * as many others as to make up the number, but neither the key nor who is who. Compares who resembles whom on
 * both sides, and goes on from the surest (after Vidanage, Christen, Ranbaduge & Schnell 2020). The share of
 * the known people who are found. */
double attack_graph(const struct victim *v, double share_known, struct arena *a);

/* What hardening costs: the best F1, at a cut chosen with the truth, of linking two lists of 500 with 150
 * people in common, written with the errors of the field, by names and birth alone. */
double price_of(const char *profile, int noise_percent, uint64_t seed, struct arena *a);

#endif
