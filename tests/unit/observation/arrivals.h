/* Reports that arrive, for tests. */
#ifndef LYKTA_TESTS_ARRIVALS_H
#define LYKTA_TESTS_ARRIVALS_H

#include "../keyring/town.h"
#include "../unit.h"

#include "observation/receive.h"
#include "observation/report.h"

#include <string.h>

/* 2026-11-20 12:00 UTC: a Friday. */
enum { NOON_AT = 1795176000 };

/* Receives `text` by a form with the number `form`. */
static inline struct receipt arrive(struct town *t, struct str text, unsigned char form, int64_t now_at)
{
    const struct report report = {.actor = S("hotel"),
                                  .n_signs = 1,
                                  .sign = {{"HO07", 4}},
                                  .area = AREA_NORTH,
                                  .place = PLACE_HOTEL,
                                  .text = text};
    struct arrival arrival = {.report = &report, .channel = CHANNEL_ANYONE, .once = {form}, .now_at = now_at};
    struct receipt receipt;
    struct err e = {0};

    if (receive(t->keyring, &arrival, t->arena, &receipt, &e) != OK)
        fail_msg("%s", e.what);
    return receipt;
}

#endif
