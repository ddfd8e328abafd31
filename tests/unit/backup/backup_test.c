/* A city goes into a backup and comes back; nothing of it can be read in the file, and no altered file comes
 * back. */
#include "../scratch.h"
#include "../unit.h"

#include "backup/backup.h"
#include "base/progress.h"
#include "base/text.h"
#include "store/city.h"
#include "store/db.h"

#include <fcntl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

static const struct who who = {.name = "test", .now_at = 1795176000};

/* A city with a person who is signed in, a file, and a backup key. */
static struct city *city_with_key(void **state)
{
    const char *path = scratch_path(*state, "lund");
    struct city *city = NULL;
    struct err e = {0};

    assert_int_equal(city_init(path, &(struct city_make){.municipality = S("1281"), .who = who}, &e), OK);
    assert_int_equal(city_open(path, DB_WRITE, &city, &e), OK);
    assert_int_equal(
        db_script(
            city->db,
            "insert into person (id, email, name, language, state, made_at, signed_in_at, version) values "
            "(7, 'MARKER@example.org', 'MARKER Exempel', 'sv', 'active', 1, 1, 1);"
            "insert into session (hash, person, stage, method, device, made_at, seen_at) values "
            "(randomblob(32), 7, 'whole', 'password', 'x', 1, 1);"
            "insert into welcome (person, hash, reason, made_at, ends_at) values (7, randomblob(32), 'reset', 1, 2)",
            &e),
        OK);
    assert_int_equal(file_write(city_file(city, "files/MARKER.txt", ((struct scratch *)*state)->arena),
                                S("MARKER in a file"), 0600, &e),
                     OK);
    assert_int_equal(backup_key_make(city, scratch_path(*state, "lund.key"), &who, &e), OK);
    return city;
}

static const char *back_up(void **state, struct city *city)
{
    const char *path = scratch_path(*state, "lund.backup");
    struct backup_size size = {0};
    struct err e = {0};

    if (backup_write(city, city->db, path, &who, NULL, &size, &e) != OK)
        fail_msg("%s", e.what);
    assert_true(size.files >= 6);
    return path;
}

static enum status unpack(void **state, const char *path, const char *key_name, struct err *e)
{
    const char *folder = scratch_path(*state, "back");
    struct backup_size size = {0};
    struct backup_key key;

    folder_remove(folder);
    assert_int_equal(backup_key_read(scratch_path(*state, key_name), &key, e), OK);
    return backup_unpack(path, &key, folder, &size, e);
}

static int64_t count(struct db *db, const char *sql)
{
    struct query q = db_query(db, sql);
    struct err e = {0};
    int64_t n = query_next(&q) ? query_int(&q, 0) : -1;

    assert_int_equal(query_end(&q, &e), OK);
    return n;
}

static void a_city_comes_back_without_its_sessions_and_links(void **state)
{
    struct scratch *s = *state;
    struct city *city = city_with_key(state);
    struct err e = {0};
    struct str told = S("");

    assert_int_equal(unpack(state, back_up(state, city), "lund.key", &e), OK);
    assert_int_equal(count(city->db, "select count(*) from session"), 1);
    city_close(city);
    assert_int_equal(city_open(scratch_path(s, "back"), DB_READ, &city, &e), OK);
    assert_int_equal(count(city->db, "select count(*) from person where name = 'MARKER Exempel'"), 1);
    assert_int_equal(count(city->db, "select count(*) from session"), 0);
    assert_int_equal(count(city->db, "select count(*) from welcome"), 0);
    assert_int_equal(count(city->db, "select count(*) from pragma_journal_mode where journal_mode = 'wal'"),
                     1);
    assert_int_equal(db_check(city->db, &e), OK);
    assert_int_equal(file_read(city_file(city, "files/MARKER.txt", s->arena), 100, s->arena, &told, &e), OK);
    assert_str(told, "MARKER in a file");
    city_close(city);
}

static void nothing_of_it_can_be_read_in_the_file(void **state)
{
    struct scratch *s = *state;
    struct city *city = city_with_key(state);
    struct str bytes = S("");
    struct err e = {0};

    assert_int_equal(file_read(back_up(state, city), 1 << 26, s->arena, &bytes, &e), OK);
    assert_null(memmem(bytes.p, bytes.n, "MARKER", 6));
    assert_null(memmem(bytes.p, bytes.n, "SQLite", 6));
    assert_null(memmem(bytes.p, bytes.n, "lykta.db", 8));
    city_close(city);
}

