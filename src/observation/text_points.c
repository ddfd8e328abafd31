/* What the scanner points at in a text that somebody wrote. */
#include "observation/text_points.h"

#include "base/arena.h"
#include "portal/portal.h"
#include "web/request.h"
#include "words/scanner.h"

static const enum text_key kind_text[SCAN_KINDS] = {
    TEXT_OBSERVATION_SCAN_IDENTITY, TEXT_OBSERVATION_SCAN_PHONE,  TEXT_OBSERVATION_SCAN_PLATE,
    TEXT_OBSERVATION_SCAN_EMAIL,    TEXT_OBSERVATION_SCAN_HANDLE, TEXT_OBSERVATION_SCAN_ROOM,
    TEXT_OBSERVATION_SCAN_NAME,     TEXT_OBSERVATION_SCAN_ORIGIN, TEXT_OBSERVATION_SCAN_HEALTH};

struct text_points text_points_find(const struct request *r, struct str text)
{
    struct scan scan = scan_text(text, r->arena);
    struct text_points out = {.point = arena_new(r->arena, scan.n + 1, struct text_point),
                              .is_refused = scan_refused(&scan) > 0};

    for (size_t i = 0; i < scan.n; i++)
        out.point[out.n++] = (struct text_point){str_part(text, scan.span[i].from, scan.span[i].n),
                                                 portal_text(r, kind_text[scan.span[i].kind])};
    return out;
}
