/* What the module gives. */
#include "area/area_tools.h"

const struct area_tools area_tools_real = {.check = area_check, .simplify = area_simplify};
