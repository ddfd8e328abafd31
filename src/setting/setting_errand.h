/* What has been changed on the page of settings, taken over by the whole of a served city: every second. */
#ifndef LYKTA_SETTING_SETTING_ERRAND_H
#define LYKTA_SETTING_SETTING_ERRAND_H

#include "store/errand.h"

extern const struct errand setting_errand;

#endif
