/* Numbers for calls. */
#include "network/phone.h"

#include <string.h>

bool phone_is_valid(struct str text)
{
    int digits = 0;

    if (text.n > PHONE_MAX_BYTES)
        return false;
    for (size_t i = 0; i < text.n; i++) {
        char c = text.p[i];

        digits += c >= '0' && c <= '9';
        if ((c < '0' || c > '9') && !(c == '+' && i == 0) && !strchr(" -/().", c))
            return false;
    }
    return digits >= 5 && digits <= 15;
}
