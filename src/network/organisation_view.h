/* An organisation as pages show it: the coordinator's, and its own people's. */
#ifndef LYKTA_NETWORK_ORGANISATION_VIEW_H
#define LYKTA_NETWORK_ORGANISATION_VIEW_H

#include "base/err.h"
#include "network/work_view.h"

struct request;

enum text_key organisation_state_text(enum organisation_state state);
enum text_key contact_place_text(enum contact_place place);

/* A row of a list; `o` outlives it. */
struct organisation_row organisation_row_of(const struct request *r, const struct organisation *o);

/* Fills *v with all that is known of the organisation, in the request's arena, but for layout and links.
 * REFUSED when there is none. */
enum status organisation_view_of(const struct request *r, int64_t id, struct organisation_view *v,
                                 struct err *e) MUST_USE;

#endif
