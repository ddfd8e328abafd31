/* The histories of a linkage, as CSV: docs/formats/histories.md. */
#include "link/linkage_own.h"

#include "base/arena.h"
#include "base/csv.h"

void linkage_histories_begin(struct linking *x)
{
    if (x->o->imputations)
        text_lit(&x->histories, "imputation,");
    for (size_t i = 0; i < x->lists; i++) {
        csv_put(&x->histories, x->list[x->place[i]].name, ',');
        text_byte(&x->histories, ',');
    }
    if (x->o->by_gender)
        text_lit(&x->histories, "gender,");
    if (x->o->by_age)
        text_lit(&x->histories, "age,");
    text_lit(&x->histories, "count\n");
}

/* Votes of a person's records for each category; the unknown ones do not vote, and a tie is unknown. */
static unsigned winner(const uint32_t *votes, size_t n)
{
    unsigned best_of = 0;
    bool is_tie = false;

    for (unsigned c = 1; c < n; c++) {
        if (votes[c] > (best_of ? votes[best_of] : 0)) {
            best_of = c;
            is_tie = false;
        } else if (best_of && votes[c] == votes[best_of]) {
            is_tie = true;
        }
    }
    return is_tie ? 0 : best_of;
}

struct votes {
    uint32_t gender[GENDERS];
    uint32_t age[AGE_CLASSES];
};

/* A person as one number: history, of the lists as they were given, gender, age. */
static uint32_t key_of(const struct linking *x, uint32_t mask, const struct votes *v)
{
    unsigned gender = x->o->by_gender ? winner(v->gender, GENDERS) : 0;
    unsigned age = x->o->by_age ? winner(v->age, AGE_CLASSES) : 0;

    return (linkage_given_mask(x, mask) * GENDERS + gender) * AGE_CLASSES + age;
}

static void write_row(struct linking *x, size_t imputation, uint32_t key, size_t count)
{
    static const char *const genders[GENDERS] = {"unknown", "woman", "man", "other"};
    static const char *const ages[AGE_CLASSES] = {"unknown", "child", "adult"};
    uint32_t mask = key / (GENDERS * AGE_CLASSES);

    if (imputation)
        text_format(&x->histories, "%zu,", imputation);
    for (size_t i = 0; i < x->lists; i++)
        text_format(&x->histories, "%u,", (unsigned)(mask >> i & 1U));
    if (x->o->by_gender)
        text_format(&x->histories, "%s,", genders[key / AGE_CLASSES % GENDERS]);
    if (x->o->by_age)
        text_format(&x->histories, "%s,", ages[key % AGE_CLASSES]);
    text_format(&x->histories, "%zu\n", count);
}

void linkage_histories_add(struct linking *x, const uint32_t *mask, size_t imputation)
{
    struct arena *a = arena_open();
    struct votes *votes = arena_new(a, x->units, struct votes);
    size_t keys = ((size_t)1 << x->lists) * GENDERS * AGE_CLASSES;
    size_t *count = arena_new(a, keys, size_t);

    for (uint32_t u = 0; u < x->units; u++) {
        const struct encodings *people = x->list[x->unit_list[u]].people;
        size_t i = x->unit_record[u] - x->first[x->unit_list[u]];

        if (people->gender)
            votes[x->partition.part[u]].gender[people->gender[i] % GENDERS]++;
        if (people->age)
            votes[x->partition.part[u]].age[people->age[i] % AGE_CLASSES]++;
    }
    for (size_t k = 0; k < x->units; k++)
        if (mask[k])
            count[key_of(x, mask[k], &votes[k])]++;
    for (size_t key = 0; key < keys; key++)
        if (count[key])
            write_row(x, imputation, (uint32_t)key, count[key]);
    arena_close(a);
}
