/* The example city's texts, with their dates. */
#include "public/content.h"

struct public_page content_page(const struct content *content, struct date today)
{
    struct public_page page = content->page;
    int64_t day = date_days(today);

    page.published_on = date_from_days(day - content->published_days_ago);
    page.updated_on = date_from_days(day - content->updated_days_ago);
    page.reviewed_on = date_from_days(day - content->reviewed_days_ago);
    return page;
}
