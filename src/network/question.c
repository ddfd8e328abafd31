/* Questions that several forms of the network ask. */
#include "network/question.h"

#include "network/network_view.h"
#include "network/organisation_number.h"
#include "network/phone.h"

struct field *question_optional(struct field *x)
{
    x->is_optional = true;
    return x;
}

struct field *question_actor(struct field_set *f, enum actor_kind chosen)
{
    struct field *x = field_add(f, FIELD_SELECT, "actor", TEXT_NETWORK_FIELD_ACTOR);

    field_option(f, x, S(""), catalogue_text(f->texts, TEXT_NETWORK_FIELD_ACTOR_CHOOSE), chosen == ACTORS);
    for (int i = 0; i < ACTORS; i++)
        field_option(f, x, str_of(actor_code((enum actor_kind)i)),
                     catalogue_text(f->texts, network_actor_text((enum actor_kind)i)), (int)chosen == i);
    return x;
}

/* The first answer is the empty one. */
bool question_actor_read(struct field_set *f, struct field *x, enum actor_kind *out)
{
    size_t chosen = 0;

    if (!field_choice(f, x, &chosen))
        return false;
    if (chosen == 0)
        return field_wrong(f, x, TEXT_NETWORK_WRONG_ACTOR);
    *out = (enum actor_kind)(chosen - 1);
    return true;
}

bool question_number_read(struct field_set *f, struct field *x, struct str *out)
{
    static const enum text_key wrong[] = {[ORGANISATION_NUMBER_LETTERS] = TEXT_NETWORK_WRONG_NUMBER_LETTERS,
                                          [ORGANISATION_NUMBER_PERSON] = TEXT_NETWORK_WRONG_NUMBER_PERSON,
                                          [ORGANISATION_NUMBER_CHECK] = TEXT_NETWORK_WRONG_NUMBER_CHECK};
    struct text told = text_open(f->arena);
    struct str typed = S("");
    int digits = 0;

    if (!field_str(f, x, LINE_LETTERS, &typed))
        return false;
    enum organisation_number_fault fault = organisation_number_read(typed, f->arena, out, &digits);
    if (fault == ORGANISATION_NUMBER_RIGHT || fault == ORGANISATION_NUMBER_EMPTY)
        return true;
    if (fault != ORGANISATION_NUMBER_LENGTH)
        return field_wrong(f, x, wrong[fault]);
    catalogue_write(&told, f->texts, TEXT_NETWORK_WRONG_NUMBER_LENGTH,
                    (struct insertion[]){insertion("n", digits)}, 1);
    return field_wrong_text(f, x, text_str(&told));
}

bool question_phone_read(struct field_set *f, struct field *x, struct str *out)
{
    if (!field_str(f, x, PHONE_MAX_BYTES, out))
        return false;
    return out->n == 0 || phone_is_valid(*out) || field_wrong(f, x, TEXT_NETWORK_WRONG_PHONE);
}
