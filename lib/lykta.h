/* liblykta for a program in C: how many are not seen, and who is on several lists.
 *
 *     cc example.c $(pkg-config --cflags --libs lykta)
 *
 * Memory comes from an arena that the caller opens and closes (arena_open). What can fail returns a status
 * (OK, REFUSED, USAGE, BAD_INPUT, SYSTEM) and fills a struct err, whose `what` is the sentence to show. Text
 * is a pointer and a length (struct str). The same inputs and seed give the same answer on any number of
 * threads.
 *
 * Estimating:
 *     counts_read, counts_read_linkages        a CSV of capture histories (docs/formats/histories.md)
 *     estimate, pooled_estimate                one table, or several linkages of it: an estimate, a range or
 * a refusal; estimate_options_default and method_find say how strata_estimate, linkage_sweep_run       parts
 * and their total; were links missed or false models_put                               the best models by
 * BIC, of all that there are estimate_json, estimate_text             an answer as JSON
 * (docs/formats/estimate.md), or in words
 *
 * Linking:
 *     schema_read                              what the agencies have agreed to link by
 *     intake_open, intake_next                 an agency's list, row by row, as people in canonical form
 *     encoder_open, encode_person              people as encodings under a shared key: personal data still
 *     clk_read, clk_write                      lists of encodings as files
 *     linkage_run                              lists of encodings: who is on which, and how sure that is; its
 *                                              `histories` is what counts_read_linkages reads
 *     linkage_text                             a linkage in words
 *
 * Each header below says of each function what it computes, shapes, ownership, errors and source. All headers
 * are installed beside this one; those of other rooms (protect, pool, seal, secure, words) are included by
 * name. For other languages, bytes in and bytes out: estimate/foreign_estimate.h and link/foreign.h. Only
 * those two keep their form from version to version. */
#ifndef LYKTA_H
#define LYKTA_H

#include "base/arena.h"
#include "base/err.h"
#include "base/progress.h"
#include "base/str.h"
#include "base/text.h"
#include "estimate/counts.h"
#include "estimate/estimate.h"
#include "estimate/estimate_json.h"
#include "estimate/estimate_text.h"
#include "estimate/linkage_sweep.h"
#include "estimate/method.h"
#include "estimate/models.h"
#include "estimate/pooled.h"
#include "estimate/strata.h"
#include "link/clk_file.h"
#include "link/encode.h"
#include "link/encodings.h"
#include "link/linkage.h"
#include "link/linkage_text.h"
#include "link/person.h"
#include "link/schema.h"
#include "link/similarity.h"

#endif
