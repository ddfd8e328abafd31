/* A sample of pairs, asked of those who keep the lists: which of them are the same person. The linkage unit
 * draws it (`lykta link --sample`) and hands it in; each keeper answers for places in one's own list; the
 * linkage unit fetches the answers and links again with them (`lykta link --answers`).
 *
 *     lists are whole ─► asked ─► answered ─► linked with the answers      deleted when the lists are
 *
 * A question is about a place in one list and a place in another. The portal shows a keeper the place in the
 * keeper's own list and the name of the other, never the other's place; the two compare by telephone, and
 * either answers for both. Where both have, and differently, or one cannot tell, it is no answer. Answers
 * that cannot all be true of lists that hold each person once are told as they are by `lykta link`, and are
 * not given to who links until one of them is changed (link/sample.h). */
#ifndef LYKTA_GATHERING_GATHERING_ASKING_H
#define LYKTA_GATHERING_GATHERING_ASKING_H

#include "gathering/gathering.h"

enum {
    GATHERING_QUESTIONS = 200,              /* as many as `lykta link --sample` draws when told nothing */
    GATHERING_QUESTIONS_BYTES = 256 * 1024, /* of their file, and of what `lykta link --json` prints */
    GATHERING_SHARE_OF = 1000               /* shares are told in thousandths */
};

enum gathering_answer {
    GATHERING_NO_ANSWER,
    GATHERING_SAME,
    GATHERING_OTHER,
    GATHERING_UNSURE,
    GATHERING_ANSWERS
};

/* "same", "other", "unsure"; none for what is no answer. */
const char *gathering_answer_word(enum gathering_answer answer);
enum gathering_answer gathering_answer_of(struct str word);

/* What both owners together say. */
enum gathering_verdict {
    VERDICT_WAITS,
    VERDICT_SAME,
    VERDICT_OTHER,
    VERDICT_UNSURE,
    VERDICT_DIFFER,
    VERDICTS
};

struct gathering_question {
    int64_t number;                       /* from 1 on */
    const struct gathering_list *list[2]; /* of the gathering */
    int64_t place[2];                     /* in the encoded lists, from 1 on */
    enum gathering_answer answer[2];
    enum gathering_verdict verdict;
};

/* What the answers told of the linkage that was asked about: of its links, those that are right; of the
 * people who are on two lists, those who are linked. With 95 % limits, in thousandths. */
struct gathering_share {
    int64_t share, low, high;
};
struct gathering_accuracy {
    int64_t asked, answered; /* with yes or no */
    struct gathering_share right, found;
};

struct gathering_asking {
    int64_t asked_at;                    /* tells one sample from another */
    size_t questions;                    /* 0: nothing is asked */
    struct gathering_question *question; /* by number */
    size_t of[VERDICTS];
    size_t contradicted; /* the number of the first whose answer cannot be true with the others; 0: none */
    bool has_accuracy;
    struct gathering_accuracy accuracy;
    int64_t questions_deleted, answers_deleted; /* when the gathering ended */
};

/* What is asked in the gathering `g`, in `a`; it points to lists of `g`. */
enum status gathering_asking_find(struct db *db, const struct gathering *g, struct arena *a,
                                  struct gathering_asking *out, struct err *e) MUST_USE;

/* The place of the question that is in `list`, 0 or 1; -1 when none is. */
int gathering_question_side(const struct gathering_question *q, const struct gathering_list *list);

/* The sample of `csv`, in place of an earlier one and its answers. BAD_INPUT when it is no sample of these
 * lists or of more than GATHERING_QUESTIONS; REFUSED while not all lists are in, while short ones wait for
 * the coordinator, in a ring, and for who keeps a list. */
enum status gathering_ask(struct db *db, int64_t round, struct str csv, int64_t person, const struct who *who,
                          struct err *e) MUST_USE;

/* What `person` says of questions about the list that the person keeps. */
struct gathering_said {
    int64_t number;
    enum gathering_answer answer;
};
struct gathering_saying {
    int64_t asked_at; /* of the sample that was shown */
    size_t n;
    const struct gathering_said *said;
};

/* Keeps what is said, in place of what the same person said before. REFUSED, and nothing is kept, for who
 * keeps no list, for a question of other lists, and when the sample has been replaced meanwhile. */
enum status gathering_answer(struct db *db, int64_t round, const struct gathering_saying *saying,
                             int64_t person, const struct who *who, struct err *e) MUST_USE;

/* May the answers be given to who links? There are some, and all can be true. */
bool gathering_has_answers(const struct gathering_asking *x);

/* The questions with their answers, as `lykta link --answers` reads them; `x` is what is asked in `g`. In
 * `a`. */
struct str gathering_answers_csv(const struct gathering *g, const struct gathering_asking *x,
                                 struct arena *a);

/* What `lykta link --answers --json` told of the linkage. Only how many were asked and answered, and the two
 * shares, are kept of it. BAD_INPUT when it is something else, or of other answers than those that are here;
 * REFUSED when nothing is asked, and for who keeps a list. */
enum status gathering_take_accuracy(struct db *db, int64_t round, struct str json, int64_t person,
                                    const struct who *who, struct err *e) MUST_USE;

/* Deletes questions and answers inside the change under way, as encodings are deleted or replaced, and tells
 * how many there were. What they told of a linkage goes with them when that is to be made anew. */
enum gathering_forgetting { FORGET_ACCURACY, KEEP_ACCURACY };
struct gathering_forgotten {
    int64_t questions, answers;
};
enum status gathering_forget_asking(struct db *db, int64_t round, enum gathering_forgetting how,
                                    struct gathering_forgotten *out, struct err *e) MUST_USE;

#endif
