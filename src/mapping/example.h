/* The example mappings: published capture histories from another place, to show the method.
 *
 * Potential victims of human trafficking in the United Kingdom in 2013, on six kinds of lists, from the
 * strategic assessment of the National Crime Agency, as printed in Silverman (2014), Modern Slavery: an
 * application of multiple systems estimation, Home Office, and in Bales, Hesketh & Silverman (2015),
 * Significance 12 (3), 16-21.          */
#ifndef LYKTA_MAPPING_EXAMPLE_H
#define LYKTA_MAPPING_EXAMPLE_H

#include "mapping/mapping.h"
#include "store/keys.h"

#include <stdint.h>

/* The cube key of the example mappings in every city, so that an example reads the same wherever it is shown.
 * It keeps no secret: their counts are published. With this one three of the five towns have a figure and two
 * a range, so that both are shown. A mapping of a city's own people is rounded with the city's own key. */
extern const struct key mapping_example_key;

/* CSV as for counts_read and mapping_name. */
extern const char example_histories[];
extern const char example_names[];

/* Sets the example's texts and period. */
void mapping_example(struct mapping *out);

/* Five example cities that have made the same mapping: people who inject drugs in Scotland in 2006, on four
 * lists, of whom each city has one of the eight groups by region, gender and age as King et al. (2013),
 * Addiction Research and Theory 21 (3), 235-246, and Overstall & King (2014), J. Stat. Software 58 (7), print
 * them. No published counts of trafficking are divided into parts that have the same lists. */
struct example_town {
    const char *municipality, *name; /* "1281", "Lund (exempel)" */
    const char *folder;              /* "lund": a name for its folder, and for its host */
    const char *histories, *names;   /* CSV; without names its lists go by their codes */
    int64_t base;                    /* of the rounding; 0: the standard profile's */
    int64_t inhabitants;             /* rounded to thousands */
};

enum { EXAMPLE_TOWNS = 5 };

/* The last has an older specification: it rounds to tens, and does not name its lists. */
extern const struct example_town example_towns[EXAMPLE_TOWNS];

/* Sets the texts and period of their mapping. */
void mapping_example_of_towns(struct mapping *out);

#endif
