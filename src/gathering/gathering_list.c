/* Lists that are handed in sealed, fetched by who links them, and the receipts for what was deleted. */
#include "gathering/gathering_asking.h"
#include "gathering/gathering_keys.h"

#include "base/arena.h"
#include "gathering/gathering_ring.h"
#include "link/clk_file.h"
#include "link/sealed.h"
#include "store/db.h"

#include <jansson.h>

/* The least a sealed stream is: magic, key, header, an end. */
enum { SEALED_LEAST = SEALED_MAGIC_BYTES + 80 + 24 + 17, NAME_BYTES = 100, PEOPLE_MOST = 10 * 1000 * 1000 };

_Static_assert((int)GATHERING_FEW_PEOPLE == (int)CLK_FEW_PEOPLE, "the portal and lykta link warn alike");

static enum status wrong(struct err *e)
{
    return err_set(e, BAD_INPUT, "expected what lykta encode --json prints");
}

static bool read_count(const json_t *of, const char *key, int64_t most, int64_t *out)
{
    const json_t *x = json_object_get(of, key);

    if (!json_is_integer(x) || json_integer_value(x) < 0 || json_integer_value(x) > most)
        return false;
    *out = json_integer_value(x);
    return true;
}

static bool is_told_before(const struct gathering_told *told, struct str name)
{
    for (size_t i = 0; i < told->fields; i++)
        if (str_equal(told->field[i].name, name))
            return true;
    return false;
}

/* A column that is not in the file is missing for everybody. */
static bool read_field(struct gathering_told *out, const json_t *field, struct arena *a)
{
    const json_t *column = json_object_get(field, "column");
    const json_t *is_there = json_object_get(field, "is_in_file");
    struct gathering_field *x = &out->field[out->fields];

    if (!json_is_string(column) || !json_is_boolean(is_there) ||
        !read_count(field, "missing", out->people, &x->missing))
        return false;
    x->name = str_copy((struct str){json_string_value(column), json_string_length(column)}, a);
    if (x->name.n == 0 || x->name.n > NAME_BYTES || is_told_before(out, x->name))
        return false;
    if (!json_is_true(is_there))
        x->missing = out->people;
    out->fields++;
    return true;
}

static bool read_told(struct gathering_told *out, const json_t *root, struct arena *a)
{
    const json_t *fields = json_object_get(root, "fields");
    size_t n = json_array_size(fields);

    if (!read_count(root, "people", PEOPLE_MOST, &out->people) || out->people == 0 ||
        !json_is_array(fields) || n > GATHERING_FIELDS)
        return false;
    for (size_t i = 0; i < n; i++)
        if (!read_field(out, json_array_get(fields, i), a))
            return false;
    return true;
}

enum status gathering_told_read(struct gathering_told *out, struct str json, struct arena *a, struct err *e)
{
    json_t *root = json_loadb(json.n ? json.p : "", json.n, JSON_REJECT_DUPLICATES, NULL);
    struct gathering_told *told = arena_new(a, 1, struct gathering_told);
    bool is_good = root && read_told(told, root, a);

    json_decref(root);
    if (!is_good)
        return wrong(e);
    *out = *told;
    return OK;
}

static enum status keep_fields(struct db *db, int64_t list, const struct gathering_told *told, struct err *e)
{
    static const char clear[] = "delete from gathering_field where list = $1";
    static const char add[] = "insert into gathering_field (list, name, missing) values ($1, $2, $3)";
    struct query q = db_query(db, clear);

    bind_int(&q, 1, list);
    TRY(query_run(&q, e));
    for (size_t i = 0; i < told->fields; i++) {
        q = db_query(db, add);
        bind_int(&q, 1, list);
        bind_str(&q, 2, told->field[i].name);
        bind_int(&q, 3, told->field[i].missing);
        TRY(query_run(&q, e));
    }
    return OK;
}

static enum status keep_list(struct db *db, int64_t list, struct str sealed, int64_t people, int64_t at,
                             struct err *e)
{
    static const char sql[] = "update gathering_list set encodings = $2, bytes = $3, people = $4, "
                              "handed_in_at = $5 where id = $1";
    struct query q = db_query(db, sql);

    bind_int(&q, 1, list);
    bind_blob(&q, 2, sealed);
    bind_int(&q, 3, (int64_t)sealed.n);
    bind_int(&q, 4, people);
    bind_int(&q, 5, at);
    return query_run(&q, e);
}

/* A hand-in under way. */
struct handing {
    struct str bytes;
    const struct gathering_told *told; /* NULL for a receipt */
    int64_t person;
    struct arena *arena;
};

static enum status own_list(struct db *db, int64_t round, uint32_t states, const struct handing *x,
                            struct gathering *g, const struct gathering_list **out, struct err *e)
{
    TRY(gathering_in(db, round, states, x->arena, g, e));
    *out = gathering_list_of(g, x->person);
    return *out ? OK : err_set(e, REFUSED, "the person keeps no list here");
}

static enum status set_short(struct db *db, int64_t round, int64_t at, struct err *e)
{
    static const char sql[] = "update gathering set short_at = $2 where round = $1";
    struct query q = db_query(db, sql);

    bind_int(&q, 1, round);
    bind_int(&q, 2, at);
    return query_run(&q, e);
}

static enum status take_list(struct db *db, int64_t round, const struct handing *x, int64_t at, struct err *e)
{
    const struct gathering_list *list = NULL;
    struct gathering_forgotten asked;
    struct gathering g;

