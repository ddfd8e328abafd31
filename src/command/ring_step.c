/* The steps of lykta ring that need no exponent: lists as they lie in files. */
#include "command/ring_step.h"

#include "base/arena.h"
#include "base/csv.h"
#include "base/file.h"
#include "base/json.h"
#include "command/verb.h"
#include "link/ring_count.h"
#include "link/voice.h"

#include <sodium.h>
#include <string.h>

enum { LIST_MAX_BYTES = RING_MAX_PEOPLE * RING_KEYS * RING_POINT + 8192 };

enum status ring_step_files(const struct call *call, size_t least, size_t most, struct err *e)
{
    if (call->n - 1 < least || call->n - 1 > most)
        return err_set(e, USAGE, "lykta ring %s: expected %zu%s files; see lykta help ring",
                       call->arguments[0], least, most > least ? " or more" : "");
    return OK;
}

enum status ring_step_list(const struct call *call, const char *path, struct ring_list *out, struct err *e)
{
    struct str bytes;

    TRY(file_read(path, LIST_MAX_BYTES, call->arena, &bytes, e));
    return ring_read(out, path, bytes, call->arena, e);
}

/* Whoever carries a list could put another in its place, and have it raised. */
enum status ring_step_digits(const struct call *call, struct err *e)
{
    struct str bytes;
    struct ring_list list;
    unsigned char hash[VOICE_HASH_BYTES];
    char out[VOICE_DIGITS + 1];

    TRY(ring_step_files(call, 1, 1, e));
    const char *path = call->arguments[1];
    TRY(file_read(path, LIST_MAX_BYTES, call->arena, &bytes, e));
    TRY(ring_read(&list, path, bytes, call->arena, e));
    crypto_generichash(hash, sizeof hash, (const unsigned char *)bytes.p, bytes.n, NULL, 0);
    voice_digits(hash, out);
    return file_write("-", str_of(arena_printf(call->arena, "%s\n", out)), 0, e);
}

enum status ring_step_verify(const struct call *call, struct err *e)
{
    const char *path = NULL;
    struct str bytes;
    struct ring_list in;
    struct ring_list before;
    struct ring_list after;

    TRY(verb_need(call, "--verify", &path, e));
    TRY(ring_step_files(call, 2, 2, e));
    TRY(ring_step_list(call, call->arguments[1], &in, e));
    TRY(ring_step_list(call, call->arguments[2], &after, e));
    TRY(file_read(path, LIST_MAX_BYTES, call->arena, &bytes, e));
    if (bytes.n < RING_PROOF)
        return err_set(e, BAD_INPUT, "%s: not a proof, or cut short", path);
    TRY(ring_read(&before, path, str_part(bytes, RING_PROOF, bytes.n), call->arena, e));
    TRY(ring_same_rows(&in, &before, call->arena, e));
    TRY(ring_verify((const unsigned char *)bytes.p, &before, &after, e));
    return file_write("-", S("the list was raised as it should be\n"), 0, e);
}

static void put_histories(struct text *out, const struct ring_list *list, const struct ring_counts *c)
{
    for (size_t l = 0; l < c->lists; l++) {
        csv_put(out, list[l].list, ',');
        text_byte(out, ',');
    }
    text_lit(out, "count\n");
    for (size_t mask = 1; mask < (size_t)1 << c->lists; mask++) {
        if (c->count[mask - 1] == 0)
            continue;
        for (size_t l = 0; l < c->lists; l++)
            text_format(out, "%d,", (int)(mask >> l & 1));
        text_i64(out, c->count[mask - 1]);
        text_byte(out, '\n');
    }
}

static enum status tell_count(const struct call *call, const struct ring_list *list,
                              const struct ring_counts *c, struct err *e)
{
    struct text out = text_open(call->arena);
    struct json j = json_open(&out);

    json_object_begin(&j, NULL);
    json_str(&j, "status", S("counted"));
    json_i64(&j, "lists", (int64_t)c->lists);
    json_object_begin(&j, "matched");
    for (int k = 0; k < RING_KEYS; k++)
        if (list[0].kinds >> k & 1U)
            json_i64(&j, ring_key_name((enum ring_key)k), c->matched[k]);
    json_object_end(&j);
    json_i64(&j, "ambiguous", c->ambiguous);
    json_object_end(&j);
    return file_write("-", text_str(&out), 0, e);
}

enum status ring_step_count(const struct call *call, struct err *e)
{
    const char *path = NULL;
    size_t n = call->n - 1;
    struct ring_list *list = arena_new(call->arena, n + 1, struct ring_list);
    struct ring_counts counts;
    struct text out = text_open(call->arena);

    TRY(verb_need(call, "-o", &path, e));
    if (call_has(call, "--json") && strcmp(path, "-") == 0)
        return err_set(e, USAGE, "lykta ring count: --json and -o - cannot both use standard output");
    TRY(ring_step_files(call, 2, RING_MAX_AGENCIES, e));
    for (size_t i = 0; i < n; i++)
        TRY(ring_step_list(call, call->arguments[i + 1], &list[i], e));
    TRY(ring_count(&counts, list, n, call->arena, e));
    put_histories(&out, list, &counts);
    TRY(file_write(path, text_str(&out), 0600, e));
    return call_has(call, "--json") ? tell_count(call, list, &counts, e) : OK;
}
