/* Writing what stands with the programme's figures, trying how it looks, saving it. */
#ifndef LYKTA_PROGRAMME_LEAD_TEXT_PAGES_H
#define LYKTA_PROGRAMME_LEAD_TEXT_PAGES_H

#include "web/route.h"

/* Two texts of letters that take three bytes each, each byte sent as %XX. */
enum { LEAD_TEXT_FORM_BYTES = 512 * 1024 };

route_handler lead_text_show, lead_text_take, lead_text_try;

#endif
