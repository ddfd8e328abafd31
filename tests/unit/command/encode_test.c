/* lykta encode, as a person at an agency calls it. All people are invented. */
#include "../scratch.h"
#include "program.h"

#include "base/text.h"
#include "command/command.h"
#include "link/clk_json.h"
#include "link/sealed.h"

#include <fcntl.h>
#include <jansson.h>
#include <signal.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

static const char agreed_schema[] =
    "{\"lykta_schema\": 1, \"project\": \"Example\", \"round\": \"2026-1\", \"as_of\": \"2026-11-24\", "
    "\"fields\": [{\"kind\": \"name\", \"columns\": [\"förnamn\", \"given\"], \"optional\": true}, "
    "{\"kind\": \"name\", \"columns\": [\"efternamn\"]}, {\"kind\": \"birth_date\", \"columns\": [\"född\"]}, "
    "{\"kind\": \"place\", \"columns\": [\"ort\"], \"optional\": true}]}";
static const char header[] = "förnamn;efternamn;född;ort\n";
static const char key_digits[] = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f\n";

#define WITH_SCRATCH(test) cmocka_unit_test_setup_teardown(test, scratch_open, scratch_close)

/* The list's rows under the header, encoded with the test's key to OUT.clk in the scratch folder. */
static struct program encode(struct scratch *s, const char *rows, const char *option, const char *value)
{
    const char *schema = scratch_write(s, "schema.json", str_of(agreed_schema));
    const char *key = scratch_write(s, "key", str_of(key_digits));
    const char *list = scratch_write(s, "list.csv", str_of(arena_printf(s->arena, "%s%s", header, rows)));
    const char *out = scratch_path(s, "OUT.clk");

    return program_run(
        ARGUMENTS("encode", "--schema", schema, "--secret", key, list, "-o", out, option, value), S(""),
        s->arena);
}

static void read_out(struct scratch *s, const char *path, struct clk_header *h, struct encodings *x)
{
    struct str bytes;
    struct err e = {OK, ""};

    assert_int_equal(file_read(path, 1 << 26, s->arena, &bytes, &e), OK);
    size_t size = bytes.n;
    struct source from = source_of_str(&bytes, path);
    assert_int_equal(clk_read(h, x, &from, size, s->arena, &e), OK);
}

/* `n` rows of people who are told apart by their number. */
static const char *many_rows(size_t n, struct arena *a)
{
    struct text t = text_open(a);

    for (size_t i = 0; i < n; i++)
        text_format(&t, "Hittepå%c%c;Exempelsson%c;19%02zu-0%zu-1%zu;Lund\n", (int)('a' + i % 26),
                    (int)('a' + i / 26 % 26), (int)('a' + i / 676 % 26), i % 80, 1 + i % 9, i % 9);
    return t.p;
}

static void a_list_becomes_a_file_of_as_many_encodings(void **state)
{
    struct scratch *s = *state;
    struct program p = encode(s, many_rows(100, s->arena), NULL, NULL);
    struct clk_header h;
    struct encodings x;

    assert_int_equal(p.status, OK);
    read_out(s, scratch_path(s, "OUT.clk"), &h, &x);
    assert_int_equal(x.n, 100);
    assert_int_equal(h.present[GROUP_NAMES], 100);
    assert_str(h.list, "list");
    assert_str(h.round, "2026-1");
}

static void no_part_of_a_name_is_in_what_is_written_or_said(void **state)
{
    struct scratch *s = *state;
    struct program p = encode(s, many_rows(50, s->arena), "--list", "A");
    struct str bytes;
    struct err e;

    assert_int_equal(p.status, OK);
    assert_int_equal(file_read(scratch_path(s, "OUT.clk"), 1 << 20, s->arena, &bytes, &e), OK);
    assert_null(memmem(bytes.p, bytes.n, "Exempelsson", 11));
    assert_null(memmem(bytes.p, bytes.n, "exempelson", 10));
    assert_null(strstr(p.out.p, "xempels"));
    assert_null(strstr(p.err.p, "xempels"));
}

