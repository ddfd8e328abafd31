/* A store whose statements fail. */
#include "failing_store.h"

#include "unit.h"

#include <sqlite3.h>
#include <stdbool.h>
#include <string.h>

/* SQLite tells each new connection to a function without a word of whose it is. */
static struct {
    int left; /* statements until one fails; 0: none does */
    bool statement_fails, commit_fails;
    bool has_failed;
    bool checkpoints_fail;
} plan;

static bool is(const char *sql, const char *word)
{
    return sqlite3_strnicmp(sql, word, (int)strlen(word)) == 0;
}

static bool is_counted(const char *sql)
{
    static const char *const words[] = {"select", "insert",    "update",  "delete", "with",  "commit",
                                        "begin",  "savepoint", "release", "pragma", "vacuum"};

    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (is(sql, words[i]))
            return true;
    return false;
}

static void plan_for(const char *sql)
{
    if (is(sql, "pragma wal_checkpoint")) {
        plan.statement_fails = plan.checkpoints_fail;
        return;
    }
    if (plan.left == 0 || !is_counted(sql) || --plan.left > 0)
        return;
    plan.commit_fails = is(sql, "commit");
    plan.statement_fails = !plan.commit_fails;
}

static int before_statement(unsigned kind, void *connection, void *statement, void *sql)
{
    (void)kind;
    (void)connection;
    (void)statement;
    plan_for(sql);
    return 0;
}

/* Fails once: what has failed may be tried again. */
static int take(bool *fails)
{
    if (!*fails)
        return 0;
    *fails = false;
    plan.has_failed = true;
    return 1;
}

/* Asked at each step: a statement is interrupted at its first. */
static int at_step(void *unused)
{
    (void)unused;
    return take(&plan.statement_fails);
}

/* A commit cannot be interrupted, but refused. */
static int before_commit(void *unused)
{
    (void)unused;
    return take(&plan.commit_fails);
}

static int on_open(sqlite3 *connection, const char **why, const struct sqlite3_api_routines *api)
{
    (void)why;
    (void)api;
    sqlite3_progress_handler(connection, 1, at_step, NULL);
    sqlite3_commit_hook(connection, before_commit, NULL);
    return sqlite3_trace_v2(connection, SQLITE_TRACE_STMT, before_statement, NULL);
}

void failing_store_on(void)
{
    sqlite3_auto_extension((void (*)(void))on_open);
}

void failing_store_checkpoints(bool fail)
{
    plan.checkpoints_fail = fail;
}

void assert_each_statement_may_fail(failing_act *act, void *test)
{
    assert_each_statement_may_fail_by(act, test, 1);
}

void assert_each_statement_may_fail_by(failing_act *act, void *test, int step)
{
    for (int n = 1;; n += step) {
        struct err e = {0};

        plan.left = n;
        plan.statement_fails = plan.commit_fails = plan.has_failed = false;
        enum status s = act(test, &e);
        plan.left = 0;
        plan.statement_fails = plan.commit_fails = false;
        if (!plan.has_failed) {
            if (s != OK)
                fail_msg("when none of its %d statements fails: %s", n - 1, e.what);
            return;
        }
        if (s != SYSTEM || e.what[0] == '\0')
            fail_msg("statement %d has failed, and what is told is %d: %s", n, s, e.what);
    }
}
