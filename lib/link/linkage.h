/* Linking: lists of encodings in, who is on which of them out, and how sure that is.
 *
 * All pairs are compared (compare.h), their odds learnt (odds.h), doubles inside each list put together, and
 * the records of different lists made into people (partition.h). As it is not certain who is who,
 * `imputations` linkages are drawn: Gibbs sampling of the partition, of what matches look like, and of how
 * many there are (after Sadinle 2014, Ann. Appl. Stat. 8, 2404-2434, and 2017, J. Am. Statist. Ass. 112,
 * 600-612). Pairs too unlike to be looked at one by one are counted by what the model expects of them. See
 * docs/methods/linkage.md. */
#ifndef LYKTA_LINK_LINKAGE_H
#define LYKTA_LINK_LINKAGE_H

#include "base/text.h"
#include "link/encodings.h"
#include "link/odds.h"
#include "link/partition.h"

struct linkage;
struct portions;
struct progress;

enum {
    LINKAGE_MAX_LISTS = PARTITION_MAX_LISTS,
    LINKAGE_MAX_IMPUTATIONS = 10000,
    LINKAGE_DEFAULT_IMPUTATIONS = 200
};

struct linkage_list {
    struct str name;
    const struct encodings *people;
};

/* What those who own the lists say of a pair that was told as a struct linkage_link. */
struct linkage_answer {
    uint32_t list_a, i, list_b, j;
    bool is_same; /* one person */
};

struct linkage_answers {
    size_t n;
    const struct linkage_answer *answer;
};

struct linkage_options {
    enum profile profile;
    int noise_percent;
    size_t imputations; /* 0: none, one linkage taken for certain */
    uint64_t seed;
    int threads; /* 0: one per processor; never changes a result */
    bool by_gender, by_age;
    bool with_others;  /* also tell the pairs that are not linked */
    const double *cut; /* log odds at which the best linkage is made as well (struct linkage_cut) */
    size_t cuts;
    /* Asked about the linkage that was made without answers, which stays in the arena. With any, it is drawn
     * anew with them, as signs that can be wrong (linkage_answers.c). NULL: nobody is asked. */
    enum status (*ask)(void *owners, const struct linkage *first, struct linkage_answers *out, struct err *e);
    void *owners;
    struct progress *progress;
    struct portions *portions; /* who else compares, and what is kept of it; NULL, or one of a single process
                                  that keeps nothing: alone */
};

/* People on both of two lists. */
struct linkage_overlap {
    int64_t links;    /* in the one best linkage */
    double matches;   /* mean of the imputations, with those too unlike to be seen */
    double low, high; /* 95 % of the imputations */
    double expected;  /* by the odds alone, before one record is held to one person */
};

/* A link of the best linkage, or a pair that is none: record i of list a and j of list b, from 0. */
struct linkage_link {
    uint32_t list_a, i, list_b, j;
    uint32_t pattern;
    double log_odds;
    double p; /* share of the imputations that hold it; NaN without */
};

/* The best linkage if records were joined from other odds on than evens. Errors are those that the draws
 * expect, as for the linkage that is told: who is likely to be who does not depend on the cut. */
struct linkage_cut {
    double log_odds;
    int64_t
        pairs; /* that were looked at one by one and have these odds or better; they never rise with them */
    int64_t links;      /* of these, as a record is one person's only; and who came with a third */
    double false_links; /* of the links, expected; NaN without imputations, as the next */
    double missed;      /* matches expected not to be among the links */
    int64_t known;      /* people on any list */
    uint32_t *people;   /* [2^lists], by history; [0] is 0 */
};

/* See linkage_caution.h. */
enum linkage_caution { LINKAGE_NO_CAUTION, LINKAGE_NAMES_AND_BIRTH, LINKAGE_ONE_FILTER };

struct linkage {
    size_t lists;
    enum linkage_caution caution;
    struct str name[LINKAGE_MAX_LISTS];
    int64_t records[LINKAGE_MAX_LISTS];
    int64_t people[LINKAGE_MAX_LISTS];                                    /* when doubles are put together */
    struct linkage_overlap overlap[LINKAGE_MAX_LISTS][LINKAGE_MAX_LISTS]; /* i < j */
    int64_t known; /* people on any list, in the best linkage */
    size_t imputations;
    double false_share;  /* of the links: expected not to be one person */
    double missed_share; /* of the matches: expected not to be linked */
    size_t links;
    struct linkage_link *link; /* by lists, then i, j */
    size_t others;
    struct linkage_link *other; /* with_others: pairs that were looked at one by one and not linked */
    size_t answers;             /* of the owners, that were taken in */
    double unseen;              /* matches expected beside all these pairs; NaN without imputations */
    size_t cuts;
    struct linkage_cut *cut; /* as options->cut, in its order; at 0 the linkage that is told above */
    struct str histories;    /* CSV: docs/formats/histories.md */
};

/* Links 2..LINKAGE_MAX_LISTS lists with the same groups and filters. Of three and more, the order in which
 * they are given decides the order in which things are told, and nothing else. Results are in `a`. Of several
 * processes the first draws and tells; the others are done when all is compared, and give no lists. REFUSED
 * as odds_fit, SYSTEM when asked to stop, and what options->ask returns; *out is untouched then. */
enum status linkage_run(const struct linkage_list *list, size_t lists, const struct linkage_options *options,
                        struct arena *a, struct linkage *out, struct err *e) MUST_USE;

#endif
