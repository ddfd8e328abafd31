/* A new password as a form asks for it. */
#include "account/password_field.h"

#include "account/password.h"
#include "portal/person.h"
#include "seal/guessing.h"
#include "store/city.h"
#include "store/municipality.h"
#include "web/field.h"

/* Is it easy to guess for somebody who knows the person and the place? */
static enum status is_easy(const struct city *city, const struct person *person, struct str password,
                           struct arena *a, bool *out, struct err *e)
{
    struct str municipality;

    TRY(municipality_name(city->municipality, a, &municipality, e));
    const struct str about[] = {person->name, person->email, city_settings(city)->name, municipality};
    *out = guessing_bits(password, about, sizeof about / sizeof about[0]) < GUESSING_LEAST_BITS;
    return OK;
}

enum status password_field_check(struct field_set *f, struct field *x, struct str password,
                                 const struct city *city, const struct person *person, struct err *e)
{
    bool is_guessed = false;

    if (str_letters(password) < PASSWORD_LEAST_LETTERS)
        field_wrong(f, x, TEXT_ACCOUNT_PASSWORD_SHORT);
    else if (password.n > PASSWORD_MOST_BYTES)
        field_wrong(f, x, TEXT_ACCOUNT_PASSWORD_LONG);
    else
        TRY(is_easy(city, person, password, f->arena, &is_guessed, e));
    if (is_guessed)
        field_wrong(f, x, TEXT_ACCOUNT_PASSWORD_EASY);
    return OK;
}
