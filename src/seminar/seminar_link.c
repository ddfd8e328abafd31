/* Links in the letters of seminars. */
#include "seminar/seminar_link.h"

#include "mail/reader_link.h"
#include "seminar/seminar.h"

static const char *const folders[] = {[SEMINAR_LINK_GUEST] = "seminarier/anmalan",
                                      [SEMINAR_LINK_INVITATION] = "seminarier/inbjudan",
                                      [SEMINAR_LINK_STOP] = "utskick/avsluta"};

static struct reader_links links_of(const struct seminar_office *o)
{
    return (struct reader_links){.address = o->address, .key = o->link_key};
}

struct str seminar_link_nonce(struct arena *a)
{
    return reader_link_nonce(a);
}

struct str seminar_link_part(const struct seminar_office *o, enum seminar_link kind, int64_t id,
                             struct str nonce, struct arena *a)
{
    const struct reader_links links = links_of(o);

    return reader_link_part(&links, folders[kind], id, nonce, a);
}

struct str seminar_link(const struct seminar_office *o, enum language language, enum seminar_link kind,
                        int64_t id, struct str nonce, struct arena *a)
{
    const struct reader_links links = links_of(o);

    return reader_link(&links, language, folders[kind], id, nonce, a);
}

int64_t seminar_link_id(struct str part)
{
    return reader_link_id(part);
}

bool seminar_link_holds(const struct seminar_office *o, enum seminar_link kind, int64_t id, struct str nonce,
                        struct str part, struct arena *a)
{
    const struct reader_links links = links_of(o);

    return reader_link_holds(&links, folders[kind], id, nonce, part, a);
}
