/* The postman as an errand of a served city: a round every second. */
#ifndef LYKTA_MAIL_MAIL_ERRAND_H
#define LYKTA_MAIL_MAIL_ERRAND_H

#include "store/errand.h"

extern const struct errand mail_errand;

#endif
