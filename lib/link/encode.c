/* People as encodings under a key. */
#include "link/encode.h"

#include "base/arena.h"
#include "base/err.h"
#include "base/hkdf.h"
#include "base/number.h"
#include "link/bloom.h"

#include <math.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>

/* Positions spent on each group in all, whatever is in it: about a quarter of a filter's bits, a third of the
 * small ones', so that two of different people share few. */
enum { NAME_BUDGET = 260, PLACE_BUDGET = 110, NOISE_WORDS = 256 };

/* Positions for each part of a birth date; the weak ones let near misses meet half-way. */
enum {
    YEAR = 16,
    YEAR_NEAR = 6,
    DECADE = 10,
    MONTH = 16,
    DAY = 16,
    SWAPPED = 6,
    SEX = 12,
    PART_ESTIMATE = 8
};

struct group_key {
    struct bloom *bloom;
    size_t bits;
};

struct encoder {
    const struct schema *schema;
    struct group_key group[GROUPS];
    unsigned char noise_key[ENCODE_KEY_BYTES];
    unsigned char check[ENCODE_CHECK_BYTES];
    struct str token[BLOOM_MAX_TOKENS];
    char pair[BLOOM_MAX_TOKENS][3];
    char text[NORMALISE_MAX_BYTES + 2];
};

static const char *const group_names[GROUPS] = {"names", "birth", "place"};

static void derive(const struct schema *s, const unsigned char *key, const char *purpose, unsigned char *out,
                   size_t n);
static void draw_order(uint16_t *order, size_t bits, const unsigned char *key);
static void set_names(struct encoder *x, const struct person *p, struct bloom *b, uint64_t *filter);
static void set_birth(const struct person *p, struct bloom *b, uint64_t *filter);
static void set_place(struct encoder *x, const struct person *p, struct bloom *b, uint64_t *filter);
static void add_noise(const struct encoder *x, size_t group, uint64_t row, uint64_t *filter);

static size_t group_bits(const struct schema *s, size_t group)
{
    if (s->profile == PROFILE_CLK)
        return ENCODE_NAME_BITS;
    return group == GROUP_NAMES ? ENCODE_NAME_BITS : ENCODE_SMALL_BITS;
}

struct encoder *encoder_open(const struct schema *schema, const unsigned char *key,
                             const unsigned char *noise_key, struct arena *a)
{
    struct encoder *x = arena_new(a, 1, struct encoder);
    unsigned char secret[BLOOM_KEY_BYTES];
    uint16_t order[GROUPS][ENCODE_NAME_BITS]; /* where bit i of a filter goes */
    char purpose[32];

    x->schema = schema;
    memcpy(x->noise_key, noise_key, sizeof x->noise_key);
    for (size_t g = 0; g < GROUPS; g++) {
        x->group[g].bits = group_bits(schema, g);
        snprintf(purpose, sizeof purpose, "order/%s", group_names[g]);
        derive(schema, key, purpose, secret, crypto_stream_chacha20_KEYBYTES);
        draw_order(order[g], x->group[g].bits, secret);
        derive(schema, key, group_names[g], secret, sizeof secret);
        x->group[g].bloom =
            bloom_open(a, x->group[g].bits, secret, order[schema->profile == PROFILE_CLK ? 0 : g]);
    }
    derive(schema, key, "check", secret, sizeof secret);
    crypto_generichash(x->check, sizeof x->check, (const unsigned char *)"lykta/key-check", 15, secret,
                       sizeof secret);
    sodium_memzero(secret, sizeof secret);
    sodium_memzero(order, sizeof order);
    return x;
}

void encoder_check(const struct encoder *x, unsigned char check[ENCODE_CHECK_BYTES])
{
    memcpy(check, x->check, ENCODE_CHECK_BYTES);
}

void encodings_new(struct encodings *out, const struct schema *schema, size_t n, struct arena *a)
{
    *out = (struct encodings){.n = n, .groups = schema->profile == PROFILE_CLK ? 1 : GROUPS};
    for (size_t g = 0; g < out->groups; g++) {
        if (out->groups > 1 && schema_group_fields(schema, (enum group)g) == 0)
            continue;
        out->group[g].bits = group_bits(schema, g);
        out->group[g].word = arena_new(a, n * (out->group[g].bits / 64), uint64_t);
    }
    out->present = arena_new(a, n, uint8_t);
    out->gender = schema->gives_gender ? arena_new(a, n, uint8_t) : NULL;
    out->age = schema->gives_age ? arena_new(a, n, uint8_t) : NULL;
}

static enum gender gender_of(const struct person *p)
{
    return p->sex == 'K'   ? GENDER_FEMALE
           : p->sex == 'M' ? GENDER_MALE
           : p->sex        ? GENDER_OTHER
                           : GENDER_UNKNOWN;
}

