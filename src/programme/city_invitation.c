/* How a city is asked into a programme, and answers. */
#include "programme/city_invitation.h"

#include "base/arena.h"
#include "base/text.h"
#include "programme/programme.h"
#include "programme/trust.h"
#include "release/bundle.h"
#include "release/release_signature.h"
#include "store/city.h"

static const char invitation_head[] = "lykta-invitation 1";
static const char answer_head[] = "lykta-invitation-answer 1";

/* The lines and, under them, their signature. */
static struct str signed_text(struct str lines, const struct key *key, struct arena *a,
                              struct release_signature *sig)
{
    struct text out = text_open(a);

    *sig = release_signature_make(lines, key, a);
    text_add(&out, lines);
    text_add(&out, release_signature_text(sig, a));
    return text_str(&out);
}

static struct str invitation_lines(const struct city_invitation *x, struct arena *a)
{
    struct text out = text_open(a);
    char day[11];

    date_to_text(x->last_day, day);
    text_format(&out, "%s\nprogramme %.*s\nmunicipality %.*s\nname %.*s\nnumber %.*s\nlast-day %s\n",
                invitation_head, STR(x->programme), STR(x->municipality), STR(x->name), STR(x->number), day);
    return text_str(&out);
}

static struct str answer_lines(const struct city_answer *x, struct arena *a)
{
    struct text out = text_open(a);

    text_format(&out, "%s\ninvitation %.*s\nprogramme-key %.*s\nmunicipality %.*s\n", answer_head,
                STR(x->invitation), STR(x->programme_key), STR(x->municipality));
    return text_str(&out);
}

struct str city_invitation_write(struct city_invitation *x, const struct key *key, struct arena *a)
{
    struct release_signature sig;
    const struct str whole = signed_text(invitation_lines(x, a), key, a, &sig);

    x->programme_key = sig.public_key;
    x->hash = release_hash(whole, a);
    return whole;
}

struct str city_answer_write(struct city_answer *x, const struct key *key, struct arena *a)
{
    struct release_signature sig;
    const struct str whole = signed_text(answer_lines(x, a), key, a, &sig);

    x->city_key = sig.public_key;
    return whole;
}

/* Takes the signature off `bytes` and holds it against the lines above it. */
static enum status read_signed(const char *name, const char *head, struct str bytes, struct arena *a,
                               struct str *lines, struct release_signature *sig, struct err *e)
{
    const size_t n = bytes.n > RELEASE_SIGNATURE_TEXT_BYTES ? bytes.n - RELEASE_SIGNATURE_TEXT_BYTES : 0;

    *lines = str_part(bytes, 0, n);
    if (!str_is_utf8(bytes) || !str_starts(bytes, str_of(head)))
        return err_set(e, BAD_INPUT, "%s: is not what is expected here: its first line would be \"%s\"", name,
                       head);
    if (!release_signature_read(str_part(bytes, n, bytes.n), a, sig))
        return err_set(e, BAD_INPUT,
                       "%s: has been changed, or is not whole: it does not end with a signature of Lykta's",
                       name);
    if (release_signature_check(sig, *lines, a) != RELEASE_SIGNATURE_FITS)
        return err_set(e, BAD_INPUT,
                       "%s: has been changed: it is not as it was signed. Ask for it to be sent again", name);
    return OK;
}

/* What stands after "`key` " on the next of the lines; empty when that line is another. */
static struct str take_line(struct str *rest, struct str key)
{
    struct str line;

    if (!str_cut(*rest, '\n', &line, rest) || !str_starts(line, key))
        return S("");
    return str_part(line, key.n, line.n);
}

/* Signed by who does not keep to the form. */
static enum status malformed(const char *name, struct err *e)
{
    return err_set(e, BAD_INPUT, "%s: is signed, but not in the form of this version of Lykta", name);
}

static bool is_hex(struct str s, size_t n)
{
    bool is_it = s.n == n;

    for (size_t i = 0; i < s.n; i++)
        is_it = is_it && ((s.p[i] >= '0' && s.p[i] <= '9') || (s.p[i] >= 'a' && s.p[i] <= 'f'));
    return is_it;
}

static bool is_name(struct str s, size_t most)
{
    bool is_it = s.n > 0 && s.n <= most && str_trim(s).n == s.n;

    for (size_t i = 0; i < s.n; i++)
        is_it = is_it && (unsigned char)s.p[i] >= ' ' && s.p[i] != 0x7f;
    return is_it;
}

enum status city_invitation_read(const char *name, struct str bytes, struct arena *a,
                                 struct city_invitation *out, struct err *e)
{
    struct release_signature sig;
    struct str lines;

    TRY(read_signed(name, invitation_head, bytes, a, &lines, &sig, e));
    struct str rest = lines;
    (void)take_line(&rest, str_of(invitation_head));
    struct city_invitation x = {.programme = take_line(&rest, S("programme ")),
                                .municipality = take_line(&rest, S("municipality ")),
                                .name = take_line(&rest, S("name ")),
                                .number = take_line(&rest, S("number ")),
                                .programme_key = sig.public_key,
                                .hash = release_hash(bytes, a)};
    const bool has_day = date_from_str(take_line(&rest, S("last-day ")), &x.last_day);

    if (!has_day || !is_name(x.programme, CITY_NAME_MAX_BYTES) ||
        !is_name(x.name, PROGRAMME_MAX_NAME_BYTES) || !is_municipality(x.municipality) ||
        !is_hex(x.number, CITY_INVITATION_NUMBER_HEX) || !str_equal(lines, invitation_lines(&x, a)))
        return malformed(name, e);
    *out = x;
    return OK;
}

enum status city_answer_read(const char *name, struct str bytes, struct arena *a, struct city_answer *out,
                             struct err *e)
{
    struct release_signature sig;
    struct str lines;

    TRY(read_signed(name, answer_head, bytes, a, &lines, &sig, e));
    struct str rest = lines;
    (void)take_line(&rest, str_of(answer_head));
    const struct city_answer x = {.invitation = take_line(&rest, S("invitation ")),
                                  .programme_key = take_line(&rest, S("programme-key ")),
                                  .municipality = take_line(&rest, S("municipality ")),
                                  .city_key = sig.public_key};

    if (!is_hex(x.invitation, BUNDLE_HASH_HEX) || !is_hex(x.programme_key, BUNDLE_KEY_HEX) ||
        !is_municipality(x.municipality) || !str_equal(lines, answer_lines(&x, a)))
        return malformed(name, e);
    *out = x;
    return OK;
}
