/* How right a linkage is, asked of those who own the lists: a sample of pairs goes to them by place in the
 * files, their answers come back, and tell the shares of links that are right and of people who are linked.
 *
 * Pairs are sampled within parts by how likely they are and whether they are linked, more where the model is
 * unsure (Neyman 1934, J. R. Statist. Soc. 97, 558-625), in an order that says nothing. The same linkage,
 * number and seed give the same pairs, so that answers are read against the linkage made anew, and whoever
 * answers is not told what the program thinks. Pairs less likely than 1 in 100 are not asked about: the
 * number of matches among them is the model's. */
#ifndef LYKTA_LINK_SAMPLE_H
#define LYKTA_LINK_SAMPLE_H

#include "base/err.h"
#include "base/text.h"
#include "link/linkage.h"

#include <stddef.h>
#include <stdint.h>

struct arena;

enum { SAMPLE_LEAST = 20, SAMPLE_MOST = 10000, SAMPLE_USUAL = 200, SAMPLE_PARTS = 6 };

enum sample_answer { SAMPLE_NO_ANSWER, SAMPLE_SAME, SAMPLE_OTHER };

struct sample_part {
    bool is_linked;
    size_t pairs; /* that there are */
    size_t asked; /* of them */
    size_t yes, no;
};

struct sample {
    const struct linkage *linkage;
    struct sample_part part[SAMPLE_PARTS];
    size_t n;
    const struct linkage_link **pair; /* in the order in which they are asked about */
    uint8_t *part_of;                 /* [n] */
    enum sample_answer *answer;       /* [n] */
    double beyond;                    /* matches expected among the pairs that cannot be sampled */
};

struct sample_share {
    double share, low, high; /* 95 % */
};

/* At most `n` of the pairs that linkage_run left in `x`, in `a`. */
void sample_draw(struct sample *out, const struct linkage *x, size_t n, uint64_t seed, struct arena *a);

/* The questions as CSV: number, list_a, row_a, list_b, row_b, and a column answer, empty without one. */
void sample_csv(struct text *out, const struct sample *x);

/* Reads the answers (yes, no, ja, nej; empty for one that nobody could give) into the parts of `x`. BAD_INPUT
 * when the pairs are others than those of `x`, or one is answered twice, or the answers cannot all be true of
 * lists that hold each person once: lists, numbers and seed must be the same; rows may lack. */
enum status sample_read(struct sample *x, const char *name, struct str csv, struct arena *a,
                        struct err *e) MUST_USE;

/* The number of the first question whose answer cannot be true together with the others, when each list holds
 * a person once; 0 when all can. Of `x`, only pairs and answers are read. *is_yes says which it was. */
size_t sample_contradicted(const struct sample *x, bool *is_yes);

/* Reads the questions as sample_csv wrote them, without the linkage: for who carries them between the linkage
 * unit and the lists' owners. Of `lists` the names alone are read; it must outlive *out, which has pairs and
 * answers, none given yet, and no parts. BAD_INPUT when it is something else, names other lists, has an
 * answer, or holds none or more than `most`. */
enum status sample_questions_read(struct sample *out, const struct linkage *lists, const char *name,
                                  struct str csv, size_t most, struct arena *a, struct err *e) MUST_USE;

/* What was answered with yes or no, for struct linkage_options' `ask`; in `a`. */
void sample_answers(const struct sample *x, struct linkage_answers *out, struct arena *a);

/* Of the links, those that are right; and of the people on two lists, those who are linked. In each part the
 * share of yes is Beta(yes + 1/2, no + 1/2) for the pairs that were not asked about; what is told is what the
 * answers say by their weight, the limits are of 10,000 draws. Matches that could not be asked about are a
 * Poisson number around what the model expects. */
struct sample_share sample_precision(const struct sample *x);
struct sample_share sample_recall(const struct sample *x);

#endif
