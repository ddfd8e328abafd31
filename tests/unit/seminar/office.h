/* An office of a test: a city's database, a clock that the test sets, a seminar, guests and their letters. */
#ifndef LYKTA_TESTS_OFFICE_H
#define LYKTA_TESTS_OFFICE_H

#include "../scratch.h"
#include "../unit.h"

#include "seminar/seminar.h"
#include "seminar/signup.h"

/* 19 August 2026, 8.30-10.30 on Swedish walls; the test begins two weeks before it, at noon. */
extern const struct seminar office_breakfast;
enum { OFFICE_NOON = 1785924000 }; /* 2026-08-05 12:00 in Stockholm */
enum { OFFICE_DAY = 86400 };

struct office {
    struct seminar_office o;
    struct who who;
};

int office_begin(void **state);
int office_end(void **state);
struct office *office_of(void **state);
struct arena *office_arena(void **state);

/* Another connection to the same database, for a thread or process of its own. */
struct db *office_connect(const struct seminar_office *o);

/* An open seminar with `seats`; its number. */
int64_t office_seminar(void **state, int64_t seats);
struct seminar office_read(void **state, int64_t id);

/* A guest who asks by the public page, or by a link in a letter; the number. */
int64_t office_asks(void **state, int64_t seminar, const char *address);
int64_t office_comes(void **state, int64_t seminar, const char *address);
struct signup office_guest(void **state, int64_t id);

/* Letters to `address` ("%": anyone) whose subject begins with `subject`; what the last of them says, and its
 * calendar. */
int64_t office_letters(void **state, const char *address, const char *subject);
struct str office_last_letter(void **state, const char *address);
struct str office_last_calendar(void **state, const char *address);

bool office_holds(struct str s, const char *part);

#define WITH_OFFICE(test) cmocka_unit_test_setup_teardown(test, office_begin, office_end)

#endif