static void the_order_of_the_file_is_not_that_of_the_list(void **state)
{
    struct scratch *s = *state;
    const char *rows = scratch_path(s, "rows.csv");
    struct program p = encode(s, many_rows(200, s->arena), "--rows", rows);
    struct str bytes;
    struct str line;
    struct err e;
    size_t same = 0;

    assert_int_equal(p.status, OK);
    assert_int_equal(file_read(rows, 1 << 20, s->arena, &bytes, &e), OK);
    str_cut(bytes, '\n', &line, &bytes);
    assert_str(line, "place,line");
    for (size_t i = 1; i <= 200; i++) {
        str_cut(bytes, '\n', &line, &bytes);
        same += str_is(line, arena_printf(s->arena, "%zu,%zu", i, i + 1));
    }
    assert_true(same < 20); /* one in place is expected, 20 or more by chance below 10^-18 */
}

static void the_line_told_beside_an_encoding_is_that_of_the_person(void **state)
{
    struct scratch *s = *state;
    const char *rows = scratch_path(s, "rows.csv");
    struct clk_header h;
    struct encodings x;
    struct str bytes;
    struct str line;
    struct err e;

    assert_int_equal(encode(s, "A;B;1980-02-03;\n;;;Lund\n", "--rows", rows).status, OK);
    read_out(s, scratch_path(s, "OUT.clk"), &h, &x);
    assert_int_equal(file_read(rows, 1 << 20, s->arena, &bytes, &e), OK);
    str_cut(bytes, '\n', &line, &bytes);
    for (size_t i = 0; i < 2; i++) {
        str_cut(bytes, '\n', &line, &bytes);
        assert_true(str_ends(line, x.present[i] & 1U << GROUP_NAMES ? S(",2") : S(",3")));
    }
}

static void the_preview_tells_lines_and_never_what_stands_there(void **state)
{
    struct scratch *s = *state;
    const char *schema = scratch_write(s, "schema.json", str_of(agreed_schema));
    const char *rows = "Anna och Bo;Provsson;31/31/1999;Lund\n;;1980;\nX;Q;1980-02-03;Lund\n";
    const char *list = scratch_write(s, "list.csv", str_of(arena_printf(s->arena, "%s%s", header, rows)));
    struct program p =
        program_run(ARGUMENTS("encode", "--schema", schema, "--preview", list), S(""), s->arena);

    assert_int_equal(p.status, OK);
    assert_non_null(strstr(p.out.p, "list.csv: 3 people"));
    assert_non_null(strstr(p.out.p, "        0        1        1        0  lines 2"));
    assert_non_null(strstr(p.out.p, "0        1  lines 2"));
    assert_null(strstr(p.out.p, "Provsson"));
    assert_null(strstr(p.out.p, "31/31"));
}

static void the_preview_is_told_as_json_too(void **state)
{
    struct scratch *s = *state;
    const char *schema = scratch_write(s, "schema.json", str_of(agreed_schema));
    const char *list = scratch_write(
        s, "list.csv", str_of(arena_printf(s->arena, "%s%s", header, "A;Prov;31/31/1999;\n;;;\n")));
    struct program p =
        program_run(ARGUMENTS("encode", "--schema", schema, "--preview", "--json", list), S(""), s->arena);
    json_t *root = json_loadb(p.out.p, p.out.n, 0, NULL);
    const json_t *born = json_array_get(json_object_get(root, "fields"), 2);

    assert_int_equal(p.status, OK);
    assert_int_equal(json_integer_value(json_object_get(root, "people")), 2);
    assert_int_equal(json_integer_value(json_object_get(root, "nameless")), 1);
    assert_int_equal(json_integer_value(json_object_get(born, "odd")), 1);
    assert_int_equal(json_integer_value(json_array_get(json_object_get(born, "lines"), 0)), 2);
    json_decref(root);
}

static void a_guessed_schema_encodes_the_list_it_was_guessed_from(void **state)
{
    struct scratch *s = *state;
    const char *list =
        scratch_write(s, "list.csv", str_of(arena_printf(s->arena, "%s%s", header, many_rows(30, s->arena))));
    struct program p = program_run(ARGUMENTS("encode", "--guess", list), S(""), s->arena);
    const char *schema = scratch_write(s, "guessed.json", p.out);
    const char *key = scratch_write(s, "key", str_of(key_digits));
    const char *out = scratch_path(s, "OUT.clk");

    assert_int_equal(p.status, OK);
    assert_int_equal(program_run(ARGUMENTS("encode", "--schema", schema, "--secret", key, list, "-o", out),
                                 S(""), s->arena)
                         .status,
                     OK);
}

