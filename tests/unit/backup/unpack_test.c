/* What is unpacked is a city's and nothing else, and files with names in Swedish come back. */
#include "../scratch.h"
#include "../unit.h"

#include "backup/archive.h"
#include "backup/backup.h"
#include "backup/written.h"
#include "base/text.h"
#include "link/sealed.h"

#include <sodium.h>
#include <sys/stat.h>
#include <unistd.h>

static struct backup_key new_key(void)
{
    struct backup_key key;

    crypto_box_keypair(key.public_half, key.secret_half);
    return key;
}

/* A backup with one file or folder of this name, properly sealed. */
static const char *sealed_with(struct scratch *s, const struct backup_key *key, enum archive_kind kind,
                               const char *name)
{
    struct text bytes = text_open(s->arena);
    struct sink to = sink_to_text(&bytes);
    struct sealed_writer *sealed = NULL;
    struct err e;

    assert_int_equal(sealed_writer_open(&sealed, key->public_half, &to, s->arena, &e), OK);
    struct sink inner = sealed_sink(sealed);
    if (kind == ARCHIVE_FILE) {
        assert_int_equal(archive_put(&inner, str_of(name), 1, &e), OK);
        assert_int_equal(sink_put(&inner, S("x"), &e), OK);
    } else {
        assert_int_equal(archive_put_folder(&inner, str_of(name), &e), OK);
    }
    assert_int_equal(archive_put_end(&inner, 1, &e), OK);
    assert_int_equal(sealed_writer_close(sealed, &e), OK);
    return scratch_write(s, "one.lykta", text_str(&bytes));
}

static enum status unpack(struct scratch *s, enum archive_kind kind, const char *name, struct err *e)
{
    const struct backup_key key = new_key();
    const char *folder = scratch_path(s, "back");
    struct backup_size size;

    folder_remove(folder);
    return backup_unpack(sealed_with(s, &key, kind, name), &key, folder, &size, e);
}

static void what_a_city_has_comes_back(void **state)
{
    static const char *const files[] = {"lykta.db", "sealed.db", "lykta.conf", "keys/link.key",
                                        "files/releases/1281-2013/manifest.json"};
    static const char *const folders[] = {"keys", "files", "files/releases"};
    struct err e;

    for (size_t i = 0; i < sizeof files / sizeof *files; i++)
        assert_int_equal(unpack(*state, ARCHIVE_FILE, files[i], &e), OK);
    for (size_t i = 0; i < sizeof folders / sizeof *folders; i++)
        assert_int_equal(unpack(*state, ARCHIVE_FOLDER, folders[i], &e), OK);
}

static void anything_beside_it_is_refused_and_not_written(void **state)
{
    static const char *const files[] = {"lykta.lock", "backup.tmp/lykta.db", "keys",        "files",
                                        ".ssh/x",     "lykta.db-wal",        "sealed.db/x", "keysx/a"};
    static const char *const folders[] = {"lykta.db", "bin", "backup.tmp"};
    struct err e;

    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        assert_int_equal(unpack(*state, ARCHIVE_FILE, files[i], &e), BAD_INPUT);
        assert_says(e, "no part of a city");
        assert_int_equal(rmdir(scratch_path(*state, "back")), 0); /* it was empty */
    }
    for (size_t i = 0; i < sizeof folders / sizeof *folders; i++)
        assert_int_equal(unpack(*state, ARCHIVE_FOLDER, folders[i], &e), BAD_INPUT);
}

static void names_in_swedish_come_back_as_they_were(void **state)
{
    struct err e;

    assert_int_equal(unpack(*state, ARCHIVE_FILE, "files/Möte på Ängö 2026 (exempel).pdf", &e), OK);
    assert_int_equal(access(scratch_path(*state, "back/files/Möte på Ängö 2026 (exempel).pdf"), F_OK), 0);
}

static void a_file_that_is_not_as_it_was_written_is_told(void **state)
{
    struct scratch *s = *state;
    struct text bytes = text_open(s->arena);
    struct sink to = sink_to_text(&bytes);
    struct written w;
    struct err e;

    written_open(&w, &to);
    struct sink through = written_sink(&w);
    assert_int_equal(sink_put(&through, S("as it was"), &e), OK);
    struct written other = w;
    struct written cut = w;
    assert_int_equal(written_check(&w, scratch_write(s, "a", text_str(&bytes)), &e), OK);
    assert_int_equal(written_check(&other, scratch_write(s, "b", S("as it wax")), &e), SYSTEM);
    assert_says(e, "is not on the disk as it was written");
    assert_int_equal(written_check(&cut, scratch_write(s, "c", S("as it wa")), &e), SYSTEM);
}

#define IN_SCRATCH(test) cmocka_unit_test_setup_teardown(test, scratch_open, scratch_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_SCRATCH(what_a_city_has_comes_back),
        IN_SCRATCH(anything_beside_it_is_refused_and_not_written),
        IN_SCRATCH(names_in_swedish_come_back_as_they_were),
        IN_SCRATCH(a_file_that_is_not_as_it_was_written_is_told),
    };

    if (sodium_init() < 0)
        return 1;
    return cmocka_run_group_tests_name("unpack", tests, NULL, NULL);
}
