/* Legal grounds for passing on what was reported: data (grounds.csv), so that a lawyer's change is a changed
 * line. Every row is marked "granskas" until a lawyer of the municipality has checked it against the adopted
 * text. */
#ifndef LYKTA_OBSERVATION_GROUND_H
#define LYKTA_OBSERVATION_GROUND_H

#include "base/err.h"
#include "base/str.h"

#include <stdbool.h>
#include <stddef.h>

struct arena;

struct ground {
    struct str code; /* "ALLVARLIGT" */
    struct str paragraph;
    struct str sv;
    struct str en;
    bool needs_weighing; /* the interests are weighed, and one line says how */
    struct str not_for;  /* kinds of owner it does not apply to: "social_services;health" */
    bool is_verified;
};

struct grounds {
    size_t n;
    struct ground *ground;
};

enum status grounds_read(struct arena *a, struct grounds *out, struct err *e) MUST_USE;

/* Grounds for holding something back when a record is asked for (secrecy.csv), in the same form. */
enum status secrecy_read(struct arena *a, struct grounds *out, struct err *e) MUST_USE;

/* NULL when there is none. */
const struct ground *ground_named(const struct grounds *all, struct str code);

/* May an owner of the kind `owner` ("municipality", "social_services", "health") use it? (OSL 10:27, third
 * paragraph: the general clause does not apply to the secrecy of social services and health care.) */
bool ground_is_for(const struct ground *ground, struct str owner);

#endif
