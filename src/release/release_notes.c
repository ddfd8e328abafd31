/* What every release says in words. */
#include "release/release_notes.h"

#define NOTE(code, sv, en)                                                                                   \
    {                                                                                                        \
        {code, sizeof(code) - 1}, {sv, sizeof(sv) - 1},                                                      \
        {                                                                                                    \
            en, sizeof(en) - 1                                                                               \
        }                                                                                                    \
    }

const struct release_note release_limits[] = {
    NOTE("certainty",
         "Det uppskattade antalet är en beräkning, inte en räkning. Det verkliga antalet kan ligga utanför "
         "intervallet, "
         "eftersom intervallet bara visar den osäkerhet som kommer av slumpen.",
         "The estimated number is calculated, not counted. The true number may lie outside the interval, "
         "since the interval "
         "shows only the uncertainty that comes from chance."),
    NOTE("closed",
         "Beräkningen förutsätter att det är samma grupp människor under hela perioden. Flyttar många in "
         "eller ut blir den "
         "för hög eller för låg.",
         "The calculation assumes the same group of people throughout the period. If many move in or out, it "
         "comes out too "
         "high or too low."),
    NOTE("matching",
         "Den förutsätter att samma person känns igen på olika listor. Missas träffar blir uppskattningen "
         "för hög, och "
         "förväxlas personer blir den för låg.",
         "It assumes that the same person is recognised on different lists. Missed matches make the estimate "
         "too high, and "
         "mixed-up people make it too low."),
    NOTE("definition",
         "Den förutsätter att alla listor räknar samma sak. Om myndigheter och organisationer bedömer olika "
         "vem som är "
         "utsatt jämförs olika grupper.",
         "It assumes that all lists count the same thing. If agencies and organisations judge differently "
         "who is exposed, "
         "different groups are compared."),
    NOTE("dependence",
         "Modellen tar bara hänsyn till samband mellan listor som syns i uppgifterna. Människor som ingen "
         "lista kan nå syns "
         "inte alls, och ett samband som inte syns kan ändra svaret mycket.",
         "The model takes account only of ties between lists that show in the data. People whom no list can "
         "reach do not "
         "show at all, and a tie that does not show can change the answer a great deal."),
    {{NULL, 0}, {NULL, 0}, {NULL, 0}},
};

const struct release_note release_example_note =
    NOTE("example",
         "Det här är ett exempel. Siffrorna kommer från en annan plats "
         "och visar hur metoden fungerar. De säger inget om "
         "kommunen.",
         "This is an example. The figures come from another place and "
         "show how the method works. They say nothing about the "
         "municipality.");

const struct release_note release_linkages_note = NOTE(
    "linkages",
    "Det är inte säkert vilka uppgifter som hör till samma person. Uppskattningen är därför gjord för "
    "flera troliga svar på den frågan, och intervallet räknar med skillnaden mellan dem. Tabellerna "
    "visar det svar som ligger närmast mitten.",
    "Which records belong to the same person is not certain. The estimate is therefore made for several "
    "likely answers to that question, and the interval takes account of how they differ. The tables show "
    "the answer that is nearest to the middle.");

const struct release_note release_protection_note =
    NOTE("protection",
         "Alla antal är avrundade så att ingen enskild person kan pekas ut. Avrundningen görs en gång och "
         "bevarar summor: "
         "det som går att lägga ihop stämmer. Antalet 0 visas inte, eftersom det också säger något om "
         "människor. Det "
         "uppskattade antalet är räknat på de avrundade antalen och avrundat utåt, så att det inte säger mer "
         "om någon än tabellerna gör.",
         "All counts are rounded so that no single person can be pointed out. The rounding is made once and "
         "keeps sums: what "
         "can be added up agrees. The count 0 is not shown, since it too tells something about people. The "
         "estimated number "
         "is worked out from the rounded counts and rounded outward, so that it says no more of anyone than "
         "the tables do.");

static const struct release_note note_lists =
    NOTE("lists", "Det är för få eller för många listor för att räkna ut hur många som inte syns.",
         "There are too few or too many lists to calculate how many are not seen.");
static const struct release_note note_overlap =
    NOTE("overlap",
         "För få människor finns på flera listor, eller så hänger listorna inte ihop. Då går det inte att "
         "räkna ut hur "
         "många som inte syns.",
         "Too few people are on several lists, or the lists are not tied together. Then it cannot be "
         "calculated how many "
         "are not seen.");
static const struct release_note note_model =
    NOTE("model", "Uppgifterna räcker inte för den modell som passar dem. Då anges inget antal.",
         "The data do not suffice for the model that fits them. Then no number is given.");
