/* Whose signature a token bears; part of the module lykta-oidc.so (tools.h). */
#ifndef LYKTA_OIDC_SIGNATURE_H
#define LYKTA_OIDC_SIGNATURE_H

#include "base/err.h"
#include "base/str.h"
#include "oidc/oidc_settings.h"

struct arena;

/* As oidc_tools.verify. */
enum status signature_verify(struct str token, struct str key, enum oidc_algorithm algorithm, struct arena *a,
                             struct str *claims, struct err *e) MUST_USE;

#endif
