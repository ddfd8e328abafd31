/* The room of the audit log: read by auditors and the data protection officer, which is noted in it. */
#ifndef LYKTA_AUDIT_AUDIT_PAGES_H
#define LYKTA_AUDIT_AUDIT_PAGES_H

#include "portal/room.h"

enum { AUDIT_PAGE_ROWS = 50 };

extern const struct portal_room audit_room;

#endif
