/* A new password as a form asks for it. */
#include "account/password_field.h"

#include "account/password.h"
#include "web/field.h"

bool password_field_check(struct field_set *f, struct field *x, struct str password)
{
    if (str_letters(password) < PASSWORD_LEAST_LETTERS)
        return field_wrong(f, x, TEXT_ACCOUNT_PASSWORD_SHORT);
    if (password.n > PASSWORD_MOST_BYTES)
        return field_wrong(f, x, TEXT_ACCOUNT_PASSWORD_LONG);
    return true;
}
