/* The room of settings, as `lykta serve` is told of it. */
#ifndef LYKTA_SETTING_SETTING_PAGES_H
#define LYKTA_SETTING_SETTING_PAGES_H

#include "portal/room.h"

/*   /arbete/installningar             what the city has chosen, and what a person has still to check
 *   /arbete/installningar/nummer      a telephone number has been checked
 *   /arbete/installningar/provbrev    a letter to oneself by the real outbox */
extern const struct portal_room setting_room;

#endif
