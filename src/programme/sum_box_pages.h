/* Pages of the post box of secure sums: for cities, by an address that cannot be guessed, and for whoever
 * adds.
 */
#ifndef LYKTA_PROGRAMME_SUM_BOX_PAGES_H
#define LYKTA_PROGRAMME_SUM_BOX_PAGES_H

#include "web/route.h"

route_handler sum_box_show, sum_box_take, sum_box_file, sum_boxes_show;

#endif
