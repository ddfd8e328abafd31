/* A line to a server that breaks. The functions of libpq that send something stand here anew: the program
 * finds these before the library's, which they call. */
#include "breaking_line.h"

#include "../unit.h"

#include <dlfcn.h>
#include <stdbool.h>
#include <string.h>
#include <sys/socket.h>

#include <libpq-fe.h>

static struct {
    int left; /* messages until one fails; 0: none does */
    enum breaking_line how;
    bool has_failed;
} plan;

static const char refused[] = "select 1 / 0";

/* The next `name` after this one: the library's. */
#define REAL(name) ((__typeof__(&(name)))(uintptr_t)dlsym(RTLD_NEXT, #name))

static bool is_due(void)
{
    if (plan.left == 0 || --plan.left > 0)
        return false;
    plan.has_failed = true;
    return true;
}

/* Is the message to be lost, since its line breaks now? */
static bool breaks(const PGconn *c)
{
    if (plan.how != LINE_BREAKS || !is_due())
        return false;
    (void)shutdown(PQsocket(c), SHUT_RDWR);
    return true;
}

/* Is the statement to be refused? Undoing never is: without it there is nothing to go on with. */
static bool refuses(const char *sql)
{
    return plan.how == SERVER_REFUSES && (!sql || strncmp(sql, "rollback", 8) != 0) && is_due();
}

PGconn *PQconnectdbParams(const char *const *keywords, const char *const *values, int expand)
{
    return is_due() ? PQconnectdb("host=/nowhere") : REAL(PQconnectdbParams)(keywords, values, expand);
}

/* "commit" is never refused alone: what was done before it was, and it then undoes all. */
PGresult *PQexec(PGconn *c, const char *sql)
{
    (void)breaks(c);
    if (!refuses(sql))
        return REAL(PQexec)(c, sql);
    PGresult *answer = REAL(PQexec)(c, refused);
    if (strcmp(sql, "commit") != 0)
        return answer;
    PQclear(answer);
    return REAL(PQexec)(c, sql);
}

PGresult *PQexecParams(PGconn *c, const char *sql, int n, const Oid *types, const char *const *values,
                       const int *lengths, const int *formats, int format)
{
    (void)breaks(c);
    return refuses(sql) ? REAL(PQexec)(c, refused)
                        : REAL(PQexecParams)(c, sql, n, types, values, lengths, formats, format);
}

PGresult *PQprepare(PGconn *c, const char *name, const char *sql, int n, const Oid *types)
{
    (void)breaks(c);
    return refuses(sql) ? REAL(PQexec)(c, refused) : REAL(PQprepare)(c, name, sql, n, types);
}

PGresult *PQexecPrepared(PGconn *c, const char *name, int n, const char *const *values, const int *lengths,
                         const int *formats, int format)
{
    (void)breaks(c);
    return refuses(NULL) ? REAL(PQexec)(c, refused)
                         : REAL(PQexecPrepared)(c, name, n, values, lengths, formats, format);
}

int PQsendQueryPrepared(PGconn *c, const char *name, int n, const char *const *values, const int *lengths,
                        const int *formats, int format)
{
    (void)breaks(c);
    return refuses(NULL) ? PQsendQueryParams(c, refused, 0, NULL, NULL, NULL, NULL, 0)
                         : REAL(PQsendQueryPrepared)(c, name, n, values, lengths, formats, format);
}

int PQpipelineSync(PGconn *c)
{
    (void)breaks(c);
    return REAL(PQpipelineSync)(c);
}

int PQconsumeInput(PGconn *c)
{
    (void)breaks(c);
    return REAL(PQconsumeInput)(c);
}

static void begin(enum breaking_line how, int n)
{
    plan.how = how;
    plan.left = n;
    plan.has_failed = false;
}

static bool end(void)
{
    plan.left = 0;
    return plan.has_failed;
}

void breaking_line_now(enum breaking_line how)
{
    begin(how, 1);
}

void assert_each_message_may_fail(enum breaking_line how, const struct breaking_act *a, void *test)
{
    assert_each_message_may_fail_by(how, a, test, 1);
}

void assert_each_message_may_fail_by(enum breaking_line how, const struct breaking_act *a, void *test,
                                     int step)
{
    bool has_failed = true;

    for (int n = 1; has_failed; n += step) {
        struct err e = {0};

        begin(how, n);
        const enum status s = a->act(test, &e);
        has_failed = end();
        const bool may_be_well = !has_failed || how == LINE_BREAKS;
        if (s == OK ? !may_be_well : !has_failed || s != SYSTEM || e.what[0] == '\0')
            fail_msg("message %d has %sfailed, and what is told is %d: %s", n, has_failed ? "" : "not ", s,
                     e.what);
        if (a->look)
            a->look(test);
    }
}
