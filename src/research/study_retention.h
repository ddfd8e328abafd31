/* What is deleted when of studies. */
#ifndef LYKTA_RESEARCH_STUDY_RETENTION_H
#define LYKTA_RESEARCH_STUDY_RETENTION_H

#include "store/retention.h"

extern const struct retention_rule study_retention[];

#endif
