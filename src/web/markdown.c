/* Markdown to HTML: cmark reads it, we change its tree to what a page may hold, cmark writes it in safe mode.
 */
#include "web/markdown.h"

#include "base/arena.h"
#include "web/asset.h"
#include "web/html.h"

#include <cmark.h>

#include <stdbool.h>

enum { DEEPEST_HEADING = 6 };

static void admit_leaf(cmark_node *node);
static void admit_container(cmark_node *node, struct arena *a);

void html_put_markdown(struct html *h, struct str markdown)
{
    struct str whole = str_part(markdown, 0, MARKDOWN_LIMIT_BYTES);
    cmark_node *document = cmark_parse_document(whole.n ? whole.p : "", whole.n, CMARK_OPT_VALIDATE_UTF8);
    cmark_iter *walk = cmark_iter_new(document);
    cmark_event_type event;

    while ((event = cmark_iter_next(walk)) != CMARK_EVENT_DONE) {
        if (event == CMARK_EVENT_ENTER)
            admit_leaf(cmark_iter_get_node(walk));
        else
            admit_container(cmark_iter_get_node(walk), h->out.arena);
    }
    cmark_iter_free(walk);
    char *out = cmark_render_html(document, CMARK_OPT_DEFAULT); /* without CMARK_OPT_UNSAFE */
    html_raw(h, str_of(out));
    cmark_get_default_mem_allocator()->free(out);
    cmark_node_free(document);
}

/* Only leaves may change when they are entered (cmark.h, "Iterator"). */
static void admit_leaf(cmark_node *node)
{
    cmark_node_type type = cmark_node_get_type(node);

    if (type == CMARK_NODE_HTML_BLOCK || type == CMARK_NODE_HTML_INLINE)
        cmark_node_free(node);
}

/* The words stay, what was around them goes. */
static void unwrap(cmark_node *node)
{
    cmark_node *child = NULL;

    while ((child = cmark_node_first_child(node)) != NULL)
        cmark_node_insert_before(node, child);
    cmark_node_free(node);
}

/* Points a picture to where it is served; false when it may not be shown. */
static bool admit_picture(cmark_node *image, struct arena *a)
{
    struct str url = str_of(cmark_node_get_url(image));

    if (str_starts(url, S("asset:"))) {
        const struct asset *asset = asset_named(str_part(url, S("asset:").n, url.n));
        if (asset)
            cmark_node_set_url(image, arena_cstr(a, asset->url.p, asset->url.n));
        return asset != NULL;
    }
    return html_is_safe_url(url) && (str_starts(url, S("/a/")) || str_starts(url, S("/files/")));
}

static void admit_container(cmark_node *node, struct arena *a)
{
    cmark_node_type type = cmark_node_get_type(node);

    if (type == CMARK_NODE_HEADING) {
        int level = cmark_node_get_heading_level(node);
        cmark_node_set_heading_level(node, level < DEEPEST_HEADING ? level + 1 : DEEPEST_HEADING);
    }
    if (type == CMARK_NODE_LINK && !html_is_safe_url(str_of(cmark_node_get_url(node))))
        unwrap(node);
    if (type == CMARK_NODE_IMAGE && !admit_picture(node, a))
        unwrap(node);
}
