/* A city with a gathering in each of its states: a coordinator, an analyst, list keepers and two mappings
 * under way, of which the first is gathered for. */
#ifndef LYKTA_TESTS_HANDED_IN_H
#define LYKTA_TESTS_HANDED_IN_H

#include "gathering/gathering.h"
#include "link/agreement.h"

enum { NOON = 1785924000, DAY = 86400 }; /* 5 August 2026 */

/* Persons of the city, in the order they are added; the first keeper's number. */
enum { COORDINATOR = 1, ANALYST, KEEPER };

extern const struct who tester;
extern const char gathering_schema[];

/* Fills the tables with a coordinator, an analyst, two list keepers and two mappings under way. */
extern const char gathering_persons[];

struct db *db_of(void **state);
struct arena *arena_of(void **state);

/* Opens the city, as a fixture's beginning. */
int begin(void **state);

/* The key pair of list `name`, made of a number, and its public half. */
void pair_of(struct key_pair *out, const char *name, unsigned char number);
struct str open_half(const char *name, unsigned char number, struct arena *a);

/* The gathering of the first mapping. */
struct gathering found(void **state);
enum status open_first(void **state, struct err *e);

/* From nothing to the state in which digits are compared; from there to that of the secret. */
void hand_in_keys(void **state);
void compare_digits(void **state);

/* The file that shares a secret between keys `first` and 2; from nothing to the state of handing in. */
struct str secret_of(unsigned char first, struct arena *a);
void share_secret(void **state);

/* Something sealed to the linkage unit; from nothing until all lists are in. */
struct str sealed_list(struct arena *a);
void hand_in_lists(void **state);

#endif
