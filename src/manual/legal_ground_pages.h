/* On which legal grounds each activity rested on a day: GET /hjalp/om-programmet/rattslig-grund?dag-day=… */
#ifndef LYKTA_MANUAL_LEGAL_GROUND_PAGES_H
#define LYKTA_MANUAL_LEGAL_GROUND_PAGES_H

#include "web/route.h"

route_handler legal_grounds_show;

#endif
