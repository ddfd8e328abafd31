/* The situations of a mapping's years as a table of its release. */
#include "publishing/situations_table.h"

#include "base/arena.h"
#include "observation/report_words.h"
#include "observation/year_situations.h"
#include "release/release.h"
#include "store/city.h"
#include "store/keys.h"

#include <inttypes.h>

const struct situation_line *situation_lines(const struct year_sums *sums, struct arena *a, size_t *n)
{
    struct situation_line *line = arena_new(a, 1 + SITUATION_FORMS + PLACES, struct situation_line);
    size_t at = 0;

    line[at++] = (struct situation_line){"all", TEXT_OVERVIEW_ALL, &sums->all};
    for (size_t f = 0; f < SITUATION_FORMS; f++)
        line[at++] = (struct situation_line){arena_printf(a, "form-%s", situation_form_name[f]),
                                             situation_form_text[f], &sums->form[f]};
    for (enum report_place p = PLACE_HOTEL; p < PLACES; p++)
        line[at++] = (struct situation_line){arena_printf(a, "place-%s", report_place_name(p)),
                                             report_place_text[p], &sums->place[p]};
    *n = at;
    return line;
}

static struct release_figure figure_of(const struct overview_sum *sum, struct arena *a)
{
    bool is_some = sum->n > 0;
    int64_t told = is_some ? sum->n : sum->hi;

    return (struct release_figure){
        sum->n, sum->lo, sum->hi, str_of(arena_printf(a, "%s %" PRId64, is_some ? "cirka" : "högst", told)),
        str_of(arena_printf(a, "%s %" PRId64, is_some ? "about" : "at most", told))};
}

static void make_table(const struct year_sums *sums, struct release *r, struct arena *a)
{
    struct release_table *t = &r->situations;
    const struct situation_line *line = situation_lines(sums, a, &t->n);

    t->label = release_situations_label;
    t->row = arena_new(a, t->n, struct release_row);
    for (size_t i = 0; i < t->n; i++)
        t->row[i] = (struct release_row){.label = {str_of(line[i].code),
                                                   catalogue_text(catalogue_of(LANGUAGE_SV), line[i].words),
                                                   catalogue_text(catalogue_of(LANGUAGE_EN), line[i].words)},
                                         .figure = figure_of(line[i].sum, a)};
}

static void say_left_out(struct release *r)
{
    const struct release_note note = {
        S("situations"),
        S("Nätverkets räknade situationer är inte med: tillsammans med lägesbildens månader skulle de säga för "
          "mycket om enskilda rapporter."),
        S("The network's counted situations are left out: together with the months of the situation picture they "
          "would tell too much about single reports.")};

    if (r->limits < RELEASE_MAX_NOTES)
        r->limit[r->limits++] = note;
}

enum status situations_add(const struct city *city, struct db *db, struct date today, struct release *r,
                           struct arena *a, struct err *e)
{
    struct year_sums sums;
    struct key key;

    TRY(key_read(city->path, KEY_CUBE, &key, e));
    const struct overview_source source = {
        .db = db, .municipality = city->municipality, .key = key.bytes, .today = today};
    enum status s = year_sums(&source, r->mapping.first_year, r->mapping.last_year, a, &sums, e);
    key_wipe(&key);
    if (s == REFUSED) {
        say_left_out(r);
        return OK;
    }
    if (s == OK && sums.last_year != 0)
        make_table(&sums, r, a);
    return s;
}
