/* GET /tillganglighet: the accessibility statement (lag (2018:1937), DOS-lagen). */
#ifndef LYKTA_PUBLIC_ACCESSIBILITY_PAGES_H
#define LYKTA_PUBLIC_ACCESSIBILITY_PAGES_H

#include "base/err.h"

struct public_view;
struct request;
struct response;

/* The statement, around which `text` is what the city itself has written. */
enum status accessibility_show(const struct request *r, struct response *out, const struct public_view *text,
                               struct err *e) MUST_USE;

#endif
