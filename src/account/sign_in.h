/* Signing in and out. */
#ifndef LYKTA_ACCOUNT_SIGN_IN_H
#define LYKTA_ACCOUNT_SIGN_IN_H

#include "web/route.h"

/* GET and POST /logga-in: the first step, by password; what follows is second_step.h. POST /logga-ut. */
route_handler sign_in_show, sign_in_take, sign_out_take;

#endif