static void a_list_of_three_is_encoded_and_said_to_be_short(void **state)
{
    struct program p = encode(*state, many_rows(3, ((struct scratch *)*state)->arena), NULL, NULL);

    assert_int_equal(p.status, OK);
    assert_non_null(strstr(p.err.p, "fewer than 20 people"));
}

static void doubles_are_counted(void **state)
{
    struct program p =
        encode(*state, "A;Prov;1980-02-03;\nPROV;a;1980-02-03;Lund\nB;Prov;1980-02-03;\n", NULL, NULL);

    assert_non_null(strstr(p.err.p, "1 say the same of a person as another row"));
}

static void a_list_in_windows_1252_is_read_when_that_is_said(void **state)
{
    struct scratch *s = *state;
    const char *schema = scratch_write(s, "schema.json", str_of(agreed_schema));
    const char *list = scratch_write(s, "list.csv",
                                     S("f\xF6rnamn;efternamn;f\xF6"
                                       "dd\n\xC5sa;Prov;1980\n"));
    struct program p =
        program_run(ARGUMENTS("encode", "--schema", schema, "--preview", list), S(""), s->arena);

    assert_int_equal(p.status, BAD_INPUT);
    assert_non_null(strstr(p.err.p, "list.csv:1:1: not UTF-8"));
    assert_non_null(strstr(p.err.p, "--encoding windows-1252"));
    p = program_run(ARGUMENTS("encode", "--schema", schema, "--preview", "--encoding", "windows-1252", list),
                    S(""), s->arena);
    assert_int_equal(p.status, OK);
}

static void two_hundred_columns_are_read(void **state)
{
    struct scratch *s = *state;
    const char *schema = scratch_write(s, "schema.json", str_of(agreed_schema));
    struct text t = text_open(s->arena);

    for (int i = 0; i < 197; i++)
        text_format(&t, "c%d,", i);
    text_lit(&t, "given,efternamn,född\n");
    for (int i = 0; i < 197; i++)
        text_lit(&t, "secret-of-the-row,");
    text_lit(&t, "A,Prov,1980\n");
    const char *list = scratch_write(s, "list.csv", text_str(&t));
    struct program p =
        program_run(ARGUMENTS("encode", "--schema", schema, "--preview", list), S(""), s->arena);
    assert_int_equal(p.status, OK);
    assert_null(strstr(p.out.p, "secret-of-the-row"));
}

static void a_row_that_is_cut_short_is_told_by_its_line_and_nothing_is_written(void **state)
{
    struct scratch *s = *state;
    struct program p = encode(s, "A;Prov;1980;Lund\nB;Prov", NULL, NULL);

    assert_int_equal(p.status, BAD_INPUT);
    assert_non_null(strstr(p.err.p, "list.csv:3:3: found 2 fields, expected 4"));
    assert_int_not_equal(access(scratch_path(s, "OUT.clk"), F_OK), 0);
}

static void a_secret_that_could_be_guessed_is_refused(void **state)
{
    struct scratch *s = *state;
    const char *schema = scratch_write(s, "schema.json", str_of(agreed_schema));
    const char *key = scratch_write(s, "key", S("sommar2026 i Lund\n"));
    const char *list = scratch_write(s, "list.csv", S("efternamn,född\nProv,1980\n"));
    const char *out = scratch_path(s, "OUT.clk");
    struct program p = program_run(ARGUMENTS("encode", "--schema", schema, "--secret", key, list, "-o", out),
                                   S(""), s->arena);

    assert_int_equal(p.status, REFUSED);
    assert_non_null(strstr(p.err.p, "could be guessed"));
    assert_null(strstr(p.err.p, "sommar"));
}

