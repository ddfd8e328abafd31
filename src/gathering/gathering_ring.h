/* Lists that go round the agencies, in a gathering of their own kind: the portal carries each from one agency
 * to the next, and each raises it to an exponent of its own (link/ring.h). There is no linkage unit and no
 * secret that is shared; when all have raised all lists, an analyst counts (`lykta ring count`).
 *
 *     joining ─► going round ─► whole        any of them ─► ended
 *
 * joining      every agency hands in its own list, which it has raised
 * going round  the coordinator has said that all are there. Agencies stand in the order in which they joined,
 * the first after the last; a list goes from its own agency to the next, and so on until all have raised it
 * whole        all agencies have raised all lists
 *
 * An agency may be taken out on the way: the lists that it has raised begin again from what their own
 * agencies handed in, since nobody else can take its exponent away. */
#ifndef LYKTA_GATHERING_GATHERING_RING_H
#define LYKTA_GATHERING_GATHERING_RING_H

#include "gathering/gathering.h"

enum {
    GATHERING_RING_BYTES = 8 << 20, /* of a list: 125,000 people with two kinds of match keys */
    GATHERING_RING_KINDS = 4
};

/* What is wrong with a list that was handed in. */
enum gathering_ring_fault {
    RING_FAULT_NONE,
    RING_FAULT_FORMAT,  /* no list of `lykta ring`, damaged, or too large */
    RING_FAULT_ROUND,   /* of another project, round, schema or kinds of match keys */
    RING_FAULT_NAME,    /* another agency's list has this name, or its exponent */
    RING_FAULT_STARTED, /* not just raised by its own agency, or empty */
    RING_FAULT_LIST,    /* no list of this ring */
    RING_FAULT_OLD,     /* as the list was before, or is already: nothing is added to it */
    RING_FAULT_TURN,    /* it is another agency's turn to raise the list */
    RING_FAULT_OTHER,   /* not the list that was fetched here, raised to the exponent of who hands it in */
    RING_FAULTS
};

bool gathering_is_ring(const struct gathering *g);

/* The word for a kind of match keys, and those of a ring with commas between them, as `lykta ring start`
 * takes them. */
const char *gathering_ring_kind(size_t kind);
struct str gathering_ring_kinds(const struct gathering *g, struct arena *a);

/* The state of a ring that has not ended; `is_whole` when all agencies are there. */
enum gathering_state gathering_ring_state(const struct gathering *g, bool is_whole);

/* The list of the agency whose turn it is to raise `list`, one of g->list; NULL when it is nobody's. */
const struct gathering_list *gathering_turn(const struct gathering *g, const struct gathering_list *list);

/* The list of the agency that raised `list` last. */
const struct gathering_list *gathering_last(const struct gathering *g, const struct gathering_list *list);

/* Does any list wait for the agency of `own`? False for NULL. */
bool gathering_is_waited_for(const struct gathering *g, const struct gathering_list *own);

/* The list that `person` keeps, as its agency has started and raised it, in place of an earlier one.
 * BAD_INPUT with *fault when it is not what it should be; REFUSED when the agencies are no longer joining, or
 * there are GATHERING_LISTS already. */
enum status gathering_ring_join(struct db *db, int64_t round, struct str file, int64_t person,
                                const struct who *who, enum gathering_ring_fault *fault,
                                struct err *e) MUST_USE;

/* The person's list is taken back before the lists go round. */
enum status gathering_ring_leave(struct db *db, int64_t round, int64_t person, const struct who *who,
                                 struct err *e) MUST_USE;

/* All lists are there, and begin to go round. REFUSED with fewer than two. */
enum status gathering_ring_close(struct db *db, int64_t round, const struct who *who, struct err *e) MUST_USE;

/* A list of any agency's that `person` has raised in its turn. BAD_INPUT with *fault when it is not what it
 * should be; REFUSED when no lists go round, or the person keeps none of them. */
enum status gathering_ring_pass(struct db *db, int64_t round, struct str file, int64_t person,
                                const struct who *who, enum gathering_ring_fault *fault,
                                struct err *e) MUST_USE;

/* Takes the agency of `list` out of the ring; who->why says why. BAD_INPUT without a reason; REFUSED when
 * there is no such list, or fewer than two would be left on their way. */
enum status gathering_ring_take_out(struct db *db, int64_t round, int64_t list, const struct who *who,
                                    struct err *e) MUST_USE;

/* `list` as it is now, in `a`. REFUSED when it is not here, or has been deleted. */
enum status gathering_ring_file(struct db *db, int64_t round, int64_t list, struct arena *a, struct str *out,
                                struct err *e) MUST_USE;

#endif
