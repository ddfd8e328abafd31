/* What most cities have, and what differs from it. */
#include "programme/pooled_parts.h"

#include "base/arena.h"

/* Are the two alike in one respect? */
typedef bool is_alike(const struct city_release *a, const struct city_release *b);

static bool same_kind(const struct city_release *a, const struct city_release *b)
{
    return a->is_example == b->is_example;
}

static bool same_people(const struct city_release *a, const struct city_release *b)
{
    return str_equal(a->people_sv, b->people_sv) && str_equal(a->people_en, b->people_en);
}

/* A refused estimate has no method to speak of. */
static bool same_method(const struct city_release *a, const struct city_release *b)
{
    return a->answer == RELEASE_REFUSED || b->answer == RELEASE_REFUSED || str_equal(a->method, b->method);
}

static bool same_protection(const struct city_release *a, const struct city_release *b)
{
    return a->protection.base == b->protection.base &&
           str_equal(a->protection.method, b->protection.method) &&
           str_equal(a->protection.profile, b->protection.profile);
}

static bool same_program(const struct city_release *a, const struct city_release *b)
{
    return str_equal(a->program, b->program);
}

bool pooled_is_in(const struct pooled_city *c)
{
    return (c->differs & (1U << DIFFERS_PEOPLE | 1U << DIFFERS_EXAMPLE)) == 0;
}

/* The first of the pooled cities that most are alike: there is always one, since those that are marked differ
 * from another. */
static const struct city_release *most_common(const struct pooled_period *p, is_alike *alike)
{
    const struct city_release *best = p->city[0].release;
    size_t most = 0;

    for (size_t i = 0; i < p->n; i++) {
        size_t like = 0;

        if (!pooled_is_in(&p->city[i]))
            continue;
        for (size_t k = 0; k < p->n; k++)
            like += pooled_is_in(&p->city[k]) && alike(p->city[i].release, p->city[k].release);
        if (like > most) {
            most = like;
            best = p->city[i].release;
        }
    }
    return best;
}

static const struct city_release *mark(struct pooled_period *p, is_alike *alike, enum pooled_difference bit)
{
    const struct city_release *reference = most_common(p, alike);

    for (size_t i = 0; i < p->n; i++)
        if (pooled_is_in(&p->city[i]) && !alike(p->city[i].release, reference))
            p->city[i].differs |= 1U << bit;
    return reference;
}

/* First what excludes: the rest is what most of those that are left have. */
void pooled_match(struct pooled_period *p)
{
    const struct city_release *kind = mark(p, same_kind, DIFFERS_EXAMPLE);
    const struct city_release *people = mark(p, same_people, DIFFERS_PEOPLE);

    p->is_example = kind->is_example;
    p->people_sv = people->people_sv;
    p->people_en = people->people_en;
    (void)mark(p, same_method, DIFFERS_METHOD);
    (void)mark(p, same_protection, DIFFERS_PROTECTION);
    (void)mark(p, same_program, DIFFERS_PROGRAM);
}

static const struct release_table *table_of(const struct city_release *r, struct str code)
{
    for (size_t i = 0; i < r->tables; i++)
        if (str_equal(r->table[i].label.code, code))
            return &r->table[i];
    return NULL;
}

/* The same rows, by code and by name: list A of one city may be another's list B. */
static bool same_rows(const struct release_table *a, const struct release_table *b)
{
    if (a->n != b->n)
        return false;
    for (size_t i = 0; i < a->n; i++)
        if (!str_equal(a->row[i].label.code, b->row[i].label.code) ||
            !str_equal(a->row[i].label.sv, b->row[i].label.sv))
            return false;
    return true;
}

static bool has_rows(const struct pooled_city *c, const struct release_table *form)
{
    const struct release_table *t = table_of(c->release, form->label.code);

    return pooled_is_in(c) && t && same_rows(t, form);
}

/* The form that most cities have the table `some` in, which one of them has. */
static const struct release_table *common_form(const struct pooled_period *p,
                                               const struct release_table *some)
{
    const struct str code = some->label.code;
    const struct release_table *best = some;
    size_t most = 0;

    for (size_t i = 0; i < p->n; i++) {
        const struct release_table *t = table_of(p->city[i].release, code);
        size_t like = 0;

        if (!t || !pooled_is_in(&p->city[i]))
            continue;
        for (size_t k = 0; k < p->n; k++)
            like += has_rows(&p->city[k], t);
        if (like > most) {
            most = like;
            best = t;
        }
    }
    return best;
}

static void add_table(struct pooled_period *p, const struct release_table *some, struct arena *a)
{
    const struct release_table *form = common_form(p, some);
    struct pooled_table *sum = &p->table[p->tables++];

    *sum = (struct pooled_table){
        .label = form->label, .n = form->n, .row = arena_new(a, form->n, struct release_row)};
    for (size_t k = 0; k < form->n; k++)
        sum->row[k] = (struct release_row){.label = form->row[k].label, .lists = form->row[k].lists};
    for (size_t i = 0; i < p->n; i++) {
        const struct release_table *t = table_of(p->city[i].release, form->label.code);

        if (!pooled_is_in(&p->city[i]))
            continue;
        if (!t || !same_rows(t, form)) {
            p->city[i].differs |= 1U << DIFFERS_TABLES;
            continue;
        }
        sum->cities++;
        for (size_t k = 0; k < t->n; k++) {
            sum->row[k].figure.people += t->row[k].figure.people;
            sum->row[k].figure.lo += t->row[k].figure.lo;
            sum->row[k].figure.hi += t->row[k].figure.hi;
        }
    }
}

static bool is_added(const struct pooled_period *p, struct str code)
{
    for (size_t i = 0; i < p->tables; i++)
        if (str_equal(p->table[i].label.code, code))
            return true;
    return false;
}

void pooled_add_tables(struct pooled_period *p, struct arena *a)
{
    for (size_t i = 0; i < p->n; i++) {
        const struct city_release *r = p->city[i].release;

        for (size_t k = 0; pooled_is_in(&p->city[i]) && k < r->tables; k++)
            if (!is_added(p, r->table[k].label.code) && p->tables < RELEASE_MAX_TABLES)
                add_table(p, &r->table[k], a);
    }
}