static void a_key_as_a_word_of_the_command_is_refused(void **state)
{
    struct scratch *s = *state;
    const char *schema = scratch_write(s, "schema.json", str_of(agreed_schema));
    const char *key = arena_printf(s->arena, "%.64s", key_digits);
    struct program p = program_run(ARGUMENTS("encode", "--schema", schema, "--secret", key, "-", "-o", "x"),
                                   S(""), s->arena);

    assert_int_equal(p.status, USAGE);
    assert_null(strstr(p.err.p, "000102"));
}

static void a_sealed_list_is_read_with_the_linkage_units_key(void **state)
{
    struct scratch *s = *state;
    unsigned char public_key[SEALED_KEY_BYTES];
    unsigned char secret_key[SEALED_KEY_BYTES];
    char hex[65];
    struct clk_header h;
    struct encodings x;
    struct str bytes;
    struct sealed_reader *r = NULL;
    struct err e;

    crypto_box_keypair(public_key, secret_key);
    sodium_bin2hex(hex, sizeof hex, public_key, sizeof public_key);
    const char *to = scratch_write(s, "linker.pub", str_of(hex));
    assert_int_equal(encode(s, many_rows(30, s->arena), "--to", to).status, OK);
    assert_int_equal(file_read(scratch_path(s, "OUT.clk"), 1 << 20, s->arena, &bytes, &e), OK);
    assert_true(sealed_starts(bytes));
    size_t size = bytes.n;
    struct source from = source_of_str(&bytes, "OUT.clk");
    assert_int_equal(sealed_reader_open(&r, public_key, secret_key, &from, s->arena, &e), OK);
    struct source inner = sealed_source(r);
    assert_int_equal(clk_read(&h, &x, &inner, size, s->arena, &e), OK);
    assert_int_equal(x.n, 30);
}

/* The rows of the vectors as a CSV with the schema's names, quoted. */
static const char *vector_rows(const json_t *features, const json_t *rows, struct arena *a)
{
    struct text t = text_open(a);
    size_t width = json_array_size(features);

    for (size_t i = 0; i < width; i++)
        text_format(&t, "%s%s", i ? "," : "",
                    json_string_value(json_object_get(json_array_get(features, i), "identifier")));
    for (size_t r = 0; r < json_array_size(rows); r++)
        for (size_t i = 0; i < width; i++)
            text_format(&t, "%s\"%s\"", i ? "," : "\n",
                        json_string_value(json_array_get(json_array_get(rows, r), i)));
    text_byte(&t, '\n');
    return t.p;
}

/* Values computed by clkhash itself: tests/data/pprl. */
static void with_a_schema_of_clkhash_its_bits_come_out_in_the_order_of_the_list(void **state)
{
    struct scratch *s = *state;
    json_t *root = json_load_file(TEST_DATA "/pprl/clkhash_vectors.json", 0, NULL);
    const json_t *cases = json_object_get(root, "cases");
    const char *key = scratch_write(s, "key", str_of(json_string_value(json_object_get(root, "secret"))));

    assert_true(json_array_size(cases) > 0);
    for (size_t c = 0; c < json_array_size(cases); c++) {
        const json_t *schema = json_object_get(json_array_get(cases, c), "schema");
        char *text = json_dumps(schema, 0);
        const char *path = scratch_write(s, "clkhash.json", str_of(text));
        const char *list = scratch_write(s, "list.csv",
                                         str_of(vector_rows(json_object_get(schema, "features"),
                                                            json_object_get(root, "rows"), s->arena)));
        struct program p = program_run(
            ARGUMENTS("encode", "--schema", path, "--secret", key, list, "-o", "-"), S(""), s->arena);

        free(text);
        assert_int_equal(p.status, OK);
        json_t *out = json_loadb(p.out.p, p.out.n, 0, NULL);
        assert_true(
            json_equal(json_object_get(out, "clks"), json_object_get(json_array_get(cases, c), "clks")));
        json_decref(out);
    }
    json_decref(root);
}

static void a_list_is_never_sealed_to_something_else_than_a_public_key(void **state)
{
    struct scratch *s = *state;
    const char *secret_half = scratch_write(
        s, "linker.key",
        S("lykta-key 1\nname L\nseed 000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f\n"));
    const char *other = scratch_write(s, "other", S("hej"));

    assert_int_equal(encode(s, many_rows(30, s->arena), "--to", secret_half).status, BAD_INPUT);
    assert_int_equal(encode(s, many_rows(30, s->arena), "--to", other).status, BAD_INPUT);
}

