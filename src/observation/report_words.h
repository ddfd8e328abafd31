/* The answers of a report in the reader's language: where, when, and what kind of work. */
#ifndef LYKTA_OBSERVATION_REPORT_WORDS_H
#define LYKTA_OBSERVATION_REPORT_WORDS_H

#include "observation/evidence.h"
#include "observation/report.h"
#include "web/language.h"

extern const enum text_key report_place_text[PLACES];
extern const enum text_key report_when_text[WHENS];
extern const enum text_key report_area_text[AREAS];

/* What a situation is counted as, in the order of situation_form_name. */
extern const enum text_key situation_form_text[SITUATION_FORMS];

#endif
