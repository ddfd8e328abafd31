/* Any bytes as a form with files: all views lie inside the input or the arena. */
#include "base/arena.h"
#include "web/form.h"

#include <assert.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *a = arena_open();
    struct str bytes = {(const char *)data, size};
    struct str type;
    struct str body;
    struct form form;
    struct err e = {OK, ""};

    str_cut(bytes, '\n', &type, &body);
    if (form_parse_multipart(type, body, 8, a, &form, &e) == OK)
        for (size_t i = 0; i < form.files; i++) {
            struct str file = form.file[i].bytes;
            assert(file.n == 0 || (file.p >= body.p && file.p + file.n <= body.p + body.n));
            assert(form_file(&form, arena_cstr(a, form.file[i].name.p, form.file[i].name.n)));
        }
    arena_close(a);
    return 0;
}