static void a_full_disk_leaves_nothing_behind(void **state)
{
    struct scratch *s = *state;
    const char *schema = scratch_write(s, "schema.json", str_of(agreed_schema));
    const char *key = scratch_write(s, "key", str_of(key_digits));
    const char *list = scratch_write(
        s, "list.csv", str_of(arena_printf(s->arena, "%s%s", header, many_rows(400, s->arena))));
    const char *out = scratch_path(s, "OUT.clk");
    const char *script =
        arena_printf(s->arena, "trap '' XFSZ; ulimit -f 20; '%s' encode --schema %s --secret %s %s -o %s",
                     TEST_PROGRAM, schema, key, list, out);
    struct program p = program_run_other((const char *const[]){"bash", "-c", script, NULL}, S(""), s->arena);

    assert_int_equal(p.status, SYSTEM);
    assert_non_null(strstr(p.err.p, "cannot be written"));
    p = program_run_other((const char *const[]){"ls", s->folder, NULL}, S(""), s->arena);
    assert_str(p.out, "key\nlist.csv\nschema.json\n");
}

/* Starts `argv` with a pipe as its standard input, of which `first` has been written, and cores allowed. */
static pid_t start_waiting(const char *const *argv, struct str first, int *write_end)
{
    int ends[2];

    assert_int_equal(pipe(ends), 0);
    pid_t child = fork();
    if (child == 0) {
        const struct rlimit any = {RLIM_INFINITY, RLIM_INFINITY};

        (void)setenv("ASAN_OPTIONS", "disable_coredump=0", 1);
        (void)setrlimit(RLIMIT_CORE, &any);
        (void)signal(SIGQUIT, SIG_DFL); /* a shell ignores it in what it starts in the background */
        dup2(ends[0], STDIN_FILENO);
        close(ends[1]);
        execvp(argv[0], (char *const *)(uintptr_t)argv);
        _exit(127);
    }
    close(ends[0]);
    assert_int_equal(write(ends[1], first.p, first.n), (ssize_t)first.n);
    *write_end = ends[1];
    return child;
}

/* Waits until `child` has read all that is in the pipe, so that it holds the names. */
static void wait_until_read(pid_t child, int write_end)
{
    int waiting = 1;

    while (waiting > 0 && waitpid(child, NULL, WNOHANG) == 0)
        assert_int_equal(ioctl(write_end, FIONREAD, &waiting), 0);
}

static void a_program_that_is_killed_while_it_holds_names_leaves_no_core(void **state)
{
    struct scratch *s = *state;
    const char *schema = scratch_write(s, "schema.json", str_of(agreed_schema));
    const char *argv[] = {TEST_PROGRAM, "encode", "--schema", schema, "--preview", "-", NULL};
    const char *plain[] = {"dd", "of=/dev/null", "status=none", NULL};
    int pipe_end = -1;
    int status = 0;
    pid_t child = start_waiting(plain, S("x"), &pipe_end);

    wait_until_read(child, pipe_end);
    kill(child, SIGQUIT);
    assert_int_equal(waitpid(child, &status, 0), child);
    close(pipe_end);
    if (!WCOREDUMP(status))
        skip(); /* this system writes no cores at all */
    unlink("core");
    child = start_waiting(argv, str_of(many_rows(20, s->arena)), &pipe_end);
    wait_until_read(child, pipe_end);
    kill(child, SIGQUIT);
    assert_int_equal(waitpid(child, &status, 0), child);
    close(pipe_end);
    assert_true(WIFSIGNALED(status));
    assert_false(WCOREDUMP(status));
}

static bool is_there(struct scratch *s, const char *ending)
{
    const char *script = arena_printf(s->arena, "ls %s | grep -q '%s$'", s->folder, ending);

    return program_run_other((const char *const[]){"sh", "-c", script, NULL}, S(""), s->arena).status == 0;
}

