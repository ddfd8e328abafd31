/* The questions of the page of settings, and how their answers are read. */
#ifndef LYKTA_SETTING_SETTING_FORM_H
#define LYKTA_SETTING_SETTING_FORM_H

#include "base/str.h"

#include <stdbool.h>

struct request;
struct setting_view;
struct settings;

/* Fills v->fields with the questions, answered as it is `now`. */
void setting_ask(const struct request *r, const struct settings *now, struct setting_view *v);

/* Reads the answers into *wanted, which begins as `now`, and the password that was typed into *password
 * (empty: the one that is kept stays). False when something is wrong, told at its field. */
bool setting_read(const struct request *r, struct setting_view *v, const struct settings *now,
                  struct settings *wanted, struct str *password);

#endif
