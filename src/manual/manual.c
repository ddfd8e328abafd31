/* The program's own documents. */
#include "manual/manual.h"

#include "web/html.h"

const struct manual_text *manual_text_of(struct str name, enum language language)
{
    const struct manual_text *found = NULL;

    for (const struct manual_text *t = manual_texts; t->name; t++)
        if (str_is(name, t->name) && (!found || t->language == language))
            found = t;
    return found;
}

void manual_put(struct html *h, const struct manual_text *text)
{
    html_raw(h, text->html);
}