/* The list is long enough that the program is still encoding when the signal comes. */
static void a_signal_stops_it_and_leaves_nothing_behind(void **state)
{
    struct scratch *s = *state;
    const char *schema = scratch_write(s, "schema.json", str_of(agreed_schema));
    const char *key = scratch_write(s, "key", str_of(key_digits));
    const char *list = scratch_write(
        s, "list.csv", str_of(arena_printf(s->arena, "%s%s", header, many_rows(200000, s->arena))));
    const char *out = scratch_path(s, "OUT.clk");
    const char *argv[] = {TEST_PROGRAM, "encode", "--schema", schema, "--secret", key, list, "-o", out, NULL};
    int pipe_end = -1;
    int status = 0;
    pid_t child = start_waiting(argv, S("x"), &pipe_end);

    while (!is_there(s, "tmp") && waitpid(child, &status, WNOHANG) == 0)
        continue;
    assert_int_equal(kill(child, SIGINT), 0);
    assert_int_equal(waitpid(child, &status, 0), child);
    close(pipe_end);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), SYSTEM);
    assert_false(is_there(s, "tmp"));
    assert_false(is_there(s, "OUT.clk"));
}

/* A made-up name that no rule of spelling changes, with each byte turned so that this program does not hold
 * it: "rimsklaftu" by 0x55. */
static const unsigned char marker[] = {0x27, 0x3C, 0x38, 0x26, 0x3E, 0x39, 0x34, 0x33, 0x21, 0x20};

/* Is the marker at `p`? Reads what the sanitizer thinks is nobody's, as a core file would. */
__attribute__((no_sanitize("address"))) static bool is_marker(const volatile unsigned char *p)
{
    for (size_t i = 0; i < sizeof marker; i++)
        if ((p[i] ^ 0x55) != marker[i])
            return false;
    return true;
}

/* How often the marker stands in this process's own memory. Larger areas are the sanitizer's. */
static int marks_in_memory(void)
{
    FILE *maps = fopen("/proc/self/maps", "r");
    char line[512];
    int found = 0;

    while (maps && fgets(line, sizeof line, maps)) {
        unsigned long long from = 0;
        unsigned long long to = 0;
        char rights[5] = "";

        if (sscanf(line, "%llx-%llx %4s", &from, &to, rights) != 3 || rights[1] != 'w' ||
            to - from > 64U << 20)
            continue;
        for (unsigned long long at = from; at + sizeof marker <= to; at++)
            found += is_marker((const volatile unsigned char *)(uintptr_t)at);
    }
    if (maps)
        fclose(maps);
    return maps ? found : -1;
}

