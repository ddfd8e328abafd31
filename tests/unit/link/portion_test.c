/* Comparing in portions: by several processes, which are threads here, and stopped in the middle. */
#include "febrl.h"

#include "link/portion.h"

#include <pthread.h>
#include <stdlib.h>

enum { MOST_PROCESSES = 4, MOST_KEPT = 4096 };

/* Where processes meet: each puts its bytes in, and all take the bitwise or. */
struct meeting {
    pthread_barrier_t barrier;
    pthread_mutex_t lock;
    unsigned char *all;
};

struct kept {
    char name[PORTION_NAME_BYTES];
    struct str bytes;
};

/* A folder that fails when it holds `room` portions. */
struct folder {
    pthread_mutex_t lock;
    struct arena *arena;
    size_t n, room, found;
    struct kept kept[MOST_KEPT];
};

struct process {
    const struct febrl *a, *b;
    struct meeting *meeting;
    struct folder *folder;
    struct portions portions;
    struct linkage linkage;
    struct arena *arena;
    enum status status;
    struct err e;
};

static enum status combine(void *context, void *bytes, size_t n, struct err *e)
{
    struct meeting *m = ((struct process *)context)->meeting;
    unsigned char *mine = bytes;

    (void)e;
    if (pthread_barrier_wait(&m->barrier) == PTHREAD_BARRIER_SERIAL_THREAD)
        m->all = calloc(n, 1);
    pthread_barrier_wait(&m->barrier);
    pthread_mutex_lock(&m->lock);
    for (size_t i = 0; i < n; i++)
        m->all[i] |= mine[i];
    pthread_mutex_unlock(&m->lock);
    pthread_barrier_wait(&m->barrier);
    memcpy(mine, m->all, n);
    if (pthread_barrier_wait(&m->barrier) == PTHREAD_BARRIER_SERIAL_THREAD)
        free(m->all);
    return OK;
}

static enum status find(void *context, const char *name, struct arena *a, struct str *out, struct err *e)
{
    struct folder *f = ((struct process *)context)->folder;

    (void)a;
    (void)e;
    pthread_mutex_lock(&f->lock);
    for (size_t i = 0; i < f->n; i++)
        if (strcmp(f->kept[i].name, name) == 0) {
            *out = f->kept[i].bytes;
            f->found++;
        }
    pthread_mutex_unlock(&f->lock);
    return OK;
}

static enum status keep(void *context, const char *name, struct str bytes, struct err *e)
{
    struct folder *f = ((struct process *)context)->folder;
    enum status s = OK;

    pthread_mutex_lock(&f->lock);
    if (f->n < f->room) {
        struct kept *k = &f->kept[f->n++];

        snprintf(k->name, sizeof k->name, "%s", name);
        k->bytes = (struct str){arena_cstr(f->arena, bytes.p, bytes.n), bytes.n};
    } else {
        s = err_set(e, SYSTEM, "stopped");
    }
    pthread_mutex_unlock(&f->lock);
    return s;
}

static void *work(void *arg)
{
    struct process *p = arg;
    const struct linkage_list list[] = {{S("a"), &p->a->people}, {S("b"), &p->b->people}};
    struct linkage_options o = {.profile = PROFILE_GROUPED,
                                .noise_percent = 5,
                                .imputations = 5,
                                .seed = 1,
                                .threads = 2,
                                .portions = p->meeting || p->folder ? &p->portions : NULL};

    p->status = linkage_run(list, 2, &o, p->arena, &p->linkage, &p->e);
    return NULL;
}

static struct folder *folder_of(size_t room, struct arena *a)
{
    struct folder *f = arena_new(a, 1, struct folder);

    pthread_mutex_init(&f->lock, NULL);
    f->arena = a;
    f->room = room;
    return f;
}

static const struct schema *schema_of(struct arena *a)
{
    return febrl_schema("grouped", true, a);
}

/* What one process alone finds; with a folder or without. */
static struct process *run_alone(struct folder *f, struct arena *a)
{
    struct process *p = arena_new(a, 1, struct process);

    p->a = febrl_read("febrl4a.csv", schema_of(a), 1, a);
    p->b = febrl_read("febrl4b.csv", schema_of(a), 2, a);
    p->arena = a;
    p->folder = f;
    p->portions =
        (struct portions){.size = 1, .context = p, .find = f ? find : NULL, .keep = f ? keep : NULL};
    work(p);
    return p;
}

static void several_processes_write_the_bytes_of_one(void **state)
{
    const struct process *alone = run_alone(NULL, *state);

    assert_int_equal(alone->status, OK);
    for (size_t n = 2; n <= MOST_PROCESSES; n += 2) {
        struct process *p = arena_new(*state, n, struct process);
        pthread_t thread[MOST_PROCESSES];
        struct meeting m = {.lock = PTHREAD_MUTEX_INITIALIZER};

        assert_int_equal(pthread_barrier_init(&m.barrier, NULL, (unsigned)n), 0);
        for (size_t i = 0; i < n; i++) {
            p[i] = (struct process){.a = alone->a, .b = alone->b, .meeting = &m, .arena = arena_open()};
            p[i].portions = (struct portions){.rank = i, .size = n, .context = &p[i], .combine = combine};
            assert_int_equal(pthread_create(&thread[i], NULL, work, &p[i]), 0);
        }
        for (size_t i = 0; i < n; i++)
            assert_int_equal(pthread_join(thread[i], NULL), 0);
        assert_int_equal(p[0].status, OK);
        assert_true(str_equal(p[0].linkage.histories, alone->linkage.histories));
        for (size_t i = 0; i < n; i++) {
            assert_true(i == 0 || p[i].linkage.lists == 0);
            arena_close(p[i].arena);
        }
        pthread_barrier_destroy(&m.barrier);
    }
}

static void what_was_stopped_goes_on_from_what_is_kept(void **state)
{
    struct folder *f = folder_of(2, *state);
    const struct process *alone = run_alone(NULL, *state);
    const struct process *stopped = run_alone(f, *state);

    assert_int_equal(stopped->status, SYSTEM);
    assert_int_equal(f->n, 2);
    f->room = MOST_KEPT;
    f->found = 0;
    const struct process *again = run_alone(f, *state);
    assert_int_equal(again->status, OK);
    assert_int_equal(f->found, 2);
    assert_true(str_equal(again->linkage.histories, alone->linkage.histories));
}

static void a_damaged_portion_is_compared_again(void **state)
{
    struct folder *f = folder_of(MOST_KEPT, *state);
    const struct process *alone = run_alone(NULL, *state);

    assert_int_equal(run_alone(f, *state)->status, OK);
    size_t before = f->n;
    f->kept[0].bytes.n--;
    ((char *)f->kept[1].bytes.p)[PORTION_MARK_BYTES] ^= 1;
    const struct process *again = run_alone(f, *state);
    assert_int_equal(again->status, OK);
    assert_int_equal(f->n, before + 2);
    assert_true(str_equal(again->linkage.histories, alone->linkage.histories));
}

static void what_is_kept_of_other_lists_is_refused(void **state)
{
    struct folder *f = folder_of(MOST_KEPT, *state);
    struct process *p = run_alone(f, *state);

    ((struct febrl *)p->a)->people.n--;
    work(p);
    assert_int_equal(p->status, BAD_INPUT);
    assert_non_null(strstr(p->e.what, "other lists or other settings"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_ARENA(several_processes_write_the_bytes_of_one),
        WITH_ARENA(what_was_stopped_goes_on_from_what_is_kept),
        WITH_ARENA(a_damaged_portion_is_compared_again),
        WITH_ARENA(what_is_kept_of_other_lists_is_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
