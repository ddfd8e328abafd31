/* The example mapping: published capture histories from another place, to show the method.
 *
 * Potential victims of human trafficking in the United Kingdom in 2013, on six kinds of lists, from the
 * strategic assessment of the National Crime Agency, as printed in Silverman (2014), Modern Slavery: an
 * application of multiple systems estimation, Home Office, and in Bales, Hesketh & Silverman (2015),
 * Significance 12 (3), 16-21.          */
#ifndef LYKTA_MAPPING_EXAMPLE_H
#define LYKTA_MAPPING_EXAMPLE_H

#include "mapping/mapping.h"

/* CSV as for counts_read and mapping_name. */
extern const char example_histories[];
extern const char example_names[];

/* Sets the example's texts and period. */
void mapping_example(struct mapping *out);

#endif
