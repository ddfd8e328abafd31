/* What the pages of signs show. */
#include "indicator/indicator_view.h"

#include "base/arena.h"
#include "web/language.h"

struct str actor_name(const struct actor *actor, enum language language)
{
    return language == LANGUAGE_SV ? actor->sv : actor->en;
}

struct str sign_text(const struct indicator *sign, enum language language)
{
    return language == LANGUAGE_SV ? sign->sv : sign->en;
}

static struct str card_href(const struct portal_view *site, const struct actor *actor, struct arena *a)
{
    return portal_address(site, str_of(arena_printf(a, "/tecken/%.*s", STR(actor->slug))), a);
}

static struct sign_row row_of(const struct portal_view *site, const struct indicator *sign, struct arena *a)
{
    struct str *caution = arena_new(a, sign->n_cautions + 1, struct str);
    struct sign_row row = {.id = sign->id,
                           .text = sign_text(sign, site->language),
                           .actor = actor_name(sign->actor, site->language),
                           .href = card_href(site, sign->actor, a),
                           .cautions = sign->n_cautions,
                           .caution = caution};

    for (size_t i = 0; i < sign->n_cautions; i++)
        caution[i] = site->language == LANGUAGE_SV ? sign->caution[i]->sv : sign->caution[i]->en;
    if (permission_has(PERMISSION_INDICATOR_CHANGE, site->roles))
        row.edit_href = portal_address(site, str_of(arena_printf(a, "/tecken/andra/%.*s", STR(sign->id))), a);
    return row;
}

struct card_view card_view_of(const struct portal_view *site, const struct indicators *all,
                              const struct actor *actor, struct str path, struct arena *a)
{
    static const struct {
        enum strength strength;
        enum text_key title;
        enum text_key about;
    } parts[3] = {{STRENGTH_STRONG, TEXT_INDICATOR_STRONG, TEXT_INDICATOR_STRONG_ABOUT},
                  {STRENGTH_MEDIUM, TEXT_INDICATOR_MEDIUM, TEXT_INDICATOR_MEDIUM_ABOUT},
                  {STRENGTH_WEAK, TEXT_INDICATOR_WEAK, TEXT_INDICATOR_WEAK_ABOUT}};
    struct card_view v = {
        .layout = portal_layout(site, actor_name(actor, site->language), path, a),
        .actor = actor_name(actor, site->language),
        .serves_guests = str_is(actor->code, "hotel") || str_is(actor->code, "landlord"),
        .groups = 3,
        .report_href = portal_address(site, S("/iakttagelse"), a),
        .file_href = portal_address(site, str_of(arena_printf(a, "/tecken/%.*s/kort", STR(actor->slug))), a),
        .lesson_href = portal_address(site, S("/utbildning"), a),
        .all_href = portal_address(site, S("/tecken"), a)};

    for (size_t g = 0; g < 3; g++) {
        struct sign_group *group = &v.group[g];

        *group =
            (struct sign_group){parts[g].title, parts[g].about, 0, arena_new(a, all->n + 1, struct sign_row)};
        for (size_t i = 0; i < all->n; i++) {
            const struct indicator *sign = &all->indicator[i];

            if (sign->actor == actor && sign->strength == parts[g].strength && !sign->is_withdrawn)
                group->row[group->n++] = row_of(site, sign, a);
        }
    }
    return v;
}

static size_t signs_of(const struct indicators *all, const struct actor *actor)
{
    size_t n = 0;

    for (size_t i = 0; i < all->n; i++)
        n += all->indicator[i].actor == actor && !all->indicator[i].is_withdrawn;
    return n;
}

struct signs_view signs_view_of(const struct portal_view *site, const struct indicators *all,
                                struct str query, struct str path, struct arena *a)
{
    enum { FOUND_MOST = 30 };
    struct signs_view v = {
        .layout = portal_form_layout(site, catalogue_text(catalogue_of(site->language), TEXT_INDICATOR_TITLE),
                                     path, 0, a),
        .action = portal_address(site, S("/tecken"), a),
        .query = query,
        .actors = all->n_actors,
        .actor = arena_new(a, all->n_actors + 1, struct actor_link),
        .is_searched = str_trim(query).n > 0,
        .row = arena_new(a, FOUND_MOST, struct sign_row)};

    for (size_t k = 0; k < all->n_actors; k++)
        v.actor[k] =
            (struct actor_link){card_href(site, &all->actors[k], a),
                                actor_name(&all->actors[k], site->language), signs_of(all, &all->actors[k])};
    for (size_t i = 0; v.is_searched && i < all->n && v.found < FOUND_MOST; i++)
        if (!all->indicator[i].is_withdrawn && indicator_matches(&all->indicator[i], query))
            v.row[v.found++] = row_of(site, &all->indicator[i], a);
    return v;
}
