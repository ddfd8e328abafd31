/* A programme with a granted study. */
#include "handed.h"

#include "../made_city.h"
#include "../scratch.h"
#include "../unit.h"

#include "portal/link_token.h"
#include "portal/permission.h"
#include "portal/person.h"
#include "programme/programme.h"
#include "store/city.h"
#include "store/db.h"

const struct who handed_who = {.name = "test", .now_at = HANDED_NOON};

struct city *handed_city(void **state)
{
    return ((struct scratch *)*state)->mine;
}

struct arena *handed_arena(void **state)
{
    return ((struct scratch *)*state)->arena;
}

struct str handed_token(void)
{
    return S("exempel-exempel-exempel-exempel-exempel-123");
}

/* Granted until a month from now, and agreed to. */
static enum status add_study(struct db *db, struct err *e)
{
    static const char sql[] =
        "insert into research_study (title, institution, name, email, language, purpose, wanted, wanted_until, "
        "ethics_number, ethics_until, confirm_hash, applied_at, confirmed_at, state, decided_at, access_hash, "
        "ends_at, agreed_at) values ('Mörkertal i Skåne', 'Exempeluniversitetet', 'Forskare Exempel', "
        "'forskare@exempel.se', 'sv', 'x', 'x', '2026-12-31', '2026-01234-01', '2026-12-31', $1, 1, 1, "
        "'granted', 1, $1, $2, 1)";
    unsigned char hash[LINK_TOKEN_HASH_BYTES];
    struct query q = db_query(db, sql);

    bind_blob(&q, 1, link_token_hash(handed_token(), hash));
    bind_int(&q, 2, HANDED_NOON + 30 * HANDED_DAY);
    return query_run(&q, e);
}

int handed_begin(void **state)
{
    const struct city_make make = {
        .municipality = S(PROGRAMME_CODE), .name = S("Programmet"), .who = handed_who};
    struct person lead = {
        .email = S("ledare@lan.example"), .name = S("Exempel"), .roles = ROLE_BIT(ROLE_PROGRAMME_LEAD)};
    struct person officer = {
        .email = S("ombud@lan.example"), .name = S("Exempel"), .roles = ROLE_BIT(ROLE_DPO)};
    struct city *city = NULL;
    struct err e = {0};

    if (scratch_open(state) != 0)
        return -1;
    const char *path = scratch_path(*state, "programme");
    if (made_city(path, &make, &e) != OK || city_open(path, DB_WRITE, &city, &e) != OK ||
        programme_make(city->db, &handed_who, &e) != OK ||
        person_add(city->db, &handed_who, &lead, &e) != OK ||
        person_add(city->db, &handed_who, &officer, &e) != OK)
        return -1;
    ((struct scratch *)*state)->mine = city;
    return add_study(city->db, &e) == OK ? 0 : -1;
}

int handed_end(void **state)
{
    city_close(handed_city(state));
    return scratch_close(state);
}

struct results handed_results(void)
{
    return (struct results){
        .title = {[LANGUAGE_SV] = S("Mörkertalet är osäkert"), [LANGUAGE_EN] = S("")},
        .words = {[LANGUAGE_SV] = S("## Vad vi gjorde\n\nVi prövade metoden."), [LANGUAGE_EN] = S("")},
        .file = {[RESULTS_METHOD] = {.name = S("metod.txt"), .size = 6, .bytes = S("Metod\n")},
                 [RESULTS_CODE] = {.name = S("kod.r"), .size = 6, .bytes = S("x <- 1")}}};
}

enum status handed_in(void **state, const struct results *x, struct err *e)
{
    const struct study study = handed_study(state);

    return results_hand_in(handed_city(state), handed_city(state)->db, &study, x, &handed_who, e);
}

struct study handed_study(void **state)
{
    struct study x;
    struct err e = {0};

    assert_int_equal(study_find(handed_city(state)->db, HANDED_STUDY, handed_arena(state), &x, &e), OK);
    return x;
}

struct results handed_found(void **state)
{
    struct results x;
    struct err e = {0};

    assert_int_equal(results_find(handed_city(state)->db, HANDED_STUDY, handed_arena(state), &x, &e), OK);
    return x;
}

int64_t handed_count(void **state, const char *sql)
{
    struct query q = db_query(handed_city(state)->db, sql);
    struct err e = {0};
    int64_t n = query_next(&q) ? query_int(&q, 0) : -1;

    assert_int_equal(query_end(&q, &e), OK);
    return n;
}

void handed_run(void **state, const char *sql)
{
    struct err e = {0};

    assert_int_equal(db_script(handed_city(state)->db, sql, &e), OK);
}
