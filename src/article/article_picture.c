/* Pictures of articles. */
#include "article/article_picture.h"

#include "base/arena.h"
#include "child/child.h"
#include "store/db.h"
#include "web/asset.h"

#include <sodium.h>

enum { NAME_BYTES = 16, ANSWER_MOST_BYTES = 16 * 1024 * 1024 };

static struct str name_of(const struct picture *p, struct arena *a)
{
    unsigned char hash[NAME_BYTES];
    char hex[2 * NAME_BYTES + 1];

    crypto_generichash(hash, sizeof hash, (const unsigned char *)p->bytes.p, p->bytes.n, NULL, 0);
    sodium_bin2hex(hex, sizeof hex, hash, sizeof hash);
    return str_of(arena_printf(a, "%s.%s", hex, p->kind == PICTURE_PNG ? "png" : "jpg"));
}

static const char *type_of(struct str name)
{
    return str_ends(name, S(".png")) ? "image/png" : "image/jpeg";
}

enum status article_picture_make(const char *program, struct str bytes, struct arena *a,
                                 enum picture_fault *fault, struct article_picture *out, struct err *e)
{
    const char *const arguments[] = {program, NULL};
    const struct child c = {.arguments = arguments,
                            .input = bytes,
                            .most_bytes = ANSWER_MOST_BYTES,
                            .most_seconds = ARTICLE_PICTURE_SECONDS,
                            .how_to_get = "install Lykta again",
                            .is_judge = true};
    struct text answer = text_open(a);
    struct picture made = {0};

    *fault = PICTURE_DAMAGED;
    enum status s = child_run(&c, &answer, e);
    if (s != OK || !picture_answer(text_str(&answer), fault, &made))
        return s == REFUSED ? OK : s;
    if (*fault == PICTURE_FINE)
        *out = (struct article_picture){.name = name_of(&made, a),
                                        .type = made.kind == PICTURE_PNG ? "image/png" : "image/jpeg",
                                        .width = (int64_t)made.width,
                                        .height = (int64_t)made.height,
                                        .bytes = made.bytes};
    return OK;
}

enum status article_picture_keep(struct db *db, const struct article_picture *picture, struct err *e)
{
    static const char sql[] = "insert into article_picture (name, width, height, bytes) "
                              "values ($1, $2, $3, $4) on conflict (name) do nothing";
    struct query q = db_query(db, sql);

    bind_str(&q, 1, picture->name);
    bind_int(&q, 2, picture->width);
    bind_int(&q, 3, picture->height);
    bind_blob(&q, 4, picture->bytes);
    return query_run(&q, e);
}

enum status article_picture_find(struct db *db, struct str name, struct arena *a, struct article_picture *out,
                                 struct err *e)
{
    static const char sql[] = "select name, width, height, bytes from article_picture where name = $1";
    struct query q = db_query(db, sql);

    bind_str(&q, 1, name);
    bool is_there = query_next(&q);
    if (is_there)
        *out = (struct article_picture){.name = query_str(&q, 0, a),
                                        .type = type_of(name),
                                        .width = query_int(&q, 1),
                                        .height = query_int(&q, 2),
                                        .bytes = query_blob(&q, 3, a)};
    TRY(query_end(&q, e));
    return is_there ? OK : err_set(e, REFUSED, "there is no such picture");
}

enum status article_picture_size(struct db *db, struct str name, int64_t *width, int64_t *height,
                                 struct err *e)
{
    static const char sql[] = "select width, height from article_picture where name = $1";
    struct query q = db_query(db, sql);

    *width = *height = 0;
    bind_str(&q, 1, name);
    while (query_next(&q)) {
        *width = query_int(&q, 0);
        *height = query_int(&q, 1);
    }
    return query_end(&q, e);
}

struct str article_picture_href(struct str name, struct arena *a)
{
    const struct asset *embedded = name.n > 0 ? asset_named(name) : NULL;

    if (embedded || name.n == 0)
        return embedded ? embedded->url : S("");
    return str_of(arena_printf(a, "/bilder/%.*s", STR(name)));
}
