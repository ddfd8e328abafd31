/* What the pages of results show. */
#ifndef LYKTA_RESULTS_RESULTS_VIEW_H
#define LYKTA_RESULTS_RESULTS_VIEW_H

#include "base/date.h"
#include "research/study.h"
#include "research/study_access.h"
#include "results/results.h"
#include "web/field.h"
#include "web/layout.h"

#include <stdbool.h>
#include <stddef.h>

/* A file to fetch. */
struct results_link {
    struct str href, what, size, hash; /* "Metod (PDF)", "1,2 MB" */
};

/* A release that a study was granted, and where the programme has published it with others. */
struct results_ground {
    const struct study_release *release;
    struct str href; /* empty: nowhere */
};

/* Results as readers see them. */
struct results_shown {
    const struct study *study;
    struct str title, words;
    bool is_swedish_only; /* on an English page */
    struct str author;    /* empty: not named */
    size_t files;
    struct results_link file[RESULTS_PARTS];
    size_t grounds, unpublished; /* releases; those of them that the programme has not published */
    struct results_ground *ground;
};

struct results_page_view {
    struct layout layout;
    struct results_shown shown;
    struct date published;
    bool is_withdrawn;
    struct date withdrawn;
    struct str withdrawal;
    struct str back_href;
};

/* The researcher's form. */
struct hand_in_view {
    struct layout layout;
    const struct study *study;
    struct results results;
    bool is_just_handed_in, is_just_unnamed;
    struct date handed, decided;
    struct str page_href; /* of what is published; empty: nothing is */
    struct field_set *fields;
    struct field *title[LANGUAGES], *words[LANGUAGES], *file[RESULTS_PARTS], *affirm, *named;
    struct str action, unname_href, figures_href; /* the last is empty when the access is over */
};

/* For whoever decides. */
struct results_desk_view {
    struct layout layout;
    const struct study *study;
    struct results results;
    struct results_shown shown; /* when there is something to show */
    bool has_text;
    size_t names; /* in the code's ZIP file */
    const struct str *name;
    struct str name_of_decider;
    struct date handed, decided, withdrawn;
    struct field_set *fields;
    struct field *words;
    bool may_decide, may_withdraw;
    struct str publish_href, return_href, withdraw_href, page_href, study_href;
};

#endif