/* Whoever could still be under 18 by what is known of the date is not counted as adult. */
static enum age_class age_of(const struct birth *b, struct date as_of)
{
    if (b->year == 0)
        return AGE_UNKNOWN;
    int age = as_of.year - b->year;
    int month = b->month ? b->month : 12;
    int day = b->day ? b->day : 31;
    bool has_had_birthday = as_of.month > month || (as_of.month == month && as_of.day >= day);

    if (age != 18)
        return age < 18 ? AGE_CHILD : AGE_ADULT;
    return has_had_birthday ? AGE_ADULT : b->month && b->day ? AGE_CHILD : AGE_UNKNOWN;
}

unsigned encode_known(const struct schema *schema, const struct person *p)
{
    const bool known[GROUPS] = {[GROUP_NAMES] = p->names.n > 0,
                                [GROUP_BIRTH] = p->birth.year > 0,
                                [GROUP_PLACE] = p->texts > 0 || p->personnummer[0]};
    unsigned out = 0;

    for (size_t g = 0; g < GROUPS; g++)
        if (known[g] && schema_group_fields(schema, (enum group)g) > 0)
            out |= 1U << g;
    return out;
}

void encode_person(struct encoder *x, const struct person *p, uint64_t row, struct encodings *out, size_t i)
{
    bool is_one = out->groups == 1;
    unsigned known = encode_known(x->schema, p);

    if (is_one)
        known = known != 0;

    out->present[i] = (uint8_t)known;
    for (size_t g = 0; g < GROUPS; g++) {
        size_t target = is_one ? 0 : g;
        struct bloom *b = x->group[g].bloom;

        if (!(known >> target & 1U))
            continue;
        uint64_t *filter = out->group[target].word + i * (out->group[target].bits / 64);
        if (g == GROUP_NAMES)
            set_names(x, p, b, filter);
        else if (g == GROUP_BIRTH)
            set_birth(p, b, filter);
        else
            set_place(x, p, b, filter);
        if (!is_one || g + 1 == GROUPS)
            add_noise(x, target, row, filter);
    }
    if (out->gender)
        out->gender[i] = (uint8_t)gender_of(p);
    if (out->age)
        out->age[i] = (uint8_t)age_of(&p->birth, x->schema->as_of);
}

static void shuffle_filters(struct filters *f, const uint32_t *from, size_t n, struct arena *a)
{
    size_t words = f->bits / 64;
    uint64_t *shuffled = arena_new(a, n * words, uint64_t);

    for (size_t i = 0; i < n && words; i++)
        memcpy(shuffled + i * words, f->word + from[i] * words, words * sizeof *shuffled);
    f->word = shuffled;
}

static uint8_t *shuffle_bytes(const uint8_t *bytes, const uint32_t *from, size_t n, struct arena *a)
{
    uint8_t *shuffled = bytes ? arena_new(a, n, uint8_t) : NULL;

    for (size_t i = 0; shuffled && i < n; i++)
        shuffled[i] = bytes[from[i]];
    return shuffled;
}

void encodings_shuffle(struct encodings *x, uint32_t *from, struct arena *a)
{
    for (size_t i = 0; i < x->n; i++) {
        size_t k = randombytes_uniform((uint32_t)(i + 1));

        from[i] = from[k];
        from[k] = (uint32_t)i;
    }
    for (size_t g = 0; g < x->groups; g++)
        shuffle_filters(&x->group[g], from, x->n, a);
    x->present = shuffle_bytes(x->present, from, x->n, a);
    x->gender = shuffle_bytes(x->gender, from, x->n, a);
    x->age = shuffle_bytes(x->age, from, x->n, a);
}

/* A key for one purpose in one round under one schema: rounds cannot be joined. */
static void derive(const struct schema *s, const unsigned char *key, const char *purpose, unsigned char *out,
                   size_t n)
{
    char info[SCHEMA_MAX_TEXT + 64];
    int length = snprintf(info, sizeof info, "lykta/encode/v1/%.*s/%s", STR(s->round), purpose);

    hkdf_sha256((struct str){(const char *)key, ENCODE_KEY_BYTES},
                (struct str){(const char *)s->hash, sizeof s->hash}, (struct str){info, (size_t)length}, out,
                n);
}

/* Fisher & Yates with 64-bit draws from ChaCha20: the bias of the remainder is below 2^-53. */
static void draw_order(uint16_t *order, size_t bits, const unsigned char *key)
{
    static const unsigned char nonce[crypto_stream_chacha20_NONCEBYTES] = {0};
    uint64_t draw[ENCODE_NAME_BITS];

    crypto_stream_chacha20((unsigned char *)draw, sizeof draw, nonce, key);
    for (size_t i = 0; i < bits; i++) {
        size_t k = (size_t)(draw[i] % (i + 1));

        order[i] = order[k];
        order[k] = (uint16_t)i;
    }
    sodium_memzero(draw, sizeof draw);
}

/* Pairs of neighbouring bytes of ` part `, each with a letter for its type before it. Bytes, not code points:
 * a script of its own has longer pairs, which only makes them rarer. */
