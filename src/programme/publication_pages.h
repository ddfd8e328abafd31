/* What a programme has published, for everyone. */
#ifndef LYKTA_PROGRAMME_PUBLICATION_PAGES_H
#define LYKTA_PROGRAMME_PUBLICATION_PAGES_H

#include "web/route.h"

route_handler publications_show, publication_show, publication_file, publications_catalogue;

#endif
