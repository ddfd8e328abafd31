/* The network's office: what its letters need of the city, and what it does by itself. */
#ifndef LYKTA_NETWORK_NETWORK_OFFICE_H
#define LYKTA_NETWORK_NETWORK_OFFICE_H

#include "store/errand.h"

/* Reminds members whose agreement ends or whose promise of confidentiality is a year old, once an hour. */
extern const struct errand network_errand;

#endif
