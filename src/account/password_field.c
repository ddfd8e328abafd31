/* A new password as a form asks for it. */
#include "account/password_field.h"

#include "account/password.h"
#include "web/field.h"

static size_t letters(struct str s)
{
    size_t n = 0;

    for (size_t i = 0; i < s.n; i++)
        n += ((unsigned char)s.p[i] & 0xC0) != 0x80;
    return n;
}

bool password_field_check(struct field_set *f, struct field *x, struct str password)
{
    if (letters(password) < PASSWORD_LEAST_LETTERS)
        return field_wrong(f, x, TEXT_ACCOUNT_PASSWORD_SHORT);
    if (password.n > PASSWORD_MOST_BYTES)
        return field_wrong(f, x, TEXT_ACCOUNT_PASSWORD_LONG);
    return true;
}
