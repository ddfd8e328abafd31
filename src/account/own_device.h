/* One's own device for codes: changing it, and making new recovery codes. Both ask for the password again. */
#ifndef LYKTA_ACCOUNT_OWN_DEVICE_H
#define LYKTA_ACCOUNT_OWN_DEVICE_H

#include "web/route.h"

/* GET and POST /konto/kod and /konto/aterstallningskoder. */
route_handler own_device_show, own_device_take, own_recovery_show, own_recovery_take;

#endif
