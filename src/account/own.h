/* One's own account: sessions and password. */
#ifndef LYKTA_ACCOUNT_OWN_H
#define LYKTA_ACCOUNT_OWN_H

#include "web/route.h"

/* GET /konto; POST /konto/session/:id and /konto/sessioner end one or all others; GET and POST
 * /konto/losenord. */
route_handler own_show, own_session_end, own_sessions_end, own_password_show, own_password_take;

#endif
