/* The room of the action plan.
 *
 *   /handlingsplan            the plan as it was decided last, for everyone; /handlingsplan/:id an earlier
 * one /plan                     the measures by goal; ?visa=tavla by state; ?visa=egna those of one's
 * organisation /plan/matt/:id            one, how it goes, and telling how it goes /plan/mall /plan/ny
 * /plan/matt/:id/andra /plan/besluta /plan/las-in   the coordinator's work /plan/fil/:file plan.csv,
 * plan.xlsx, plan.pdf                                                 */
#ifndef LYKTA_PLAN_PLAN_PAGES_H
#define LYKTA_PLAN_PLAN_PAGES_H

#include "portal/room.h"

extern const struct portal_room plan_room;

#endif
