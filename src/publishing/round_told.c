/* Why a round cannot be published. */
#include "publishing/round_told.h"

#include "base/arena.h"
#include "base/text.h"
#include "release/release.h"
#include "release/release_audit.h"
#include "store/db.h"
#include "web/language.h"

static struct str in_language(enum language language, enum text_key key, const struct insertion *values,
                              size_t n, struct arena *a)
{
    struct text out = text_open(a);

    catalogue_write(&out, catalogue_of(language), key, values, n);
    return text_str(&out);
}

static struct round_told in_both(enum text_key key, const struct insertion *values, size_t n, struct arena *a)
{
    return (struct round_told){.sv = in_language(LANGUAGE_SV, key, values, n, a),
                               .en = in_language(LANGUAGE_EN, key, values, n, a)};
}

struct round_told round_told_pair(struct str name, const struct release_exposure *figure, struct arena *a)
{
    enum text_key key =
        figure->is_contradiction ? TEXT_PUBLISHING_TOLD_CONTRADICTION : TEXT_PUBLISHING_TOLD_PAIR;
    const struct insertion sv[] = {insertion("release", name), insertion("cell", figure->cell_sv),
                                   insertion("lo", figure->lo), insertion("hi", figure->hi)};
    const struct insertion en[] = {insertion("release", name), insertion("cell", figure->cell_en),
                                   insertion("lo", figure->lo), insertion("hi", figure->hi)};
    size_t n = figure->is_contradiction ? 2 : 4;

    return (struct round_told){.sv = in_language(LANGUAGE_SV, key, sv, n, a),
                               .en = in_language(LANGUAGE_EN, key, en, n, a)};
}

struct round_told round_told_years(struct str name, struct arena *a)
{
    const struct insertion values[] = {insertion("release", name)};

    return in_both(TEXT_PUBLISHING_TOLD_YEARS, values, 1, a);
}

struct round_told round_told_refused(struct str why, struct arena *a)
{
    const struct insertion values[] = {insertion("why", why)};

    return in_both(TEXT_PUBLISHING_TOLD_REFUSED, values, 1, a);
}

struct round_told round_told_area(const struct release_row *area, struct arena *a)
{
    const struct insertion sv[] = {insertion("area", area->label.sv)};
    const struct insertion en[] = {insertion("area", area->label.en)};

    return (struct round_told){.sv = in_language(LANGUAGE_SV, TEXT_PUBLISHING_TOLD_AREA, sv, 1, a),
                               .en = in_language(LANGUAGE_EN, TEXT_PUBLISHING_TOLD_AREA, en, 1, a)};
}

struct round_told round_told_fault(struct arena *a)
{
    return in_both(TEXT_PUBLISHING_TOLD_FAULT, NULL, 0, a);
}

enum status round_told_note(struct db *db, int64_t id, const struct round_told *told, struct err *e)
{
    static const char sql[] = "update mapping_round set told_sv = $2, told_en = $3 where id = $1";
    struct query q = db_query(db, sql);

    bind_int(&q, 1, id);
    bind_str(&q, 2, told->sv);
    bind_str(&q, 3, told->en);
    return query_run(&q, e);
}
