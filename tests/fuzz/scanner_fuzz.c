/* Any bytes as a report's free line: spans lie in the text, in order, and never overlap. */
#include "base/arena.h"
#include "words/lix.h"
#include "words/scanner.h"
#include "words/terms.h"

#include <assert.h>
#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *a = arena_open();
    struct str text = {(const char *)data, size};
    struct scan scan = scan_text(text, a);
    struct lix count = {0};
    struct str word = text;
    size_t end = 0;

    for (size_t i = 0; i < scan.n; i++) {
        assert(scan.span[i].from >= end && scan.span[i].n > 0 && scan.span[i].n <= size - scan.span[i].from);
        end = scan.span[i].from + scan.span[i].n;
    }
    lix_add(&count, text);
    assert(count.sentences <= count.words && count.long_words <= count.words);
    if (terms_forbidden(text, &word))
        assert(word.p >= text.p && word.p + word.n <= text.p + text.n);
    arena_close(a);
    return 0;
}
