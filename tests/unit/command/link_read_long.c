/* A list of more than a GiB, written, sealed and read whole. It needs room for it twice: on disk and in
 * memory. */
#include "command/link_read.h"

#include "../scratch.h"
#include "../unit.h"

#include "base/rng.h"
#include "link/agreement.h"
#include "link/sealed.h"

#include <sodium.h>
#include <string.h>
#include <sys/stat.h>

enum { BLOCK = 1000, PEOPLE = 1100 * BLOCK, WORDS = CLK_MAX_BITS / 64 };

/* Person i has the words that a generator of that number draws. */
static void draw_filter(uint64_t number, uint64_t word[WORDS])
{
    struct rng r = rng_open(number, 0);

    for (size_t w = 0; w < WORDS; w++)
        word[w] = rng_u64(&r);
}

static void write_list(const char *path, const struct key_pair *reader, struct arena *a)
{
    const struct clk_header h = {.project = S("Example"),
                                 .round = S("1"),
                                 .list = S("A register (exempel)"),
                                 .profile = PROFILE_CLK,
                                 .normaliser = NORMALISE_VERSION,
                                 .created_at = 1795000000,
                                 .n = PEOPLE,
                                 .groups = 1,
                                 .bits = {CLK_MAX_BITS},
                                 .present = {PEOPLE}};
    struct file_out *file = NULL;
    struct sealed_writer *sealed = NULL;
    struct clk_writer *w = NULL;
    struct encodings block;
    struct err e = {OK, ""};

    assert_int_equal(file_begin(&file, path, 0600, a, &e), OK);
    struct sink to = file_sink(file);
    assert_int_equal(sealed_writer_open(&sealed, reader->open.box, &to, a, &e), OK);
    struct sink inside = sealed_sink(sealed);
    assert_int_equal(clk_writer_open(&w, &h, &inside, a, &e), OK);
    clk_room(&block, &h, BLOCK, a);
    memset(block.present, 1, BLOCK);
    for (uint64_t i = 0; i < PEOPLE; i += BLOCK) {
        for (size_t k = 0; k < BLOCK; k++)
            draw_filter(i + k, block.group[0].word + k * WORDS);
        assert_int_equal(clk_writer_add(w, &block, &e), OK);
    }
    assert_int_equal(clk_writer_close(w, &e), OK);
    assert_int_equal(sealed_writer_close(sealed, &e), OK);
    assert_int_equal(file_commit(file, &e), OK);
}

static void every_person_of_it_is_read(void **state)
{
    struct scratch *s = *state;
    const char *path = scratch_path(s, "register.clk");
    struct key_pair own;
    struct clk_header h;
    struct encodings x;
    struct stat info;
    struct err e = {OK, ""};

    assert_true(sodium_init() >= 0);
    key_pair_of(&own, S("Linker (exempel)"), (const unsigned char[AGREEMENT_KEY_BYTES]){9});
    write_list(path, &own, s->arena);
    assert_int_equal(stat(path, &info), 0);
    assert_true(info.st_size > (off_t)1 << 30);
    if (link_read(path, &own, s->arena, &h, &x, &e) != OK)
        fail_msg("%s", e.what);
    assert_int_equal(x.n, PEOPLE);
    for (uint64_t i = 0; i < PEOPLE; i++) {
        uint64_t word[WORDS];

        draw_filter(i, word);
        assert_memory_equal(x.group[0].word + i * WORDS, word, sizeof word);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(every_person_of_it_is_read, scratch_open, scratch_close),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
