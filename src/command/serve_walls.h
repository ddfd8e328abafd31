/* Which files the processes of a served city reach (walls/walls.h): its folder, what its settings name, and
 * of the system what a program needs to look up names, certificates and modules. */
#ifndef LYKTA_COMMAND_SERVE_WALLS_H
#define LYKTA_COMMAND_SERVE_WALLS_H

#include "base/err.h"

struct arena;
struct city;

/* Raises the walls of the process that answers the pages: files, programs, processes, signals. Before there
 * are other threads. SYSTEM when the system does not allow it. */
enum status serve_walls_pages(const struct city *city, struct arena *a, struct err *e) MUST_USE;

/* Its last wall, when its doors are open: no more of them, and no connection out of here, unless the city has
 * its database in a server or signs people in through a provider. */
enum status serve_walls_doors(const struct city *city, struct err *e) MUST_USE;

/* Raises the walls of the worker: it also writes the folder of backups, and connects to the mail server. */
enum status serve_walls_worker(const struct city *city, struct arena *a, struct err *e) MUST_USE;

#endif
