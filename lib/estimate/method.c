/* The estimators of the front. */
#include "estimate/method.h"

#include "estimate/all.h"
#include "estimate/bayes.h"
#include "estimate/by_bic.h"
#include "estimate/by_graphs.h"
#include "estimate/by_stepwise.h"
#include "estimate/by_unequal.h"
#include "estimate/chao.h"
#include "estimate/chapman.h"
#include "estimate/classes.h"
#include "estimate/coverage.h"
#include "estimate/graphs.h"
#include "estimate/model.h"

const struct method methods[] = {
    {.name = "stepwise",
     .about = "pairs of lists enter a log-linear model by p-value",
     .assumption =
         "Lists depend on each other only in pairs, and a pair that does not stand out is independent.",
     .antagande = "Listor hänger ihop bara två och två, och två listor som inte sticker ut är oberoende.",
     .least_lists = 3,
     .most_lists = MODEL_MAX_LISTS,
     .run = by_stepwise},
    {.name = "bic",
     .about = "of all hierarchical log-linear models the one with the smallest BIC",
     .assumption = "Lists depend on each other as in the one model that is best by BIC.",
     .antagande = "Listor hänger ihop så som i den modell som är bäst enligt BIC.",
     .least_lists = 3,
     .most_lists = MODEL_MAX_LISTS,
     .run = by_bic},
    {.name = "graphs",
     .about = "averaging over decomposable graphs of lists",
     .assumption =
         "Lists depend on each other as some decomposable graph says; a weak prior fills empty overlaps.",
     .antagande =
         "Listor hänger ihop så som någon nedbrytbar graf säger; en svag förhandsfördelning fyller tomma överlapp.",
     .least_lists = 3,
     .most_lists = GRAPHS_MAX_LISTS,
     .run = by_graphs},
    {.name = "classes",
     .about = "people of a few unknown kinds, each with its own chances of being on the lists",
     .assumption = "People are of a few kinds, and within a kind the lists are independent.",
     .antagande = "Människorna är av några få slag, och inom ett slag är listorna oberoende av varandra.",
     .least_lists = 3,
     .most_lists = MODEL_MAX_LISTS,
     .run = classes},
    {.name = "bayes",
     .about = "all pairs of lists, those kept whose posterior lies away from no dependence",
     .assumption = "Lists depend on each other only in pairs, and most such dependences are weak.",
     .antagande = "Listor hänger ihop bara två och två, och de flesta sådana samband är svaga.",
     .least_lists = 3,
     .most_lists = MODEL_MAX_LISTS,
     .run = bayes},
    {.name = "unequal",
     .about =
         "people who differ in how easily they are listed, and pairs of lists that then enter by p-value",
     .assumption =
         "People differ in how easily they are listed, equally on all lists, also those not seen, in one of three "
         "ways.",
     .antagande =
         "Människor är olika lätta att få med på listor, lika på alla listor, även de som inte syns, på något av "
         "tre sätt.",
     .least_lists = 3,
     .most_lists = MODEL_MAX_LISTS,
     .run = by_unequal},
    {.name = "chao",
     .about = "a lower bound without a model of how lists depend on each other",
     .assumption = "People differ in how easily they are listed, and lists do not avoid each other.",
     .antagande = "Människor är olika lätta att få med på listor, och listor undviker inte varandra.",
     .least_lists = 2,
     .most_lists = MODEL_MAX_LISTS,
     .run = chao},
    {.name = "coverage",
     .about = "how much of each list the others hold, or a lower bound from it",
     .assumption =
         "Lists depend on each other only weakly, two by two; where they share little the figure is a "
         "lower bound, if lists do not avoid each other.",
     .antagande =
         "Listor hänger ihop bara svagt, två och två; har de lite gemensamt är siffran en nedre gräns, om "
         "listor inte undviker varandra.",
     .least_lists = 3,
     .most_lists = MODEL_MAX_LISTS,
     .run = coverage},
    {.name = "all",
     .about = "every method that the table allows, and what the figures hang on",
     .assumption = "The truth lies within what the methods together allow.",
     .antagande = "Det rätta svaret ligger inom det som metoderna tillsammans tillåter.",
     .least_lists = 3,
     .most_lists = MODEL_MAX_LISTS,
     .run = all_methods},
    {.name = "chapman",
     .about = "two lists that are independent",
     .assumption = "Being on one list makes it neither more nor less likely to be on the other.",
     .antagande =
         "Att finnas på den ena listan gör det varken mer eller mindre troligt att finnas på den andra.",
     .least_lists = 2,
     .most_lists = 2,
     .run = chapman},
    {.name = NULL},
};

const struct method *method_find(struct str name)
{
    for (const struct method *m = methods; m->name; m++)
        if (str_equal(str_of(m->name), name))
            return m;
    return NULL;
}

void method_put_names(struct text *out)
{
    for (const struct method *m = methods; m->name; m++) {
        if (m > methods)
            text_add(out, m[1].name ? S(", ") : S(" or "));
        text_add(out, str_of(m->name));
    }
}
