/* Whose figures have come. */
#include "secure/asking.h"

#include <string.h>

void asking_write(struct text *out, const struct sum_round *r, const struct roster *roster,
                  const unsigned char *has_come, const struct key_pair *county)
{
    struct text body = text_open(out->arena);

    put_bytes(&body, roster->set, sizeof roster->set);
    put_bytes(&body, has_come, roster->n);
    letter_write(out, LETTER_ASKING, r->hash, LETTER_COUNTY, text_str(&body), county);
}

enum status asking_read(struct asking *out, const struct sum_round *r, const struct roster *roster,
                        const struct letter *l, struct err *e)
{
    struct letter_cut c = {.name = l->name, .rest = l->body};
    struct asking x = {0};
    const unsigned char *set = NULL;

    TRY(round_check_county(r, l, LETTER_ASKING, e));
    TRY(cut_bytes(&c, LETTER_ROUND_BYTES, &set, e));
    if (memcmp(set, roster->set, LETTER_ROUND_BYTES) != 0)
        return err_set(e, BAD_INPUT, "%s: about another roster than this", l->name);
    TRY(cut_bytes(&c, roster->n, &x.has_come, e));
    TRY(cut_end(&c, e));
    for (size_t i = 0; i < roster->n; i++) {
        if (x.has_come[i] > 1)
            return err_set(e, BAD_INPUT, "%s: damaged", l->name);
        x.came += x.has_come[i];
    }
    if (x.came < round_needed(r))
        return err_set(e, REFUSED,
                       "%s: the figures of %zu cities have come, and %zu are needed before anything is added",
                       l->name, x.came, round_needed(r));
    letter_hash(l, x.hash);
    *out = x;
    return OK;
}
