/* From a person to elements of the group. */
#include "link/ring.h"

#include "base/arena.h"
#include "base/text.h"

#include <assert.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

static const char *const names[RING_KEYS] = {"personnummer", "names+date", "sounds+date", "names+year"};

const char *ring_key_name(enum ring_key key)
{
    return names[key];
}

void ring_expand(struct str message, struct str purpose, unsigned char *out, size_t n)
{
    static const unsigned char zeros[128] = {0}; /* a block of SHA-512 */
    const unsigned char length[3] = {0, (unsigned char)n, 0};
    const unsigned char one = 1;
    const unsigned char purpose_bytes = (unsigned char)purpose.n;
    unsigned char hash[crypto_hash_sha512_BYTES];
    crypto_hash_sha512_state state;

    assert(n <= sizeof hash && purpose.n <= 255);
    crypto_hash_sha512_init(&state);
    crypto_hash_sha512_update(&state, zeros, sizeof zeros);
    crypto_hash_sha512_update(&state, (const unsigned char *)message.p, message.n);
    crypto_hash_sha512_update(&state, length, sizeof length);
    crypto_hash_sha512_update(&state, (const unsigned char *)purpose.p, purpose.n);
    crypto_hash_sha512_update(&state, &purpose_bytes, 1);
    crypto_hash_sha512_final(&state, hash);
    crypto_hash_sha512_init(&state);
    crypto_hash_sha512_update(&state, hash, sizeof hash);
    crypto_hash_sha512_update(&state, &one, 1);
    crypto_hash_sha512_update(&state, (const unsigned char *)purpose.p, purpose.n);
    crypto_hash_sha512_update(&state, &purpose_bytes, 1);
    crypto_hash_sha512_final(&state, hash);
    memcpy(out, hash, n);
}

static int compare_parts(const void *a, const void *b)
{
    return str_compare(*(const struct str *)a, *(const struct str *)b);
}

/* American Soundex (National Archives, "The Soundex indexing system"), of a word in loose form; a word of
 * another alphabet stands for itself. */
static struct str sound_of(struct str word, struct arena *a)
{
    static const char codes[] = "01230120022455012623010202";
    char *out = arena_new(a, 5, char);
    size_t n = 1;
    char last = '0';

    for (size_t i = 0; i < word.n; i++)
        if (word.p[i] < 'a' || word.p[i] > 'z')
            return word;
    memcpy(out, "0000", 4);
    out[0] = word.p[0];
    last = codes[word.p[0] - 'a'];
    for (size_t i = 1; i < word.n && n < 4; i++) {
        char code = codes[word.p[i] - 'a'];

        if (word.p[i] == 'h' || word.p[i] == 'w')
            continue;
        if (code != '0' && code != last)
            out[n++] = code;
        last = code;
    }
    return (struct str){out, 4};
}

/* The sorted parts of a name, or their sounds, each once, with blanks between them. */
static void put_names(struct text *out, const struct person *p, bool as_sounds, struct arena *a)
{
    struct str part[NAME_MAX_PARTS];

    for (size_t i = 0; i < p->names.n; i++)
        part[i] = as_sounds ? sound_of(p->names.part[i], a) : p->names.part[i];
    qsort(part, p->names.n, sizeof part[0], compare_parts);
    for (size_t i = 0; i < p->names.n; i++)
        if (i == 0 || !str_equal(part[i], part[i - 1])) {
            text_add(out, part[i]);
            text_byte(out, ' ');
        }
}

/* What two records of one person have in common under kind `key`; empty when this record does not have it. */
static struct str match_key(enum ring_key key, const struct person *p, struct arena *a)
{
    struct text out = text_open(a);
    const struct birth *b = &p->birth;
    bool has_date = b->year > 0 && b->month > 0 && b->day > 0;

    switch (key) {
    case RING_PERSONNUMMER:
        return str_of(p->personnummer);
    case RING_NAMES_DATE:
    case RING_SOUNDS_DATE:
        if (p->names.n < 2 || !has_date)
            return S("");
        put_names(&out, p, key == RING_SOUNDS_DATE, a);
        text_format(&out, "%04d%02d%02d", b->year, b->month, b->day);
        break;
    case RING_NAMES_YEAR:
        if (p->names.n < 2 || b->year == 0 || b->is_estimate)
            return S("");
        put_names(&out, p, false, a);
        text_format(&out, "%04d", b->year);
        break;
    case RING_KEYS:
        break;
    }
    return text_str(&out);
}

void ring_hash(struct ring_list *out, size_t i, const struct schema *schema, const struct person *p,
               struct arena *scratch)
{
    unsigned char *point = out->point + i * out->width * RING_POINT;
    unsigned char uniform[crypto_core_ristretto255_HASHBYTES];

    for (int k = 0; k < RING_KEYS; k++) {
        if (!(out->kinds >> k & 1U))
            continue;
        struct str key = match_key((enum ring_key)k, p, scratch);
        struct text message = text_open(scratch);

        text_format(&message, "%zu %.*s %zu %.*s %s ", schema->project.n, STR(schema->project),
                    schema->round.n, STR(schema->round), names[k]);
        text_add(&message, key);
        if (key.n > 0) {
            ring_expand(text_str(&message), S("lykta-ring-v1-ristretto255_XMD:SHA-512_R255MAP_RO_"), uniform,
                        sizeof uniform);
            crypto_core_ristretto255_from_hash(point, uniform);
        }
        point += RING_POINT;
    }
    sodium_memzero(uniform, sizeof uniform);
}
