/* Any bytes as the file of a template: one that can be written again, or a sentence. */
#include "template/template.h"

#include "base/arena.h"
#include "base/text.h"

#include <assert.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *a = arena_open();
    struct text out = text_open(a);
    struct template t;
    struct template again;
    struct err e = {OK, ""};

    if (template_read(&t, "fuzz", (struct str){(const char *)data, size}, a, &e) == OK) {
        template_write(&out, &t);
        assert(template_read(&again, "again", text_str(&out), a, &e) == OK);
        assert(again.measures == t.measures && again.texts == t.texts && again.signs == t.signs);
        assert(again.has_mapping == t.has_mapping && again.mapping.names == t.mapping.names);
    } else {
        assert(e.status == BAD_INPUT && e.what[0] != '\0');
    }
    arena_close(a);
    return 0;
}
