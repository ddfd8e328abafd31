/* Articles and pages: what is written, in every version it has had, and which version readers see when.
 *
 * A save adds a version; none is ever changed or deleted. What readers see is a list of its own: "from this
 * moment version 3 is shown", "from this moment nothing is". A reader's page asks that list for the last row
 * whose moment has come. So a text that is planned for Tuesday at nine is there on Tuesday at nine, also when
 * the program was not running at that moment: nothing has to happen then.
 *
 *   draft       nothing is shown, nothing is planned
 *   planned     nothing is shown, a moment is set
 *   published   a version is shown; another may be planned, and newer ones may be unpublished             */
#ifndef LYKTA_ARTICLE_ARTICLE_H
#define LYKTA_ARTICLE_ARTICLE_H

#include "base/date.h"
#include "base/err.h"
#include "base/str.h"
#include "store/audit.h"
#include "web/language.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct db;

enum { ARTICLE_KEY_LETTERS = 80, ARTICLE_TITLE_LETTERS = 120, ARTICLE_INGRESS_LETTERS = 400 };
enum { ARTICLE_BODY_LETTERS = 40000, ARTICLE_PICTURE_TEXT_LETTERS = 250 };

/* Two bodies of letters that take three bytes each, each byte sent as %XX. */
enum { ARTICLE_FORM_BYTES = 1024 * 1024 };

/* Pages stand at addresses of their own ("/begrepp"), which are part of the program: they are changed, never
 * made or taken away. Articles stand at "/artiklar/<key>". */
enum article_kind { ARTICLE_KIND_PAGE, ARTICLE_KIND_ARTICLE };

struct article_words {
    struct str title;
    struct str ingress;
    struct str body;         /* Markdown; its headings are "## " */
    struct str picture_text; /* what the picture shows, for who does not see it */
};

/* What a version holds. English is whole or all empty: an article may be in Swedish alone. */
struct article_text {
    struct article_words in[LANGUAGES];
    struct str contact; /* an e-mail address of a function; empty: none */
    struct str picture; /* the name of an embedded or an uploaded picture; empty: none */
    bool is_on_start;   /* may stand on the start page */
};

struct article {
    int64_t id;
    enum article_kind kind;
    struct str key;
    int64_t version;          /* the latest one's number, from 1 */
    struct article_text text; /* of the version that was asked for */
    struct date published_on; /* first; no date: never yet */
    struct date updated_on;   /* when readers last were given something new */
    struct date reviewed_on;  /* when somebody last vouched for what it says */
    int64_t shown;            /* the version readers see; 0: none */
    int64_t planned;          /* the version they will see from planned_at; 0: none */
    int64_t planned_at;
};

struct articles {
    size_t n;
    struct article *article;
};

enum article_state { ARTICLE_DRAFT, ARTICLE_PLANNED, ARTICLE_PUBLISHED };
enum article_state article_state(const struct article *article);

/* Is there an English text? */
bool article_is_in(const struct article_text *text, enum language language);

/* Article `id` as it stands at `now_at`, with the text of its latest version, in `a`. REFUSED when there is
 * none. */
enum status article_find(struct db *db, int64_t id, int64_t now_at, struct arena *a, struct article *out,
                         struct err *e) MUST_USE;

/* All of them, with titles and no bodies: pages, then articles, each with the newest first. */
enum status article_list(struct db *db, int64_t now_at, struct arena *a, struct articles *out,
                         struct err *e) MUST_USE;

/* What readers see at `now_at` under the key, with the text that is shown; of what is planned nothing is
 * read. REFUSED when nothing is shown. */
enum status article_shown(struct db *db, struct str key, int64_t now_at, struct arena *a, struct article *out,
                          struct err *e) MUST_USE;

/* All articles (no pages) that readers see at `now_at`, the latest published first, without bodies and as
 * above. */
enum status article_shown_list(struct db *db, int64_t now_at, struct arena *a, struct articles *out,
                               struct err *e) MUST_USE;

/* What readers see on the start page, read at once: the page under `key` as article_shown gives it, and the
 * articles that may stand on it as article_shown_list does. REFUSED when the page is not shown. */
enum status article_shown_start(struct db *db, struct str key, int64_t now_at, struct arena *a,
                                struct article *page, struct articles *around, struct err *e) MUST_USE;

/* The key that an article which once stood under `key` has now, in `a`. REFUSED when none ever did. */
enum status article_moved(struct db *db, struct str key, struct arena *a, struct str *now,
                          struct err *e) MUST_USE;

/* Who writes. `person` is an account's id; 0: the program itself. */
struct article_author {
    struct who who;
    int64_t person;
};

/* A new article or page with its first version, as a draft; *id is its number. `key` must be free. */
enum status article_add(struct db *db, const struct article_author *by, enum article_kind kind,
                        struct str key, const struct article_text *text, int64_t *id, struct err *e) MUST_USE;

/* Saves `text` and `key` as a new version of article `id`; the same text again adds none. An address that was
 * left keeps leading to the article. REFUSED when `version` is not the latest any more. */
enum status article_save(struct db *db, const struct article_author *by, int64_t id, int64_t version,
                         struct str key, const struct article_text *text, struct err *e) MUST_USE;

/* May article `id` (0: a new one) have the key? Not when another has it, or once had it. */
enum status article_key_is_free(struct db *db, struct str key, int64_t id, bool *is_free,
                                struct err *e) MUST_USE;

#endif
