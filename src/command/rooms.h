/* Which rooms a served city has. */
#ifndef LYKTA_COMMAND_ROOMS_H
#define LYKTA_COMMAND_ROOMS_H

struct portal_room;

/* Every room with pages, in the order of their links; ends with NULL. */
extern const struct portal_room *const rooms[];

#endif