static const struct release_note note_models_disagree = NOTE(
    "models_disagree",
    "Modeller som passar uppgifterna nästan lika bra ger mycket olika svar. Då anges bara ett spann.",
    "Models that fit the data almost equally well give very different answers. Then only a range is given.");
static const struct release_note note_models_left = NOTE(
    "models_left",
    "Alla tänkbara modeller har inte jämförts. Fler kan passa uppgifterna lika bra och ge ett annat svar.",
    "Not all possible models were compared. Others may fit the data as well and give another answer.");
static const struct release_note note_few = NOTE("few",
                                                 "Så få människor är kända, eller finns på flera listor, att "
                                                 "ett uppskattat antal skulle vara mycket osäkert och "
                                                 "kunna avslöja enskilda uppgifter. Då anges inget antal.",
                                                 "So few people are known, or are on several lists, that an "
                                                 "estimated number would be very uncertain and could give "
                                                 "single figures away. Then no number is given.");
static const struct release_note note_list_left_out =
    NOTE("list_left_out", "Minst en lista tillför inget till beräkningen och är inte med i den.",
         "At least one list adds nothing to the calculation and is not in it.");
static const struct release_note note_lower_bound =
    NOTE("lower_bound", "Antalet är en nedre gräns. Det verkliga antalet är troligen större.",
         "The number is a lower bound. The true number is probably larger.");
static const struct release_note note_independence =
    NOTE("independence",
         "Med två listor måste man anta att den som finns på den ena varken oftare eller mer sällan finns på "
         "den andra. Det "
         "går inte att pröva.",
         "With two lists it must be assumed that being on one makes it neither more nor less likely to be on "
         "the other. This "
         "cannot be tested.");
static const struct release_note note_unresolved = NOTE(
    "unresolved",
    "Fler omräkningar än de som gjordes skulle behövas för att ange intervallets gränser säkert.",
    "More recalculations than were made would be needed to give the limits of the interval with certainty.");
static const struct release_note note_replicates_failed =
    NOTE("replicates_failed",
         "En del av omräkningarna gav inget svar. Därför är intervallet beräknat på ett enklare sätt.",
         "Some of the recalculations gave no answer. The interval is therefore calculated in a simpler way.");
static const struct release_note note_one_sided = NOTE(
    "one_sided",
    "Omräkningarna hamnade alla på samma sida om svaret. Därför är intervallet beräknat på ett enklare sätt.",
    "The recalculations all came out on the same side of the answer. The interval is therefore calculated in "
    "a simpler "
    "way.");

struct release_note release_note_of(enum estimate_note_kind kind)
{
    switch (kind) {
    case ESTIMATE_TOO_MANY_LISTS:
    case ESTIMATE_TOO_FEW_LISTS:
        return note_lists;
    case ESTIMATE_NO_OVERLAP:
    case ESTIMATE_FEW_OVERLAPPING_PAIRS:
    case ESTIMATE_NOT_CONNECTED:
        return note_overlap;
    case ESTIMATE_IS_INFINITE:
    case ESTIMATE_IS_ZERO:
    case ESTIMATE_IS_UNIDENTIFIED:
    case ESTIMATE_BELOW_SEEN:
    case ESTIMATE_NOT_CONVERGED:
        return note_model;
    case ESTIMATE_ALL_METHODS:
    case ESTIMATE_LIST_MOVES:
    case ESTIMATE_MODELS_DISAGREE:
    case ESTIMATE_MODES:
    case ESTIMATE_PRIOR_DECIDES:
    case ESTIMATE_SHAPE_UNSEEN:
        return note_models_disagree;
    case ESTIMATE_MODELS_LEFT:
        return note_models_left;
    case ESTIMATE_FEW_PEOPLE:
    case ESTIMATE_FEW_OVERLAPS:
        return note_few;
    case ESTIMATE_LIST_EMPTY:
    case ESTIMATE_LIST_HOLDS_ALL:
    case ESTIMATE_LISTS_IDENTICAL:
        return note_list_left_out;
    case ESTIMATE_LOWER_BOUND:
    case ESTIMATE_LOW_COVERAGE:
        return note_lower_bound;
    case ESTIMATE_INDEPENDENCE_ASSUMED:
    case ESTIMATE_ALIKE_INDEPENDENT:
    case ESTIMATE_SHARE_HELD:
        return note_independence;
    case ESTIMATE_UNRESOLVED:
        return note_unresolved;
    case ESTIMATE_REPLICATES_FAILED:
        return note_replicates_failed;
    case ESTIMATE_NO_PROFILE:
    case ESTIMATE_ONE_SIDED:
        return note_one_sided;
    }
    return note_model;
}
