/* Cautions about the number of matches. */
#include "link/linkage_caution.h"

#include <stdbool.h>

/* Have more than half of the people something beside names and birth date? */
static bool has_places(const struct encodings *x)
{
    size_t n = 0;

    for (size_t i = 0; i < x->n; i++)
        n += x->present[i] >> GROUP_PLACE & 1U;
    return 2 * n > x->n;
}

enum linkage_caution linkage_caution_of(const struct linkage_list *list, size_t lists)
{
    for (size_t i = 0; i < lists; i++) {
        if (list[i].people->groups == 1)
            return LINKAGE_ONE_FILTER;
        if (!has_places(list[i].people))
            return LINKAGE_NAMES_AND_BIRTH;
    }
    return LINKAGE_NO_CAUTION;
}

const char *linkage_caution_name(enum linkage_caution caution)
{
    static const char *const names[] = {[LINKAGE_NO_CAUTION] = "none",
                                        [LINKAGE_NAMES_AND_BIRTH] = "names-and-birth",
                                        [LINKAGE_ONE_FILTER] = "one-filter"};

    return names[caution];
}

const char *linkage_caution_words(enum linkage_caution caution)
{
    static const char *const words[] = {
        [LINKAGE_NO_CAUTION] = NULL,
        [LINKAGE_NAMES_AND_BIRTH] =
            "Caution: most people of a list have names and birth date alone. In tests 1 to 6 % of the matches were then missed beyond what is "
            "told here. Encode town or telephone too, let the owners look at a --sample, or say lykta estimate --missed-links.",
        [LINKAGE_ONE_FILTER] =
            "Caution: all fields are in one filter (profile clk). In tests 2 to 12 % of the matches were then missed beyond what is told "
            "here. Prefer the profile grouped, let the owners look at a --sample, or say lykta estimate --missed-links."};

    return words[caution];
}
