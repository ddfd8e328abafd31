/* Requests to see records: their list, a new one, and the secrecy review of one. */
#ifndef LYKTA_OBSERVATION_DISCLOSURE_PAGES_H
#define LYKTA_OBSERVATION_DISCLOSURE_PAGES_H

#include "web/route.h"

route_handler disclosures_show, disclosure_new_show, disclosure_new_take, disclosure_asked_show;
route_handler review_show, review_take;

#endif
