/* Any bytes as a programme's list of keys, as its inhabitants, and as an invitation and its answer, also
 * signed by somebody: a list, a file in its one form, or a sentence. */
#include "base/arena.h"
#include "base/text.h"
#include "programme/city_invitation.h"
#include "programme/population.h"
#include "programme/trust.h"
#include "release/release_signature.h"
#include "store/keys.h"

#include <assert.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const struct key key = {"thirty-two bytes that are no key"};

static struct str sign(struct str lines, struct arena *a)
{
    const struct release_signature sig = release_signature_make(lines, &key, a);
    struct text whole = text_open(a);

    text_add(&whole, lines);
    text_add(&whole, release_signature_text(&sig, a));
    return text_str(&whole);
}

/* What is read is written the same. */
static void read_letters(struct str bytes, struct arena *a)
{
    struct city_invitation invitation;
    struct city_answer answer;
    struct err e = {OK, ""};

    if (city_invitation_read("fuzz", bytes, a, &invitation, &e) == OK)
        assert(str_equal(city_invitation_write(&invitation, &key, a), bytes));
    else
        assert(e.status == BAD_INPUT && e.what[0] != '\0');
    if (city_answer_read("fuzz", bytes, a, &answer, &e) == OK)
        assert(str_equal(city_answer_write(&answer, &key, a), bytes));
    else
        assert(e.status == BAD_INPUT && e.what[0] != '\0');
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const struct str bytes = {(const char *)data, size};
    struct arena *a = arena_open();
    struct population population = {0};
    struct trust trust = {0};
    struct err e = {OK, ""};

    if (trust_read("fuzz", bytes, a, &trust, &e) == OK)
        for (size_t i = 0; i < trust.n; i++)
            assert(is_municipality(trust.city[i].municipality) && trust.city[i].key.n >= 32);
    else
        assert(e.status == BAD_INPUT && e.what[0] != '\0');
    if (population_read("fuzz", bytes, a, &population, &e) == OK)
        for (size_t i = 0; i < population.n; i++)
            assert(population.row[i].people > 0);
    else
        assert(e.status == BAD_INPUT && e.what[0] != '\0');
    read_letters(bytes, a);
    read_letters(sign(bytes, a), a);
    arena_close(a);
    return 0;
}
