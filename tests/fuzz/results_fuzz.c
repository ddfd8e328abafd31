/* Hostile bytes as a file of results: judged within their bounds, and a ZIP file's names stay in its folder.
 */
#include "results/results_file.h"

#include "base/arena.h"

#include <assert.h>
#include <stddef.h>

int LLVMFuzzerTestOneInput(const unsigned char *bytes, size_t n);

int LLVMFuzzerTestOneInput(const unsigned char *bytes, size_t n)
{
    static const char *const names[] = {"m.pdf", "m.txt", "k.zip"};
    const struct str sent = {(const char *)bytes, n};
    struct arena *a = arena_open();
    struct str *name = NULL;
    size_t found = 0;

    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        struct results_file file;

        if (results_file_judge(i < 2 ? RESULTS_METHOD : RESULTS_CODE, str_of(names[i]), sent, a, &file) ==
            RESULTS_FINE)
            assert(file.size == (int64_t)n);
    }
    if (results_zip_names(sent, a, &name, &found))
        for (size_t i = 0; i < found; i++)
            assert(name[i].n > 0 && name[i].p[0] != '/');
    arena_close(a);
    return 0;
}
