/* The example mapping. */
#include "mapping/example.h"

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
