/* Any bytes as a table of counts and as a protected table: what is read can be protected, written and read
 * back as the same figures. */
#include "base/arena.h"
#include "base/text.h"
#include "protect/protect.h"
#include "protect/published.h"
#include "protect/table_csv.h"

#include <assert.h>

enum { MOST_ATTACKED = 60 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void protect_and_read_back(const struct table *t, struct arena *a)
{
    static const unsigned char key[CUBE_KEY_BYTES] = {1};
    struct text out = text_open(a);
    struct protection p;
    struct published seen;
    struct err e;

    if (protect(t, &(struct protect_options){.progress = NULL}, key, a, &p, &e) != OK)
        return;
    published_write(&out, &p.cube, CUBE_SWEDISH);
    enum status s = published_read("fuzz", text_str(&out), a, &seen, &e);
    assert(s == OK && seen.shape.published == t->shape.published);
}

/* Whatever the figures are, the programs end with bounds around a whole number, or say why not. */
static void attack(const struct published *published, struct arena *a)
{
    struct attack_report r;
    struct err e;

    if (attack_published(published, &(struct attack_options){.progress = NULL}, a, &r, &e) == OK)
        assert(r.exposed <= r.cells && r.cells <= published->shape.published);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct str whole = {(const char *)data, size};
    struct arena *a = arena_open();
    struct published published;
    struct table t;
    struct err e;

    if (table_csv_read("fuzz", whole, &(struct table_csv_options){.lists = {NULL, 0}}, a, &t, &e) == OK)
        protect_and_read_back(&t, a);
    if (published_read("fuzz", whole, a, &published, &e) == OK && published.shape.published <= MOST_ATTACKED)
        attack(&published, a);
    arena_close(a);
    return 0;
}