static void every_altered_byte_and_every_cut_is_refused(void **state)
{
    struct scratch *s = *state;
    struct city *city = city_with_key(state);
    struct str bytes = S("");
    struct err e = {0};

    assert_int_equal(file_read(back_up(state, city), 1 << 26, s->arena, &bytes, &e), OK);
    city_close(city);
    char *altered = (char *)(uintptr_t)str_copy(bytes, s->arena).p;
    for (size_t i = 0; i < 40; i++) {
        size_t at = i < 20 ? i * 7 : bytes.n - 1 - (i - 20) * (bytes.n / 25);

        altered[at] ^= 1;
        const char *path = scratch_write(s, "altered.backup", (struct str){altered, bytes.n});
        assert_int_equal(unpack(state, path, "lund.key", &e), BAD_INPUT);
        altered[at] ^= 1;
        path = scratch_write(s, "cut.backup", str_part(bytes, 0, at));
        assert_int_equal(unpack(state, path, "lund.key", &e), BAD_INPUT);
    }
    struct text more = text_open(s->arena);
    text_add(&more, bytes);
    text_lit(&more, "x");
    assert_int_equal(unpack(state, scratch_write(s, "longer.backup", text_str(&more)), "lund.key", &e),
                     BAD_INPUT);
}

static void another_key_opens_nothing(void **state)
{
    struct scratch *s = *state;
    struct city *city = city_with_key(state);
    struct err e = {0};
    const char *path = back_up(state, city);

    scratch_write(s, "other.key",
                  S("lykta-backup-key-1 "
                    "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef\n"));
    assert_int_equal(unpack(state, path, "other.key", &e), BAD_INPUT);
    assert_int_equal(access(scratch_path(s, "back"), F_OK), -1);
    city_close(city);
}

static void what_is_there_already_is_left_alone(void **state)
{
    struct scratch *s = *state;
    struct city *city = city_with_key(state);
    struct backup_size size = {0};
    struct err e = {0};
    const char *there = scratch_write(s, "there", S("mine"));

    assert_int_equal(backup_write(city, city->db, there, &who, NULL, &size, &e), BAD_INPUT);
    assert_int_equal(backup_key_make(city, scratch_path(s, "second.key"), &who, &e), BAD_INPUT);
    assert_int_equal(access(scratch_path(s, "second.key"), F_OK), -1);
    city_close(city);
}

static void a_link_in_the_folder_is_told_and_nothing_is_left_behind(void **state)
{
    struct scratch *s = *state;
    struct city *city = city_with_key(state);
    struct backup_size size = {0};
    struct err e = {0};

    assert_int_equal(symlink("/etc/passwd", city_file(city, "files/link", s->arena)), 0);
    assert_int_equal(backup_write(city, city->db, scratch_path(s, "lund.backup"), &who, NULL, &size, &e),
                     BAD_INPUT);
    assert_says(e, "neither a file nor a folder");
    assert_int_equal(access(scratch_path(s, "lund.backup"), F_OK), -1);
    city_close(city);
}

static void one_that_is_stopped_leaves_nothing(void **state)
{
    struct scratch *s = *state;
    struct city *city = city_with_key(state);
    atomic_bool stop = true;
    const struct progress progress = {.stop = &stop};
    struct backup_size size = {0};
    struct err e = {0};

    assert_int_equal(backup_write(city, city->db, scratch_path(s, "lund.backup"), &who, &progress, &size, &e),
                     SYSTEM);
    assert_says(e, "stopped");
    assert_int_equal(access(scratch_path(s, "lund.backup"), F_OK), -1);
    assert_int_equal(access(city_file(city, "backup.tmp", s->arena), F_OK), -1);
    city_close(city);
}