static size_t add_pairs(struct encoder *x, size_t n, char type, struct str part)
{
    for (size_t i = 0; i <= part.n && n < BLOOM_MAX_TOKENS; i++) {
        char *token = x->pair[n];

        token[0] = type;
        token[1] = i == 0 ? ' ' : part.p[i - 1];
        token[2] = i == part.n ? ' ' : part.p[i];
        x->token[n++] = (struct str){token, 3};
    }
    return n;
}

static void set_names(struct encoder *x, const struct person *p, struct bloom *b, uint64_t *filter)
{
    size_t n = 0;

    for (size_t i = 0; i < p->names.n; i++)
        n = add_pairs(x, n, 'N', p->names.part[i]);
    if (n > 0)
        bloom_spend(b, filter, x->token, n, NAME_BUDGET);
}

static void add_number(struct bloom *b, uint64_t *filter, char type, int value, size_t k)
{
    char digits[I64_TEXT_BYTES];
    char token[I64_TEXT_BYTES + 1] = {type};
    struct str number = i64_to_text(value, digits);

    memcpy(token + 1, number.p, number.n);
    bloom_add(b, filter, (struct str){token, number.n + 1}, k);
}

/* An estimated year says no more than the years around it. Day and month are also set, weakly, the other way
 * round, where both could be a month. */
static void set_birth(const struct person *p, struct bloom *b, uint64_t *filter)
{
    const struct birth *born = &p->birth;

    if (born->year > 0) {
        add_number(b, filter, 'Y', born->year, born->is_estimate ? PART_ESTIMATE : YEAR);
        for (int off = 1; off <= (born->is_estimate ? 2 : 1); off++) {
            add_number(b, filter, 'Y', born->year - off, YEAR_NEAR);
            add_number(b, filter, 'Y', born->year + off, YEAR_NEAR);
        }
        add_number(b, filter, 'T', born->year / 10, DECADE);
    }
    if (born->month > 0)
        add_number(b, filter, 'M', born->month, MONTH);
    if (born->day > 0)
        add_number(b, filter, 'D', born->day, DAY);
    if (born->day > 0 && born->day <= 12) {
        add_number(b, filter, 'M', born->day, SWAPPED);
        add_number(b, filter, 'D', born->month, SWAPPED);
    }
    if (p->sex)
        add_number(b, filter, 'S', p->sex, SEX);
}

/* `text` with a letter for its type before it. */
static struct str marked(struct encoder *x, char type, struct str text)
{
    text = str_part(text, 0, sizeof x->text - 1);
    x->text[0] = type;
    memcpy(x->text + 1, text.p, text.n);
    return (struct str){x->text, text.n + 1};
}

/* Every field has the same share of the budget, by the schema and not by what is filled in: a text that is
 * there weighs the same in every record. */
static void set_place(struct encoder *x, const struct person *p, struct bloom *b, uint64_t *filter)
{
    size_t fields = schema_group_fields(x->schema, GROUP_PLACE);
    size_t share = fields ? PLACE_BUDGET / fields : 0;

    for (size_t i = 0; i < p->texts; i++) {
        const struct person_text *t = &p->text[i];
        size_t n = 0;

        if (t->kind == FIELD_PLACE) {
            n = add_pairs(x, 0, 'L', t->text);
        } else {
            x->token[n++] = marked(x, t->kind == FIELD_PHONE ? 'F' : 'I', t->text);
        }
        bloom_spend(b, filter, x->token, n, share);
    }
    if (p->personnummer[0]) {
        x->token[0] = marked(x, 'P', str_of(p->personnummer));
        bloom_spend(b, filter, x->token, 1, share);
    }
}

/* Flips bits so that each is replaced by a random one with the schema's probability: the gaps between the
 * flipped are geometric, drawn from the agency's key and the row. Few rows need more than the first draws. */
static void add_noise(const struct encoder *x, size_t group, uint64_t row, uint64_t *filter)
{
    double stays = 1.0 / log1p(-0.005 * x->schema->noise_percent); /* flips are half of the replacements */
    size_t bits = x->group[group].bits;
    unsigned char nonce[crypto_stream_chacha20_NONCEBYTES] = {0};
    uint32_t draw[NOISE_WORDS];
    size_t drawn = NOISE_WORDS / 4;
    size_t n = 0;
    uint64_t number = row * GROUPS + group;

    if (x->schema->noise_percent == 0)
        return;
    memcpy(nonce, &number, sizeof number);
    crypto_stream_chacha20((unsigned char *)draw, drawn * sizeof *draw, nonce, x->noise_key);
    for (size_t i = 0; n < NOISE_WORDS; i++) {
        if (n == drawn) {
            drawn = NOISE_WORDS;
            crypto_stream_chacha20((unsigned char *)draw, sizeof draw, nonce, x->noise_key);
        }
        double unit = ((double)draw[n++] + 0.5) * 0x1p-32;

        i += (size_t)(log(unit) * stays);
        if (i >= bits)
            break;
        filter[i / 64] ^= (uint64_t)1 << i % 64;
    }
}
