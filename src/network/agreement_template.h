/* A text of the agreement to begin with: a city reads it, changes it and publishes it as its own. */
#ifndef LYKTA_NETWORK_AGREEMENT_TEMPLATE_H
#define LYKTA_NETWORK_AGREEMENT_TEMPLATE_H

#include "network/agreement.h"

/* Points into the program. */
struct agreement_text agreement_template(void);

#endif
