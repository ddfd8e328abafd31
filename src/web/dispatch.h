/* From a request that has been read to its answer: an embedded file, a route's handler, or an error page. */
#ifndef LYKTA_WEB_DISPATCH_H
#define LYKTA_WEB_DISPATCH_H

#include "web/answer.h"

struct exchange;

/* The answer to `x`; its bytes live as long as `x`. Holds a worker only while the handler runs, never while a
 * slow reader takes its page.                                                                             */
struct answer dispatch(struct exchange *x);

#endif
