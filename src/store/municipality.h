/* Swedish municipalities by code: municipalities.csv holds those of Skåne (Statistics Sweden's codes, county
 * 12). */
#ifndef LYKTA_STORE_MUNICIPALITY_H
#define LYKTA_STORE_MUNICIPALITY_H

#include "base/err.h"
#include "base/str.h"

struct arena;

/* The name of the municipality `code`, in `a`: "Lund" for "1281". *name is empty when the code is not in the
 * list, which other counties' are not. BAD_INPUT when it is not four digits. */
enum status municipality_name(struct str code, struct arena *a, struct str *name, struct err *e) MUST_USE;

#endif
