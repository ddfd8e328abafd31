/* What a measure may rest on. */
#include "plan/plan_offers.h"

#include "base/arena.h"
#include "base/text.h"
#include "observation/year_situations.h"
#include "pages.h"
#include "release/release.h"
#include "seminar/seminar.h"

#include <inttypes.h>

struct list {
    struct plan_offers *out;
    size_t room;
    struct arena *arena;
    const struct catalogue *texts;
};

static void add(struct list *l, enum link_kind kind, const char *path, struct str title)
{
    struct plan_offers *o = l->out;

    o->link = arena_grow(l->arena, o->link, o->n + 1, &l->room, sizeof *o->link);
    o->link[o->n++] = (struct measure_link){
        .kind = kind, .path = str_of(path), .title = str_part(title, 0, MEASURE_TITLE_LETTERS)};
}

static struct str years_of(const struct mapping *m, struct arena *a)
{
    return str_of(m->first_year == m->last_year ? arena_printf(a, "%d", m->first_year)
                                                : arena_printf(a, "%d–%d", m->first_year, m->last_year));
}

/* "Människor efter kön, kartläggning 2013", at the place of the page where the table stands. */
static void add_table(struct list *l, const struct release *r, const struct release_table *t)
{
    bool is_overlap = str_is(t->label.code, "overlap");
    bool is_english = l->texts->language == LANGUAGE_EN;
    struct text title = text_open(l->arena);
    const struct insertion values[] = {insertion("years", years_of(&r->mapping, l->arena)),
                                       insertion("table", is_english ? t->label.en : t->label.sv)};

    catalogue_write(&title, l->texts, TEXT_PLAN_OFFER_RELEASE, values, 2);
    add(l, LINK_RELEASE,
        arena_printf(l->arena, "/kartlaggning/%.*s#%s%.*s-chart", STR(r->name), is_overlap ? "" : "table-",
                     STR(t->label.code)),
        text_str(&title));
}

static enum status add_releases(const struct city *city, struct db *db, struct list *l, struct err *e)
{
    struct release_entry *entry = NULL;
    struct err unread = {0};
    size_t n = 0;

    TRY(release_list(db, l->arena, &entry, &n, e));
    for (size_t i = 0; i < n; i++) {
        struct release *r = arena_new(l->arena, 1, struct release);

        if (!entry[i].is_in_force ||
            release_read(release_path(city, entry[i].name, l->arena), S(""), l->arena, r, &unread) != OK)
            continue;
        for (size_t t = 0; t < r->tables; t++)
            if (r->table[t].n > 0)
                add_table(l, r, &r->table[t]);
    }
    return OK;
}

static enum status add_situations(struct db *db, struct date today, struct list *l, struct err *e)
{
    int *year = NULL;
    size_t n = 0;

    TRY(years_counted(db, today, l->arena, &year, &n, e));
    for (size_t i = 0; i < n; i++) {
        const struct insertion value = insertion("year", str_of(arena_printf(l->arena, "%d", year[i])));
        struct text title = text_open(l->arena);

        catalogue_write(&title, l->texts, TEXT_PLAN_OFFER_SITUATIONS, &value, 1);
        add(l, LINK_SITUATIONS, arena_printf(l->arena, "/lagesbild/%d", year[i]), text_str(&title));
    }
    return OK;
}

static enum status add_seminars(struct db *db, struct date today, struct list *l, struct err *e)
{
    struct seminars all;

    TRY(seminar_list(db, SEMINAR_ALL, today, l->arena, &all, e));
    for (size_t i = 0; i < all.n; i++) {
        const struct seminar *s = &all.seminar[i];
        struct text title = text_open(l->arena);
        struct text day = text_open(l->arena);

        if (s->state != SEMINAR_OPEN)
            continue;
        language_write_date(&day, l->texts->language, s->held_on);
        const struct insertion values[] = {insertion("title", s->title), insertion("day", text_str(&day))};
        catalogue_write(&title, l->texts, TEXT_PLAN_OFFER_SEMINAR, values, 2);
        add(l, LINK_SEMINAR, arena_printf(l->arena, "/seminarier/%" PRId64, s->id), text_str(&title));
    }
    return OK;
}

enum status plan_offers(const struct city *city, struct db *db, struct date today, enum language language,
                        struct arena *a, struct plan_offers *out, struct err *e)
{
    struct list l = {.out = out, .arena = a, .texts = catalogue_of(language)};

    *out = (struct plan_offers){0};
    TRY(add_releases(city, db, &l, e));
    TRY(add_situations(db, today, &l, e));
    return add_seminars(db, today, &l, e);
}

const struct measure_link *plan_offer(const struct plan_offers *offers, struct str path)
{
    for (size_t i = 0; i < offers->n; i++)
        if (str_equal(offers->link[i].path, path))
            return &offers->link[i];
    return NULL;
}
