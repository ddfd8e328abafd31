/* A register of people who do not exist, with a known truth, and the ways in which agencies write them down.
 *
 * Everything about person i, and about how list l writes that person, follows from the seed, i and l alone:
 * nothing is stored, and any number of people can be made. Rates of errors are guesses of ours, stated in
 * README.md, not measurements of any agency's list. */
#ifndef LYKTA_TESTS_REGISTER_H
#define LYKTA_TESTS_REGISTER_H

#include "base/date.h"
#include "base/text.h"

#include <stddef.h>
#include <stdint.h>

enum { REGISTER_TEXT = 48, REGISTER_GIVEN = 3000, REGISTER_FAMILY = 20000 };

/* Shares of rows, 0 to 1. */
struct register_errors {
    double respelled;   /* a name transcribed in another way: kh/ch, ou/u, aa/å, a letter doubled or not */
    double typed_wrong; /* one letter of a name is another */
    double swapped;     /* given and family name in each other's field */
    double alias;       /* another given name altogether */
    double second_name; /* a second family name as well */
    double no_date;     /* no date of birth */
    double year_only;   /* the year alone, or 1 January of it */
    double wrong_date;  /* day and month in each other's place, or a year off by one */
    double no_place;    /* neither town nor telephone */
    double moved;       /* another town and telephone than on other lists */
};

/* Careful registers, and case lists written in the field. */
extern const struct register_errors register_careful, register_field;

struct register_person {
    char given[REGISTER_TEXT];
    char family[REGISTER_TEXT];
    char second[REGISTER_TEXT]; /* a second family name, used now and then */
    char alias[REGISTER_TEXT];
    struct date birth;
    char sex; /* 'K' or 'M' */
    char town[REGISTER_TEXT];
    char phone[16]; /* of a series reserved for fiction; one household, one telephone */
};

void register_person(struct register_person *out, uint64_t seed, uint64_t i);

/* The columns of register_row, with a newline. */
extern const char register_header[];

/* Adds person `i` as list `list` writes it: a row of CSV with a newline. */
void register_row(struct text *out, uint64_t seed, uint64_t i, uint64_t list,
                  const struct register_errors *e);

/* The name number `rank` (0: the most frequent) of given names of a sex, or of family names, and how many of
 * 1,000,000 have it. What an attacker knows: a public table of names. */
double register_given(char out[REGISTER_TEXT], char sex, size_t rank);
double register_family(char out[REGISTER_TEXT], size_t rank);

#endif
