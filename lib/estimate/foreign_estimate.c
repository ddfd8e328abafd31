/* Estimates for other languages. */
#include "estimate/foreign_estimate.h"

#include "base/arena.h"
#include "base/foreign_answer_own.h"
#include "base/text.h"
#include "estimate/counts.h"
#include "estimate/estimate.h"
#include "estimate/estimate_json.h"
#include "estimate/method.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static enum status answer_with(struct foreign_answer *answer, struct str csv,
                               struct estimate_options *options, const char *method)
{
    struct counts *counts = arena_new(answer->arena, 1, struct counts);
    struct estimate *found = arena_new(answer->arena, 1, struct estimate);
    struct text json = text_open(answer->arena);
    struct err *e = &answer->e;

    options->method = method ? method_find(str_of(method)) : NULL;
    if (!options->method)
        return err_set(e, USAGE, "the method: expected a name such as stepwise, bic or all");
    if (options->replicates < ESTIMATE_REPLICATES_AUTO || options->replicates > ESTIMATE_MAX_REPLICATES)
        return err_set(e, USAGE, "replicates: expected -1 to %d", ESTIMATE_MAX_REPLICATES);
    TRY(counts_read(counts, "table", csv, answer->arena, e));
    TRY(estimate(counts, options, answer->arena, found, e));
    estimate_json(&json, found, LIBLYKTA_VERSION);
    answer->bytes = text_str(&json);
    return OK;
}

struct foreign_answer *foreign_estimate(const char *csv, size_t csv_bytes, const char *method,
                                        int64_t replicates, uint64_t seed, int threads)
{
    struct foreign_answer *answer = foreign_answer_open(arena_open());
    struct estimate_options options = estimate_options_default();

    options.replicates = replicates;
    options.seed = seed;
    options.threads = threads > 0 ? threads : 0;
    answer->e.status = answer_with(answer, (struct str){csv, csv_bytes}, &options, method);
    return answer;
}

/* A double that is a whole number in lo..hi, else `other`. */
static double whole(double x, double lo, double hi, double other)
{
    return x >= lo && x <= hi && x == floor(x) ? x : other;
}

void foreign_estimate_into(const char *const *csv, const char *const *method, const double *replicates,
                           const double *seed, const int *room, int *status, char **out)
{
    double asked =
        whole(*replicates, -1.0, ESTIMATE_MAX_REPLICATES, -2.0); /* -2 is refused as no number of them */
    struct foreign_answer *answer = foreign_estimate(csv[0], strlen(csv[0]), method[0], (int64_t)asked,
                                                     (uint64_t)whole(*seed, 0.0, 0x1p53, 1.0), 0);
    size_t n = 0;
    const char *bytes = (const char *)foreign_bytes(answer, &n);
    size_t bytes_of_room = *room > 0 ? (size_t)*room : 0;

    *status = foreign_status(answer);
    if (!bytes) {
        bytes = foreign_sentence(answer);
        n = strlen(bytes);
    }
    if (n < bytes_of_room) {
        memcpy(out[0], bytes, n);
        out[0][n] = '\0';
    } else {
        *status = (int)USAGE;
        if (bytes_of_room > 0)
            snprintf(out[0], bytes_of_room, "the answer has %zu bytes, more than there is room for", n);
    }
    foreign_close(answer);
}
