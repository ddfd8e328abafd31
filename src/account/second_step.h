/* The second step of signing in: a code from another device, or a recovery code; and the first time, setting
 * up that device. Until then a session is half and opens nothing else. */
#ifndef LYKTA_ACCOUNT_SECOND_STEP_H
#define LYKTA_ACCOUNT_SECOND_STEP_H

#include "web/route.h"

route_handler code_show, code_take;
route_handler recovery_show, recovery_take;
route_handler device_show, device_take;

#endif
