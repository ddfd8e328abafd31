/* Any bytes as the JSON files of a release, which a sender has signed: a release that can be told, or a
 * sentence. The input is manifest, texts, estimate, protection and one table, with a line "--" between them.
 */
#include "base/arena.h"
#include "base/text.h"
#include "release/bundle.h"
#include "release/release_files.h"
#include "release/report.h"

#include <assert.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Cuts the next part off `rest`. */
static struct str next_part(struct str *rest)
{
    static const struct str line = {"\n--\n", 4};
    struct str whole = *rest;

    for (size_t i = 0; i < whole.n; i++)
        if (str_starts(str_part(whole, i, whole.n), line)) {
            *rest = str_part(whole, i + line.n, whole.n);
            return str_part(whole, 0, i);
        }
    *rest = S("");
    return whole;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *a = arena_open();
    struct bundle *b = arena_new(a, 1, struct bundle);
    struct release *r = arena_new(a, 1, struct release);
    struct str rest = {(const char *)data, size};
    struct text out = text_open(a);
    struct err e = {OK, ""};

    b->manifest = next_part(&rest);
    bundle_add(b, "texts.json", next_part(&rest));
    bundle_add(b, "estimate.json", next_part(&rest));
    bundle_add(b, "protection.json", next_part(&rest));
    bundle_add(b, "tables/lists.json", next_part(&rest));
    bundle_add(b, "cube.csv", S("people\n"));
    if (release_from_files(b, a, r, &e) == OK) {
        if (report_json(r, NULL, &out, &e) != OK || report_csv(r, NULL, &out, &e) != OK ||
            report_px(r, NULL, &out, &e) == USAGE)
            abort();
    } else {
        assert(e.status == BAD_INPUT && e.what[0] != '\0');
    }
    arena_close(a);
    return 0;
}
