/* The program's own documents. */
#include "manual/manual.h"

#include "web/html.h"

const struct manual_text *manual_text_of(struct str name)
{
    for (const struct manual_text *t = manual_texts; t->name; t++)
        if (str_is(name, t->name))
            return t;
    return NULL;
}

void manual_put(struct html *h, const struct manual_text *text)
{
    html_raw(h, text->html);
}
