/* A database with an editor, for tests of articles. */
#ifndef LYKTA_TESTS_PRESS_H
#define LYKTA_TESTS_PRESS_H

#include "../scratch.h"
#include "../unit.h"
#include "article/article.h"

/* 24 November 2026, 09:00 in Stockholm. */
enum { PRESS_MORNING = 1795507200, PRESS_DAY = 86400 };

struct press {
    struct db *db;
    struct article_author by;
};

int press_begin(void **state);
int press_end(void **state);

struct press *press_of(void **state);
struct arena *press_arena(void **state);

/* An article with the title in Swedish alone, as a draft. */
int64_t press_article(void **state, const char *key, const char *title);

/* A text with the title. */
struct article_text press_text(const char *title);

/* As it stands now. */
struct article press_read(void **state, int64_t id);

/* The title readers see under `key` at `at`; empty: nothing. */
struct str press_shown(void **state, const char *key, int64_t at);

#define IN_PRESS(test) cmocka_unit_test_setup_teardown(test, press_begin, press_end)

#endif
