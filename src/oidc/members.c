/* JSON that a provider wrote. */
#include "oidc/members.h"

#include "base/arena.h"

#include <string.h>

/* Is it nested deeper than any answer we ask for? The parser calls itself for each level, and a connection's
 * thread has a small stack. */
static bool is_deep(struct str bytes)
{
    bool in_text = false;
    int depth = 0;

    for (size_t i = 0; i < bytes.n; i++) {
        char c = bytes.p[i];

        if (in_text && c == '\\')
            i++;
        else if (c == '"')
            in_text = !in_text;
        else if (!in_text && (c == '{' || c == '[') && ++depth > MEMBERS_DEPTH)
            return true;
        else if (!in_text && (c == '}' || c == ']'))
            depth--;
    }
    return false;
}

enum status members_read(struct str bytes, const char *what, json_t **out, struct err *e)
{
    json_error_t why;

    if (bytes.n > MEMBERS_DOCUMENT_BYTES)
        return err_set(e, REFUSED, "%s is longer than %d bytes", what, (int)MEMBERS_DOCUMENT_BYTES);
    if (is_deep(bytes))
        return err_set(e, REFUSED, "%s is nested deeper than %d levels", what, (int)MEMBERS_DEPTH);
    *out = json_loadb(bytes.n > 0 ? bytes.p : "", bytes.n, JSON_REJECT_DUPLICATES, &why);
    if (!*out)
        return err_set(e, REFUSED, "%s is not JSON with each member once (line %d)", what, why.line);
    if (!json_is_object(*out)) {
        json_decref(*out);
        return err_set(e, REFUSED, "%s is not a JSON object", what);
    }
    return OK;
}

struct str member_str(const json_t *object, const char *name, struct arena *a)
{
    const json_t *value = json_object_get(object, name);

    if (!json_is_string(value))
        return (struct str){NULL, 0};
    return str_copy((struct str){json_string_value(value), json_string_length(value)}, a);
}

bool member_lists(const json_t *object, const char *name, const char *wanted, enum member_missing missing)
{
    const json_t *list = json_object_get(object, name);

    if (!list)
        return missing == MISSING_IS_YES;
    for (size_t i = 0; i < json_array_size(list); i++) {
        const char *text = json_string_value(json_array_get(list, i));

        if (text && strcmp(text, wanted) == 0)
            return true;
    }
    return false;
}
