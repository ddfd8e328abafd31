/* What stands around every page. */
#include "portal/layout.h"

#include "assets.h"
#include "base/arena.h"
#include "portal/portal.h"
#include "web/asset.h"
#include "web/request.h"

enum { MOST_LINKS = 40 };

struct str portal_address(const struct portal_view *v, struct str path, struct arena *a)
{
    return request_address(path, v->language, a);
}

/* The links of all rooms that the visitor may follow; `which` picks a room's. */
static const struct layout_link *links_of(const struct portal_view *v,
                                          const struct portal_link *(*which)(const struct portal_room *),
                                          struct arena *a, size_t *n)
{
    struct layout_link *links = arena_new(a, MOST_LINKS, struct layout_link);

    *n = 0;
    for (const struct portal_room *const *room = v->rooms; room && *room; room++)
        for (const struct portal_link *l = which(*room); l && l->path; l++)
            if (*n < MOST_LINKS && permission_has(l->permission, v->roles))
                links[(*n)++] =
                    (struct layout_link){.href = portal_address(v, str_of(l->path), a),
                                         .text = catalogue_text(catalogue_of(v->language), l->text)};
    return links;
}

static const struct portal_link *menu_of(const struct portal_room *room)
{
    return room->menu;
}

static const struct portal_link *work_of(const struct portal_room *room)
{
    return room->work;
}

static const struct portal_link *foot_of(const struct portal_room *room)
{
    return room->foot;
}

/* The rooms' links, and last the same page in the other language. */
static void add_foot(struct layout *l, const struct portal_view *v, struct str path, struct arena *a)
{
    enum language other = v->language == LANGUAGE_SV ? LANGUAGE_EN : LANGUAGE_SV;
    size_t n = 0;
    const struct layout_link *links = links_of(v, foot_of, a, &n);
    struct layout_link *foot = arena_new(a, n + 1, struct layout_link);

    for (size_t i = 0; i < n; i++)
        foot[i] = links[i];
    foot[n] =
        (struct layout_link){.href = request_address(path, other, a),
                             .text = catalogue_text(catalogue_of(v->language), TEXT_PORTAL_OTHER_LANGUAGE),
                             .lang = language_code(other)};
    l->foot = foot;
    l->foot_n = n + 1;
}

static void add_visitor(struct layout *l, const struct portal_view *v, struct arena *a)
{
    l->visitor = v->visitor->person.name;
    l->account_href = portal_address(v, S("/konto"), a);
    l->sign_out_href = portal_address(v, S("/logga-ut"), a);
    l->form_style_href = S(ASSET_WORK_CSS);
    l->work = links_of(v, work_of, a, &l->work_n);
}

struct layout portal_layout(const struct portal_view *v, struct str title, struct str path, struct arena *a)
{
    struct layout l = {.language_code = language_code(v->language),
                       .title = title,
                       .network = catalogue_text(catalogue_of(v->language), TEXT_PORTAL_NETWORK),
                       .city = v->city,
                       .is_example = v->is_example,
                       .home = portal_address(v, S("/"), a),
                       .exit = S("/lamna"),
                       .here = portal_address(v, path, a),
                       .seal = &v->seal,
                       .style_href = S(ASSET_LYKTA_CSS),
                       .icon_href = S(ASSET_LYKTA_SVG),
                       .contact = v->contact,
                       .email = v->email};

    l.menu = links_of(v, menu_of, a, &l.menu_n);
    add_foot(&l, v, path, a);
    if (v->visitor)
        add_visitor(&l, v, a);
    return l;
}

struct layout portal_form_layout(const struct portal_view *v, struct str title, struct str path,
                                 size_t errors, struct arena *a)
{
    struct layout l = portal_layout(v, title, path, a);

    l.form_style_href = S(ASSET_WORK_CSS);
    l.has_errors = errors > 0;
    return l;
}

struct layout portal_print_layout(const struct portal_view *v, struct str title)
{
    const struct asset *style = asset_named(S("lykta.css"));

    return (struct layout){.language_code = language_code(v->language),
                           .title = title,
                           .network = catalogue_text(catalogue_of(v->language), TEXT_PORTAL_NETWORK),
                           .city = v->city,
                           .is_example = v->is_example,
                           .is_standalone = true,
                           .style = style ? style->bytes : S("")};
}
