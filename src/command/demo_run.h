/* What lykta demo makes when it makes more than one city. */
#ifndef LYKTA_COMMAND_DEMO_RUN_H
#define LYKTA_COMMAND_DEMO_RUN_H

#include "base/err.h"
#include "store/audit.h"

struct call;

/* Makes the folder that `call` names, with a programme and five example cities in it, whole or not at all.
 * Each city has published its mapping, the programme knows the cities' keys and has taken nothing yet; what
 * the cities hand over lies ready. Tells on standard output what is where and what to do. */
enum status demo_programme(const struct call *call, const struct who *who, struct err *e) MUST_USE;

#endif
