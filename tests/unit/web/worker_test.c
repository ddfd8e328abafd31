/* Workers: opened when they are asked for, taken by one request at a time, kept. */
#include "base/arena.h"
#include "web/site.h"
#include "web/worker.h"

#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

/* What a site's workers are made of here: a counter of those open, the third of which cannot be had. */
static enum status open_counted(void *context, void **worker, struct err *e)
{
    int *n_open = context;

    if (*n_open == 2)
        return err_set(e, SYSTEM, "no third connection");
    (*n_open)++;
    *worker = n_open;
    return OK;
}

static void close_counted(void *worker)
{
    (*(int *)worker)--;
}

static void one_is_opened_until_more_are_asked_for_at_once(void **state)
{
    int n_open = 0;
    struct site site = {.context = &n_open, .worker_open = open_counted, .worker_close = close_counted};
    struct workers *all = NULL;
    struct err e = {OK, ""};

    (void)state;
    assert_int_equal(workers_open(&site, 8, &all, &e), OK);
    for (int i = 0; i < 3; i++)
        worker_give(all, worker_take(all));
    assert_int_equal(n_open, 1);
    struct worker *first = worker_take(all);
    worker_give(all, worker_take(all));
    worker_give(all, first);
    assert_int_equal(n_open, 2);
    workers_close(all);
    assert_int_equal(n_open, 0);
}

static void the_first_that_cannot_be_had_leaves_none_open(void **state)
{
    int n_open = 2;
    struct site site = {.context = &n_open, .worker_open = open_counted, .worker_close = close_counted};
    struct workers *all = NULL;
    struct err e = {OK, ""};

    (void)state;
    assert_int_equal(workers_open(&site, 3, &all, &e), SYSTEM);
    assert_string_equal(e.what, "no third connection");
    assert_int_equal(n_open, 2);
    assert_null(all);
}

struct waiting {
    struct workers *all;
    struct worker *had;
};

static void *take_one(void *context)
{
    struct waiting *w = context;

    w->had = worker_take(w->all);
    return NULL;
}

static void who_cannot_have_another_waits_for_one_that_is_open(void **state)
{
    int n_open = 0;
    struct site site = {.context = &n_open, .worker_open = open_counted, .worker_close = close_counted};
    struct waiting waiting = {0};
    struct err e = {OK, ""};
    pthread_t thread;

    (void)state;
    assert_int_equal(workers_open(&site, 3, &waiting.all, &e), OK);
    struct worker *first = worker_take(waiting.all);
    struct worker *second = worker_take(waiting.all);
    assert_int_equal(pthread_create(&thread, NULL, take_one, &waiting), 0);
    worker_give(waiting.all, second);
    assert_int_equal(pthread_join(thread, NULL), 0);
    assert_ptr_equal(waiting.had, second);
    worker_give(waiting.all, first);
    worker_give(waiting.all, second);
    workers_close(waiting.all);
    assert_int_equal(n_open, 0);
}

static void two_requests_never_share_a_worker(void **state)
{
    struct site site = {.routes = NULL};
    struct workers *all = NULL;
    struct err e = {OK, ""};

    (void)state;
    assert_int_equal(workers_open(&site, 2, &all, &e), OK);
    struct worker *first = worker_take(all);
    struct worker *second = worker_take(all);
    assert_ptr_not_equal(first, second);
    worker_give(all, first);
    assert_ptr_equal(worker_take(all), first);
    worker_give(all, first);
    worker_give(all, second);
    workers_close(all);
}

static void the_room_of_a_page_is_kept_for_the_next(void **state)
{
    struct site site = {.routes = NULL};
    struct workers *all = NULL;
    struct err e = {OK, ""};

    (void)state;
    assert_int_equal(workers_open(&site, 1, &all, &e), OK);
    struct worker *w = worker_take(all);
    text_lit(&w->page, "a page");
    size_t room = w->page.room;
    worker_give(all, w);
    assert_int_equal(worker_take(all)->page.room, room);
    worker_give(all, w);
    workers_close(all);
}

static void the_room_of_a_huge_page_is_not_kept(void **state)
{
    struct site site = {.routes = NULL};
    struct workers *all = NULL;
    struct err e = {OK, ""};

    (void)state;
    assert_int_equal(workers_open(&site, 1, &all, &e), OK);
    struct worker *w = worker_take(all);
    text_format(&w->page, "%01000000d", 0);
    worker_give(all, w);
    assert_int_equal(w->page.room, 0);
    workers_close(all);
}

/* Piece by piece: what the page outgrew on the way is room too. */
static void a_worker_does_not_keep_what_a_large_page_outgrew(void **state)
{
    struct site site = {.routes = NULL};
    struct workers *all = NULL;
    struct err e = {OK, ""};

    (void)state;
    assert_int_equal(workers_open(&site, 1, &all, &e), OK);
    struct worker *w = worker_take(all);
    for (int i = 0; i < 60 * 1024; i++)
        text_byte(&w->page, 'a');
    worker_give(all, w);
    assert_int_equal(arena_bytes(w->page_arena), 0);
    workers_close(all);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_is_opened_until_more_are_asked_for_at_once),
        cmocka_unit_test(the_first_that_cannot_be_had_leaves_none_open),
        cmocka_unit_test(who_cannot_have_another_waits_for_one_that_is_open),
        cmocka_unit_test(two_requests_never_share_a_worker),
        cmocka_unit_test(the_room_of_a_page_is_kept_for_the_next),
        cmocka_unit_test(the_room_of_a_huge_page_is_not_kept),
        cmocka_unit_test(a_worker_does_not_keep_what_a_large_page_outgrew),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