static void what_a_killed_backup_left_goes_and_two_do_not_meet(void **state)
{
    struct scratch *s = *state;
    struct city *city = city_with_key(state);
    struct backup_size size = {0};
    struct err e = {0};

    assert_int_equal(mkdir(city_file(city, "backup.tmp", s->arena), 0700), 0);
    assert_int_equal(file_write(city_file(city, "backup.tmp/lykta.db", s->arena), S("MARKER"), 0600, &e), OK);
    int lock = open(city_file(city, "backup.lock", s->arena), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    assert_int_equal(flock(lock, LOCK_EX), 0);
    assert_int_equal(backup_write(city, city->db, scratch_path(s, "lund.backup"), &who, NULL, &size, &e),
                     SYSTEM);
    assert_says(e, "another backup");
    close(lock);
    back_up(state, city);
    assert_int_equal(access(city_file(city, "backup.tmp", s->arena), F_OK), -1);
    city_close(city);
}

/* Writes rows until it is told to stop; how many have been acknowledged. */
struct writer {
    const char *path;
    atomic_bool stop;
    atomic_int written;
};

static void *keep_writing(void *context)
{
    static const char sql[] = "insert into form_sent (once, at, address) values (randomblob(16), 1, $1)";
    struct writer *w = context;
    struct db *db = NULL;
    struct err e = {0};

    if (db_open(w->path, DB_WRITE, &db, &e) != OK)
        return NULL;
    while (!atomic_load(&w->stop)) {
        struct query q = db_query(db, sql);

        bind_str(&q, 1, S("/x"));
        if (query_run(&q, &e) == OK)
            atomic_fetch_add(&w->written, 1);
        usleep(1000);
    }
    db_close(db);
    return NULL;
}

static void what_was_acknowledged_before_it_began_is_in_it(void **state)
{
    struct scratch *s = *state;
    struct city *city = city_with_key(state);
    struct writer w = {.path = city_file(city, "lykta.db", s->arena)};
    struct err e = {0};
    pthread_t thread;

    assert_int_equal(pthread_create(&thread, NULL, keep_writing, &w), 0);
    while (atomic_load(&w.written) < 20)
        usleep(1000);
    int before = atomic_load(&w.written);
    const char *path = back_up(state, city);
    atomic_store(&w.stop, true);
    pthread_join(thread, NULL);
    city_close(city);
    assert_int_equal(unpack(state, path, "lund.key", &e), OK);
    assert_int_equal(city_open(scratch_path(s, "back"), DB_READ, &city, &e), OK);
    assert_int_equal(db_check(city->db, &e), OK);
    int64_t back = count(city->db, "select count(*) from form_sent");
    assert_true(back >= before && back <= atomic_load(&w.written));
    city_close(city);
}

/* Makes reports as the portal does, its key kept before its text, until it is told to stop. */
struct reporter {
    struct db *keys, *texts;
    atomic_bool stop;
    atomic_int made;
};

static void *keep_reporting(void *context)
{
    static const char key[] = "insert into example_key (id) values ($1)";
    static const char text[] = "insert into example_text (id) values ($1)";
    struct reporter *r = context;
    struct err e = {0};

    for (int id = 1; !atomic_load(&r->stop); id++) {
        struct query q = db_query(r->keys, key);

        bind_int(&q, 1, id);
        if (query_run(&q, &e) != OK)
            break;
        q = db_query(r->texts, text);
        bind_int(&q, 1, id);
        if (query_run(&q, &e) != OK)
            break;
        atomic_store(&r->made, id);
    }
    return NULL;
}

static void open_reporter(void **state, struct reporter *r)
{
    struct err e = {0};

    assert_int_equal(db_open(scratch_path(*state, "lund/sealed.db"), DB_CREATE, &r->keys, &e), OK);
    assert_int_equal(db_script(r->keys, "create table example_key (id integer primary key) strict", &e), OK);
    assert_int_equal(db_open(scratch_path(*state, "lund/lykta.db"), DB_WRITE, &r->texts, &e), OK);
    assert_int_equal(db_script(r->texts, "create table example_text (id integer primary key) strict", &e),
                     OK);
}

static int64_t last(void **state, const char *name, const char *sql)
{
    struct db *db = NULL;
    struct err e = {0};

    assert_int_equal(db_open(scratch_path(*state, name), DB_READ, &db, &e), OK);
    int64_t id = count(db, sql);
    db_close(db);
    return id;
}

static void every_text_in_it_has_its_key_while_reports_keep_coming(void **state)
{
    struct city *city = city_with_key(state);
    struct reporter r = {0};
    struct err e = {0};
    pthread_t thread;

    open_reporter(state, &r);
    assert_int_equal(pthread_create(&thread, NULL, keep_reporting, &r), 0);
    while (atomic_load(&r.made) < 20)
        usleep(1000);
    int before = atomic_load(&r.made);
    const char *path = back_up(state, city);
    atomic_store(&r.stop, true);
    pthread_join(thread, NULL);
    city_close(city);
    assert_int_equal(unpack(state, path, "lund.key", &e), OK);
    int64_t texts = last(state, "back/lykta.db", "select max(id) from example_text");
    int64_t keys = last(state, "back/sealed.db", "select max(id) from example_key");
    assert_true(texts >= before);
    assert_true(keys == texts || keys == texts + 1);
    db_close(r.keys);
    db_close(r.texts);
}

static void a_backup_that_did_not_begin_leaves_no_line_that_says_so(void **state)
{
    static const char sql[] = "select count(*) from audit where action = 'city.backup'";
    struct city *city = city_with_key(state);
    struct backup_size size = {0};
    struct err e = {0};

    assert_int_equal(unlink(scratch_path(*state, "lund/keys/backup.pub")), 0);
    assert_int_equal(backup_write(city, city->db, scratch_path(*state, "lund.backup"), &who, NULL, &size, &e),
                     BAD_INPUT);
    assert_int_equal(count(city->db, sql), 0);
    city_close(city);
}

#define IN_SCRATCH(test) cmocka_unit_test_setup_teardown(test, scratch_open, scratch_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_SCRATCH(a_city_comes_back_without_its_sessions_and_links),
        IN_SCRATCH(nothing_of_it_can_be_read_in_the_file),
        IN_SCRATCH(every_altered_byte_and_every_cut_is_refused),
        IN_SCRATCH(another_key_opens_nothing),
        IN_SCRATCH(what_is_there_already_is_left_alone),
        IN_SCRATCH(a_link_in_the_folder_is_told_and_nothing_is_left_behind),
        IN_SCRATCH(one_that_is_stopped_leaves_nothing),
        IN_SCRATCH(what_a_killed_backup_left_goes_and_two_do_not_meet),
        IN_SCRATCH(what_was_acknowledged_before_it_began_is_in_it),
        IN_SCRATCH(every_text_in_it_has_its_key_while_reports_keep_coming),
        IN_SCRATCH(a_backup_that_did_not_begin_leaves_no_line_that_says_so),
    };

    return cmocka_run_group_tests_name("backup", tests, NULL, NULL);
}
