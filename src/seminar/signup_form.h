/* The form to sign up: the same questions for who comes by the public page and by an invitation. */
#ifndef LYKTA_SEMINAR_SIGNUP_FORM_H
#define LYKTA_SEMINAR_SIGNUP_FORM_H

#include "base/err.h"
#include "base/str.h"

#include <stdbool.h>

struct invitation;
struct request;
struct response;
struct seminar;
struct signup;
struct signup_view;

/* The questions for `s`, posted to `action`. `invited` answers the first of them; NULL: nobody is known.
 * Somebody who comes instead of the invited one (`is_other`) is asked for their own name and address. */
struct signup_view *signup_form(const struct request *r, const struct seminar *s,
                                const struct invitation *invited, bool is_other, struct str action);

/* Reads what was typed into *out; false when something is wrong, which the view then shows. */
bool signup_form_read(const struct request *r, struct signup_view *v, struct signup *out);

/* Was it filled in by a program that fills in every field? */
bool signup_form_is_trapped(const struct request *r);

enum status signup_form_show(const struct request *r, struct signup_view *v, struct response *out);

#endif
