/* Any bytes as a form: what is taken is UTF-8 without control characters, and no more fields than a form has.
 */
#include "base/arena.h"
#include "web/form.h"

#include <assert.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *a = arena_open();
    struct form form = {0};
    struct err e = {OK, ""};

    if (form_parse((struct str){(const char *)data, size}, a, &form, &e) == OK) {
        assert(form.n <= FORM_MAX_FIELDS);
        for (size_t i = 0; i < form.n; i++) {
            assert(str_is_utf8(form.fields[i].name) && str_is_utf8(form.fields[i].value));
            assert(form.fields[i].value.n <= size);
        }
    }
    arena_close(a);
    return 0;
}
