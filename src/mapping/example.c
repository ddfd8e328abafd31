/* The example mappings. */
#include "mapping/example.h"

const struct key mapping_example_key = {.bytes = "lantern"};

void mapping_example(struct mapping *out)
{
    *out = (struct mapping){
        .first_year = 2013,
        .last_year = 2013,
        .title_sv = S("Exempel: så många kända och okända offer för människohandel"),
        .title_en = S("Example: how many known and unknown victims of human trafficking"),
        .people_sv = S("möjliga offer för människohandel"),
        .people_en = S("potential victims of human trafficking"),
        .source_sv = S("Storbritannien 2013. National Crime Agencys strategiska lägesbild, publicerad i "
                       "Silverman (2014), Home "
                       "Office. Uppgifterna kommer inte från kommunen. De är med för att visa metoden."),
        .source_en =
            S("United Kingdom 2013. Strategic assessment of the National Crime Agency, published in "
              "Silverman (2014), "
              "Home Office. The data do not come from the municipality. They are here to show the method."),
        .is_example = true,
    };
}

extern const char example_malmo[], example_lund[], example_helsingborg[], example_kristianstad[],
    example_hassleholm[], example_town_names[];

const struct example_town example_towns[EXAMPLE_TOWNS] = {
    {"1280", "Malmö (exempel)", "malmo", example_malmo, example_town_names, 0, 276000},
    {"1281", "Lund (exempel)", "lund", example_lund, example_town_names, 0, 103000},
    {"1283", "Helsingborg (exempel)", "helsingborg", example_helsingborg, example_town_names, 0, 123000},
    {"1290", "Kristianstad (exempel)", "kristianstad", example_kristianstad, example_town_names, 0, 77000},
    {"1293", "Hässleholm (exempel)", "hassleholm", example_hassleholm, "", 10, 49000},
};

void mapping_example_of_towns(struct mapping *out)
{
    *out = (struct mapping){
        .first_year = 2006,
        .last_year = 2006,
        .title_sv = S("Exempel: så många kända och okända personer"),
        .title_en = S("Example: how many known and unknown people"),
        .people_sv = S("personer som injicerar droger"),
        .people_en = S("people who inject drugs"),
        .source_sv = S(
            "Skottland 2006, en av åtta grupper efter region, kön och ålder. King m.fl. (2013), Addiction "
            "Research and Theory; Overstall och King (2014), Journal of Statistical Software. Uppgifterna "
            "kommer inte från kommunen och handlar inte om människohandel. De är med för att visa metoden."),
        .source_en = S(
            "Scotland 2006, one of eight groups by region, gender and age. King et al. (2013), Addiction "
            "Research and Theory; Overstall & King (2014), Journal of Statistical Software. The data do not "
            "come from the municipality and are not about trafficking. They are here to show the method."),
        .is_example = true,
    };
}
