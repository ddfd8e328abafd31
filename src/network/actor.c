/* What kind of work an organisation does. */
#include "network/actor.h"

#include "base/arena.h"
#include "network/fold.h"

#include <assert.h>
#include <stddef.h>

enum { MOST_NAMES = 8 };

/* As Swedish municipalities and their lists write them. */
static const struct {
    const char *code;
    const char *names[MOST_NAMES];
} actors[ACTORS] = {
    [ACTOR_LANDLORD] = {"landlord", {"Hyresvärd", "Hyresvärdar", "Bostadsbolag", "Landlord", "Landlords"}},
    [ACTOR_PROPERTY_OWNER] = {"property_owner",
                              {"Fastighetsägare", "Bostadsrättsförening", "Brf", "Property owner",
                               "Property owners"}},
    [ACTOR_HOTEL] = {"hotel", {"Hotell", "Hotell och vandrarhem", "Vandrarhem", "Hotel", "Hotels"}},
    [ACTOR_ENVIRONMENT] = {"environment_inspector",
                           {"Miljöförvaltning", "Miljöförvaltningen", "Miljö", "Miljökontor", "Environment",
                            "Environmental department"}},
    [ACTOR_BUILDING] = {"building_inspector",
                        {"Stadsbyggnad", "Bygglov", "Stadsbyggnadsförvaltningen", "Byggnadsnämnd", "Building",
                         "Building department"}},
    [ACTOR_TECHNICAL] = {"technical_dept",
                         {"Teknisk förvaltning", "Tekniska förvaltningen", "Teknik", "Technical department"}},
    [ACTOR_FIRE_BRIGADE] = {"fire_brigade",
                            {"Räddningstjänst", "Räddningstjänsten", "Brandkår", "Fire brigade"}},
    [ACTOR_SOCIAL_SERVICES] = {"social_services",
                               {"Socialtjänst", "Socialtjänsten", "Socialförvaltningen", "Social services"}},
    [ACTOR_SCHOOL] = {"school", {"Skola", "Skolor", "Utbildningsförvaltningen", "School"}},
    [ACTOR_UNIVERSITY] = {"university_health",
                          {"Universitet", "Högskola", "Universitet och högskola", "Studenthälsa",
                           "University"}},
    [ACTOR_HEALTH] = {"healthcare",
                      {"Vård", "Region", "Regionen", "Hälso- och sjukvård", "Health care", "Health"}},
    [ACTOR_POLICE] = {"police", {"Polis", "Polisen", "Polismyndigheten", "Police"}},
    [ACTOR_COUNTY_BOARD] = {"county_board", {"Länsstyrelse", "Länsstyrelsen", "County administrative board"}},
    [ACTOR_AUTHORITY] = {"authority",
                         {"Annan myndighet", "Myndighet", "Kommun", "Other authority", "Authority"}},
    [ACTOR_VOLUNTARY] = {"ngo",
                         {"Ideell organisation", "Ideell förening", "Ideella", "Förening", "Civilsamhälle",
                          "Voluntary sector", "Non-profit"}},
    [ACTOR_OTHER] = {"other", {"Annan", "Annat", "Övrigt", "Other"}},
};

const char *actor_code(enum actor_kind actor)
{
    assert(actor < ACTORS);
    return actors[actor].code;
}

const char *const *actor_names(enum actor_kind actor)
{
    assert(actor < ACTORS);
    return actors[actor].names;
}

bool actor_from_str(struct str text, enum actor_kind *out)
{
    struct arena *a = arena_open();
    struct str sought = fold(str_trim(text), a);
    bool is_found = false;

    for (size_t i = 0; i < ACTORS && !is_found; i++) {
        is_found = str_is(sought, actors[i].code);
        for (size_t k = 0; k < MOST_NAMES && actors[i].names[k]; k++)
            is_found = is_found || str_equal(sought, fold(str_of(actors[i].names[k]), a));
        if (is_found)
            *out = (enum actor_kind)i;
    }
    arena_close(a);
    return is_found;
}
