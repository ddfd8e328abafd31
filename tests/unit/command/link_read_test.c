/* Reading the lists of lykta link from files and pipes. The people are random bits. */
#include "command/link_read.h"

#include "../scratch.h"
#include "../unit.h"

#include "base/rng.h"
#include "link/agreement.h"
#include "link/sealed.h"

#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum { PEOPLE = 3000 };

#define WITH_SCRATCH(test) cmocka_unit_test_setup_teardown(test, scratch_open, scratch_close)

static struct clk_header header_of_list(void)
{
    return (struct clk_header){.project = S("Example"),
                               .round = S("1"),
                               .list = S("A list (exempel)"),
                               .profile = PROFILE_CLK,
                               .normaliser = NORMALISE_VERSION,
                               .created_at = 1795000000,
                               .groups = 1,
                               .bits = {1024}};
}

static struct encodings people_of(const struct clk_header *h, struct arena *a)
{
    struct rng r = rng_open(1, 0);
    struct encodings x;

    clk_room(&x, h, PEOPLE, a);
    for (size_t i = 0; i < PEOPLE; i++) {
        x.present[i] = 1;
        for (size_t w = 0; w < 16; w++)
            x.group[0].word[i * 16 + w] = rng_u64(&r);
    }
    return x;
}

/* The list's bytes, sealed to `reader` unless that is NULL. */
static struct str bytes_of(const struct encodings *x, const struct key_pair *reader, struct arena *a)
{
    struct clk_header h = header_of_list();
    struct text out = text_open(a);
    struct sink to = sink_to_text(&out);
    struct sealed_writer *w = NULL;
    struct err e = {OK, ""};

    if (reader) {
        assert_int_equal(sealed_writer_open(&w, reader->open.box, &to, a, &e), OK);
        struct sink inside = sealed_sink(w);
        assert_int_equal(clk_write(&h, x, &inside, a, &e), OK);
        assert_int_equal(sealed_writer_close(w, &e), OK);
    } else {
        assert_int_equal(clk_write(&h, x, &to, a, &e), OK);
    }
    return text_str(&out);
}

static struct key_pair linker(void)
{
    struct key_pair pair;

    assert_true(sodium_init() >= 0);
    key_pair_of(&pair, S("Linker (exempel)"), (const unsigned char[AGREEMENT_KEY_BYTES]){9});
    return pair;
}

static void assert_same(const char *path, const struct key_pair *own, const struct encodings *x,
                        struct arena *a)
{
    struct clk_header h;
    struct encodings y;
    struct err e = {OK, ""};

    if (link_read(path, own, a, &h, &y, &e) != OK)
        fail_msg("%s", e.what);
    assert_str(h.list, "A list (exempel)");
    assert_int_equal(y.n, PEOPLE);
    assert_memory_equal(y.group[0].word, x->group[0].word, PEOPLE * 16 * sizeof(uint64_t));
}

static void assert_bad(const char *path, const struct key_pair *own, const char *says, struct arena *a)
{
    struct clk_header h;
    struct encodings y;
    struct err e = {OK, ""};

    assert_int_equal(link_read(path, own, a, &h, &y, &e), BAD_INPUT);
    assert_says(e, says);
}

static void a_file_gives_the_encodings_that_were_written(void **state)
{
    struct scratch *s = *state;
    struct clk_header h = header_of_list();
    struct encodings x = people_of(&h, s->arena);

    assert_same(scratch_write(s, "a.clk", bytes_of(&x, NULL, s->arena)), NULL, &x, s->arena);
}

static void a_sealed_file_is_opened_by_its_key_alone(void **state)
{
    struct scratch *s = *state;
    struct key_pair own = linker();
    struct clk_header h = header_of_list();
    struct encodings x = people_of(&h, s->arena);
    const char *path = scratch_write(s, "a.clk", bytes_of(&x, &own, s->arena));

    assert_same(path, &own, &x, s->arena);
    assert_bad(path, NULL, "give its key pair with --key", s->arena);
}

/* A pipe with a name, whose writer is another process. */
static void what_comes_through_a_pipe_is_the_same(void **state)
{
    struct scratch *s = *state;
    struct key_pair own = linker();
    struct clk_header h = header_of_list();
    struct encodings x = people_of(&h, s->arena);
    struct str bytes = bytes_of(&x, &own, s->arena);
    const char *path = scratch_path(s, "pipe");

    assert_int_equal(mkfifo(path, 0600), 0);
    pid_t child = fork();
    if (child == 0) {
        FILE *to = fopen(path, "w");
        _exit(to && fwrite(bytes.p, 1, bytes.n, to) == bytes.n && fclose(to) == 0 ? 0 : 1);
    }
    assert_same(path, &own, &x, s->arena);
    assert_int_equal(waitpid(child, NULL, 0), child);
}

/* The size alone is no reason to refuse: it is read, and what is wrong is told. */
static void a_file_of_more_than_a_gibibyte_is_read(void **state)
{
    struct scratch *s = *state;
    struct clk_header h = header_of_list();
    struct encodings x = people_of(&h, s->arena);
    const char *path = scratch_write(s, "a.clk", bytes_of(&x, NULL, s->arena));

    assert_int_equal(truncate(path, (off_t)3 << 30), 0);
    assert_bad(path, NULL, "bytes follow its end", s->arena);
}

static void a_file_of_more_than_16_gibibytes_is_refused_before_it_is_read(void **state)
{
    struct scratch *s = *state;
    const char *path = scratch_write(s, "a.clk", S("{"));

    assert_int_equal(truncate(path, ((off_t)16 << 30) + 1), 0);
    assert_bad(path, NULL, "more than 16 GiB", s->arena);
}

static void what_is_no_list_is_told(void **state)
{
    struct scratch *s = *state;

    assert_bad(scratch_path(s, "nobody"), NULL, "cannot be", s->arena);
    assert_bad(s->folder, NULL, "is not a file that can be read", s->arena);
    assert_bad(scratch_write(s, "empty", S("")), NULL, "cut short", s->arena);
    assert_bad(scratch_write(s, "text", S("hello\n")), NULL, "not a list of encodings", s->arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_SCRATCH(a_file_gives_the_encodings_that_were_written),
        WITH_SCRATCH(a_sealed_file_is_opened_by_its_key_alone),
        WITH_SCRATCH(what_comes_through_a_pipe_is_the_same),
        WITH_SCRATCH(a_file_of_more_than_a_gibibyte_is_read),
        WITH_SCRATCH(a_file_of_more_than_16_gibibytes_is_refused_before_it_is_read),
        WITH_SCRATCH(what_is_no_list_is_told),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
