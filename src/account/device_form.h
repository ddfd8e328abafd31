/* The form that sets up a device for codes: shown at the first sign-in, and when the device is changed. */
#ifndef LYKTA_ACCOUNT_DEVICE_FORM_H
#define LYKTA_ACCOUNT_DEVICE_FORM_H

#include "account/second_factor.h"
#include "base/err.h"

#include <stdbool.h>

struct device_view;
struct field_set;
struct request;

/* The view for who asks. The secret that is offered is made from the session, so that nothing is stored until
 * the device has shown that it knows it: the same each time the page is shown, another after each change of
 * device (`former_set_at`). It is left in *secret; the caller wipes it. */
struct device_view *device_form(const struct request *r, struct field_set *f, int64_t former_set_at,
                                struct totp_secret *secret);

/* Is what was typed the secret's code now? Tells so at its field; *step is its step. */
bool device_form_check(const struct request *r, struct device_view *v, const struct totp_secret *secret,
                       int64_t *step);

/* Keeps the device, with its line in the log, and makes new recovery codes: inside the caller's change. */
enum status device_form_keep(const struct request *r, const struct totp_secret *secret, int64_t step,
                             struct str codes[RECOVERY_CODES], struct err *e) MUST_USE;

#endif