    TRY(own_list(db, round, GATHERING_BIT(GATHERING_HANDING_IN) | GATHERING_BIT(GATHERING_WHOLE), x, &g,
                 &list, e));
    if (gathering_is_ring(&g))
        return err_set(e, REFUSED, "the lists go round: none is handed in sealed");
    if (!sealed_starts(x->bytes) || x->bytes.n < SEALED_LEAST || x->bytes.n > GATHERING_LIST_BYTES)
        return err_set(e, BAD_INPUT, "the list is not sealed to the linkage unit, or not whole");
    /* Places in a list that is encoded anew are of other people. */
    TRY(gathering_forget_asking(db, round, FORGET_ACCURACY, &asked, e));
    TRY(keep_list(db, list->id, x->bytes, x->told->people, at, e));
    if (x->told->people > 0 && x->told->people < GATHERING_FEW_PEOPLE)
        TRY(set_short(db, round, 0, e));
    return keep_fields(db, list->id, x->told, e);
}

enum status gathering_take_list(struct db *db, int64_t round, struct str sealed,
                                const struct gathering_told *told, int64_t person, const struct who *who,
                                struct err *e)
{
    const struct audit_line line = {.who = *who, .action = "gathering.list", .subject = round};
    const struct handing x = {.bytes = sealed, .told = told, .person = person, .arena = arena_open()};
    enum status s = db_change(db, e);

    if (s == OK)
        s = db_change_end(db, take_list(db, round, &x, who->now_at, e), &line, e);
    arena_close(x.arena);
    return s;
}

bool gathering_is_short(const struct gathering_list *list)
{
    return list->people > 0 && list->people < GATHERING_FEW_PEOPLE;
}

bool gathering_waits(const struct gathering *g)
{
    bool is_any_short = false;

    for (size_t i = 0; i < g->lists; i++)
        is_any_short = is_any_short || gathering_is_short(&g->list[i]);
    return is_any_short && g->short_at == 0;
}

static enum status agree_short(struct db *db, int64_t round, int64_t at, struct arena *a, struct err *e)
{
    struct gathering g;

    TRY(gathering_in(db, round,
                     GATHERING_BIT(GATHERING_HANDING_IN) | GATHERING_BIT(GATHERING_WHOLE) |
                         GATHERING_BIT(GATHERING_GOING_ROUND),
                     a, &g, e));
    if (!gathering_waits(&g))
        return err_set(e, REFUSED, "there is no short list that waits for the coordinator");
    return set_short(db, round, at, e);
}

enum status gathering_agree_short(struct db *db, int64_t round, const struct who *who, struct err *e)
{
    const struct audit_line line = {.who = *who, .action = "gathering.short", .subject = round};
    struct arena *a = arena_open();
    enum status s = db_change(db, e);

    if (s == OK)
        s = db_change_end(db, agree_short(db, round, who->now_at, a, e), &line, e);
    arena_close(a);
    return s;
}

/* A short list is given to nobody before the coordinator has agreed. */
static enum status check_short(struct db *db, int64_t round, int64_t list, struct arena *a, struct err *e)
{
    struct gathering g;
    bool is_there = false;

    TRY(gathering_find(db, round, a, &g, &is_there, e));
    for (size_t i = 0; i < g.lists; i++)
        if (g.list[i].id == list && gathering_is_short(&g.list[i]) && g.short_at == 0)
            return err_set(e, REFUSED,
                           "the coordinator has not agreed that a list of a few people is linked");
    return OK;
}

enum status gathering_sealed(struct db *db, int64_t round, int64_t list, struct arena *a, struct str *out,
                             struct err *e)
{
    static const char sql[] = "select encodings from gathering_list where round = $1 and id = $2 "
                              "and encodings is not null";

    TRY(check_short(db, round, list, a, e));
    struct query q = db_query(db, sql);
    bind_int(&q, 1, round);
    bind_int(&q, 2, list);
    bool is_there = query_next(&q);
    *out = query_blob(&q, 0, a);
    TRY(query_end(&q, e));
    return is_there ? OK : err_set(e, REFUSED, "the list has not been handed in, or has been deleted");
}

/* Is the line "<word> <value>" in the receipt? */
static bool has_line(struct str receipt, const char *word, struct str value)
{
    struct str line;
    struct str first;
    struct str rest;

    while (receipt.n > 0) {
        str_cut(receipt, '\n', &line, &receipt);
        if (str_cut(line, ' ', &first, &rest) && str_is(first, word) && str_equal(rest, value))
            return true;
    }
    return false;
}

static enum status take_receipt(struct db *db, int64_t round, const struct handing *x, int64_t at,
                                struct err *e)
{
    static const char sql[] = "update gathering_list set receipt_at = $2 where id = $1";
    const struct gathering_list *list = NULL;
    struct gathering g;

    TRY(own_list(db, round,
                 GATHERING_BIT(GATHERING_HANDING_IN) | GATHERING_BIT(GATHERING_WHOLE) |
                     GATHERING_BIT(GATHERING_ENDED),
                 x, &g, &list, e));
    if (!str_starts(x->bytes, S("lykta-receipt 1\n")) || !has_line(x->bytes, "project", g.project) ||
        !has_line(x->bytes, "round", g.name))
        return err_set(e, BAD_INPUT, "expected the receipt of lykta keys delete for this project and round");
    struct query q = db_query(db, sql);
    bind_int(&q, 1, list->id);
    bind_int(&q, 2, at);
    return query_run(&q, e);
}

enum status gathering_take_receipt(struct db *db, int64_t round, struct str receipt, int64_t person,
                                   const struct who *who, struct err *e)
{
    const struct audit_line line = {.who = *who, .action = "gathering.receipt", .subject = round};
    const struct handing x = {.bytes = receipt, .person = person, .arena = arena_open()};
    enum status s = db_change(db, e);

    if (s == OK)
        s = db_change_end(db, take_receipt(db, round, &x, who->now_at, e), &line, e);
    arena_close(x.arena);
    return s;
}
