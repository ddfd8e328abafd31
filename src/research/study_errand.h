/* What happens to studies by itself: notices that their access ends. */
#ifndef LYKTA_RESEARCH_STUDY_ERRAND_H
#define LYKTA_RESEARCH_STUDY_ERRAND_H

#include "store/errand.h"

extern const struct errand study_errand;

#endif
