/* The words for an actor and for its code. */
#include "seminar/actor_words.h"

static const enum text_key words[ACTORS] = {
    [ACTOR_LANDLORD] = TEXT_SEMINAR_ACTOR_LANDLORD,
    [ACTOR_PROPERTY_OWNER] = TEXT_SEMINAR_ACTOR_PROPERTY_OWNER,
    [ACTOR_HOTEL] = TEXT_SEMINAR_ACTOR_HOTEL,
    [ACTOR_ENVIRONMENT] = TEXT_SEMINAR_ACTOR_ENVIRONMENT,
    [ACTOR_BUILDING] = TEXT_SEMINAR_ACTOR_BUILDING,
    [ACTOR_TECHNICAL] = TEXT_SEMINAR_ACTOR_TECHNICAL,
    [ACTOR_FIRE_BRIGADE] = TEXT_SEMINAR_ACTOR_FIRE_BRIGADE,
    [ACTOR_SOCIAL_SERVICES] = TEXT_SEMINAR_ACTOR_SOCIAL_SERVICES,
    [ACTOR_SCHOOL] = TEXT_SEMINAR_ACTOR_SCHOOL,
    [ACTOR_UNIVERSITY] = TEXT_SEMINAR_ACTOR_UNIVERSITY,
    [ACTOR_HEALTH] = TEXT_SEMINAR_ACTOR_HEALTH,
    [ACTOR_POLICE] = TEXT_SEMINAR_ACTOR_POLICE,
    [ACTOR_COUNTY_BOARD] = TEXT_SEMINAR_ACTOR_COUNTY_BOARD,
    [ACTOR_AUTHORITY] = TEXT_SEMINAR_ACTOR_AUTHORITY,
    [ACTOR_VOLUNTARY] = TEXT_SEMINAR_ACTOR_VOLUNTARY,
    [ACTOR_OTHER] = TEXT_SEMINAR_ACTOR_OTHER,
};

struct str actor_text(enum actor_kind actor, enum language language)
{
    return catalogue_text(catalogue_of(language), words[actor]);
}

struct str actor_words(struct str code, enum language language)
{
    for (int i = 0; i < ACTORS; i++)
        if (str_is(code, actor_code((enum actor_kind)i)))
            return actor_text((enum actor_kind)i, language);
    return code;
}
