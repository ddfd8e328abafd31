/* What the action plan does by itself: reminders and questions to owners, and to the coordinators what is
 * late. */
#ifndef LYKTA_PLAN_PLAN_ERRAND_H
#define LYKTA_PLAN_PLAN_ERRAND_H

#include "store/errand.h"

extern const struct errand plan_errand;

#endif