/* A process of its own writes the list, so that this one never held the names. */
static void write_marked_list(const char *path)
{
    pid_t child = fork();
    int status = 0;

    if (child == 0) {
        FILE *file = fopen(path, "w");
        char name[sizeof marker + 1] = "";

        for (size_t i = 0; i < sizeof marker; i++)
            name[i] = (char)(marker[i] ^ 0x55);
        for (int i = 0; file && i < 40; i++)
            fprintf(file, "%sB%s;\"B%s\";1980;Lund\n", i ? "" : header, name, name);
        _exit(file && fclose(file) == 0 ? 0 : 1);
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(status, 0);
}

enum { NO_MARK, SOME_MARK, NOT_RUN };

/* What is found in the memory of a process that has encoded the list, or has merely read it. */
static int scan_after(struct scratch *s, const char *list, bool encodes)
{
    const char *schema = scratch_write(s, "schema.json", str_of(agreed_schema));
    const char *key = scratch_write(s, "key", str_of(key_digits));
    char *words[] = {arena_cstr(s->arena, "--schema", 8),
                     arena_printf(s->arena, "%s", schema),
                     arena_cstr(s->arena, "--secret", 8),
                     arena_printf(s->arena, "%s", key),
                     arena_printf(s->arena, "%s", list),
                     arena_cstr(s->arena, "-o", 2),
                     arena_printf(s->arena, "%s", scratch_path(s, "OUT.clk"))};
    pid_t child = fork();
    int status = 0;

    if (child == 0) {
        struct call call = {.command = &command_encode, .arena = arena_open()};
        struct err e = {OK, ""};
        struct str bytes;
        bool is_run = encodes ? call_parse(&call, 7, words, &e) == OK && command_encode.run(&call, &e) == OK
                              : file_read(list, 1 << 20, call.arena, &bytes, &e) == OK;
        int marks = marks_in_memory();

        _exit(!is_run || marks < 0 ? NOT_RUN : marks > 0 ? SOME_MARK : NO_MARK);
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    return WIFEXITED(status) ? WEXITSTATUS(status) : NOT_RUN;
}

static void after_an_encode_no_name_is_left_in_memory(void **state)
{
    struct scratch *s = *state;
    const char *list = scratch_path(s, "list.csv");

    write_marked_list(list);
    assert_int_equal(scan_after(s, list, false), SOME_MARK);
    assert_int_equal(scan_after(s, list, true), NO_MARK);
}

static void after_an_encode_no_name_is_in_any_file_but_the_list(void **state)
{
    struct scratch *s = *state;
    const char *list = scratch_path(s, "list.csv");

    write_marked_list(list);
    assert_int_equal(scan_after(s, list, true), NO_MARK);
    struct program p = program_run_other((const char *const[]){"grep", "-rli", "imsklaft", s->folder, NULL},
                                         S(""), s->arena);
    assert_true(str_equal(p.out, str_of(arena_printf(s->arena, "%s\n", list))));
}

static void wrong_options_are_told(void **state)
{
    struct arena *a = ((struct scratch *)*state)->arena;

    assert_int_equal(program_run(ARGUMENTS("encode", "x.csv"), S(""), a).status, USAGE);
    assert_int_equal(program_run(ARGUMENTS("encode", "--guess", "--schema", "s", "x"), S(""), a).status,
                     USAGE);
    assert_int_equal(program_run(ARGUMENTS("encode", "--guess", "-o", "o", "x"), S(""), a).status, USAGE);
    assert_int_equal(program_run(ARGUMENTS("encode", "--format", "x", "--guess", "x"), S(""), a).status,
                     USAGE);
    assert_int_equal(program_run(ARGUMENTS("encode", "--encoding", "x", "--guess", "x"), S(""), a).status,
                     USAGE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_SCRATCH(a_list_becomes_a_file_of_as_many_encodings),
        WITH_SCRATCH(no_part_of_a_name_is_in_what_is_written_or_said),
        WITH_SCRATCH(the_order_of_the_file_is_not_that_of_the_list),
        WITH_SCRATCH(the_line_told_beside_an_encoding_is_that_of_the_person),
        WITH_SCRATCH(the_preview_tells_lines_and_never_what_stands_there),
        WITH_SCRATCH(the_preview_is_told_as_json_too),
        WITH_SCRATCH(a_guessed_schema_encodes_the_list_it_was_guessed_from),
        WITH_SCRATCH(a_list_of_three_is_encoded_and_said_to_be_short),
        WITH_SCRATCH(doubles_are_counted),
        WITH_SCRATCH(a_list_in_windows_1252_is_read_when_that_is_said),
        WITH_SCRATCH(two_hundred_columns_are_read),
        WITH_SCRATCH(a_row_that_is_cut_short_is_told_by_its_line_and_nothing_is_written),
        WITH_SCRATCH(a_secret_that_could_be_guessed_is_refused),
        WITH_SCRATCH(a_key_as_a_word_of_the_command_is_refused),
        WITH_SCRATCH(a_sealed_list_is_read_with_the_linkage_units_key),
        WITH_SCRATCH(with_a_schema_of_clkhash_its_bits_come_out_in_the_order_of_the_list),
        WITH_SCRATCH(a_list_is_never_sealed_to_something_else_than_a_public_key),
        WITH_SCRATCH(a_full_disk_leaves_nothing_behind),
        WITH_SCRATCH(a_program_that_is_killed_while_it_holds_names_leaves_no_core),
        WITH_SCRATCH(a_signal_stops_it_and_leaves_nothing_behind),
        WITH_SCRATCH(after_an_encode_no_name_is_left_in_memory),
        WITH_SCRATCH(after_an_encode_no_name_is_in_any_file_but_the_list),
        WITH_SCRATCH(wrong_options_are_told),
    };
    return sodium_init() < 0 ? 1 : cmocka_run_group_tests(tests, NULL, NULL);
}
