/* What is told by words: plates, addresses, handles, rooms, names, origin, health. */
#include "words/scanner_parts.h"
#include "words/token.h"

#include <string.h>

enum { NEAR_WORDS = 4 };

/* Beginnings of words, in small letters: "rumän" finds rumänska and rumäner. */
static const char *const origin_stems[] = {
    "rumän",   "bulgar",     "polack",   "ryss",       "rysk",         "ukrain",      "thailänd",
    "vietnam", "kines",      "nigeri",   "afrik",      "asiat",        "arab",        "romsk",
    "romer",   "zigen",      "syri",     "irak",       "iransk",       "iranier",     "afghan",
    "somal",   "eritre",     "alban",    "kosov",      "serbi",        "serber",      "bosni",
    "kroat",   "turk",       "kurd",     "lettisk",    "lettländ",     "litau",       "estländ",
    "estnisk", "mongol",     "uzbek",    "moldav",     "moldov",       "georgisk",    "georgier",
    "indisk",  "indier",     "pakistan", "bangladesh", "filipp",       "latinamerik", "sydamerik",
    "brasil",  "colombi",    "östeurop", "utlännin",   "utländsk",     "invandr",     "mörkhy",
    "hudfärg", "ljushy",     "etnisk",   "etnicitet",  "nationalitet", "muslim",      "islam",
    "judisk",  "judinn",     "katolik",  "katolsk",    "hijab",        "slöja",       "turban",
    "dialekt", "modersmål",  "romani",   "russia",     "chinese",      "asian",       "gypsy",
    "gypsies", "iraq",       "iranian",  "serb",       "bosnian",      "croat",       "latvia",
    "lithuan", "estonia",    "georgian", "indian",     "brazil",       "immigrant",   "foreigner",
    "ethnic",  "nationalit", "jewish",   "catholic",   "headscar",     "skinned",     "thaifl",
    "polsk"};
static const char *const origin_words[] = {"thai", "roma",  "rom",     "polish",    "accent", "bryter",
                                           "jude", "judar", "kristen", "christian", "finsk",  "danska",
                                           "tysk", "tyska", "spansk",  "spanska",   "foreign"};
/* These are other words too when they are small: nail polish, roma(n). */
static const char *const capital_only[] = {"polish", "roma", "rom"};

static const char *const health_stems[] = {
    "gravid",    "könssjuk",  "klamydi",      "missbruk",  "narkoman",     "alkoholis",
    "alcoholic", "psykisk",   "psykos",       "psykiatr",  "deprim",       "depress",
    "sjukdom",   "handikapp", "funktionsned", "autis",     "diabet",       "cancer",
    "epilep",    "schizo",    "schitzo",      "självskad", "självmord",    "allerg",
    "pregnan",   "disease",   "addict",       "psychos",   "psychiatr",    "disabled",
    "disabilit", "suicid",    "blodsmitta",   "hepatit",   "drogberoende", "utvecklingsstör"};
static const char *const health_words[] = {"hiv",      "aids",     "adhd",     "abort",
                                           "abortion", "mentally", "hepatitis"};

static const char *const platforms[] = {"instagram", "insta",  "snapchat", "snap",     "kik",
                                        "telegram",  "tiktok", "onlyfans", "facebook", "whatsapp",
                                        "discord",   "wickr",  "signal"};
static const char *const room_words[] = {"rum", "rummet",    "room", "lägenhet", "lägenheten",
                                         "lgh", "apartment", "flat", "suite",    "rumsnummer"};
static const char *const name_words[] = {"heter", "hette",  "kallas",  "kallades",  "namnet",
                                         "named", "called", "förnamn", "efternamn", "surname"};
static const char *const plate_words[] = {"reg",    "regnr",   "regnummer",    "registreringsnummer",
                                          "skylt",  "skylten", "registration", "plate",
                                          "plates", "number",  "nummer",       "registreringsskylt"};

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static bool is_one_of(const char *small, const char *const *list, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (strcmp(small, list[i]) == 0)
            return true;
    return false;
}

static bool begins_with_one_of(const char *small, const char *const *list, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (strncmp(small, list[i], strlen(list[i])) == 0)
            return true;
    return false;
}

/* The words just before, the nearest first: what a number or name may belong to. */
struct near {
    char small[NEAR_WORDS][TOKEN_SMALL_BYTES];
    size_t n;
};

static bool near_has(const struct near *near, size_t within, const char *const *list, size_t n)
{
    for (size_t i = 0; i < near->n && i < within; i++)
        if (is_one_of(near->small[i], list, n))
            return true;
    return false;
}

static void near_push(struct near *near, const char *small)
{
    memmove(near->small[1], near->small[0], sizeof near->small - sizeof near->small[0]);
    memcpy(near->small[0], small, TOKEN_SMALL_BYTES);
    near->n += near->n < NEAR_WORDS;
}

struct shape {
    size_t letters;
    size_t digits;
    size_t capitals;
    size_t underscores;
};

static struct shape shape_of(struct str word)
{
    struct shape s = {0};

    for (size_t i = 0; i < word.n; i++) {
        char c = word.p[i];

        s.capitals += c >= 'A' && c <= 'Z';
        s.digits += c >= '0' && c <= '9';
        s.underscores += c == '_';
        s.letters += (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }
    return s;
}

/* Three letters, two digits, a digit or letter; I, Q and V are not used (Transportstyrelsen's series). */
static bool is_plate_text(const char *p)
{
    for (int i = 0; i < 3; i++)
        if (p[i] < 'a' || p[i] > 'z' || strchr("iqv", p[i]))
            return false;
    bool ends = (p[5] >= '0' && p[5] <= '9') || (p[5] >= 'a' && p[5] <= 'z' && p[5] != 'o');

    return p[3] >= '0' && p[3] <= '9' && p[4] >= '0' && p[4] <= '9' && ends && p[6] == '\0';
}

/* A plate in one word ("ABC123", "abc12d"), or in two when the letters are capitals ("ABC 123") or the words
 * before say what it is. Returns its length from the word on; 0: none. */
static size_t plate_at(struct str text, const struct token *t, const struct near *near)
{
    struct shape s = shape_of(t->word);
    size_t at = (size_t)(t->word.p - text.p) + t->word.n;
    char both[TOKEN_SMALL_BYTES + 8];
    struct token next;

    if (is_plate_text(t->small))
        return t->word.n;
    if (t->word.n >= 5 && t->word.n <= 8 && s.digits > 0 && s.capitals > 0 &&
        near_has(near, 2, plate_words, COUNT(plate_words)))
        return t->word.n;
    if (t->word.n != 3 || s.letters != 3 ||
        (s.capitals != 3 && !near_has(near, 2, plate_words, COUNT(plate_words))))
        return 0;
    bool is_next = at + 1 < text.n && (text.p[at] == ' ' || text.p[at] == '-') && text.p[at + 1] != ' ';
    if (!is_next || !token_next(text, &at, &next) || next.word.n != 3)
        return 0;
    memcpy(both, t->small, 3);
    memcpy(both + 3, next.small, 4);
    explicit_bzero(&next, sizeof next);
    return is_plate_text(both) ? 7 : 0;
}

static bool is_address_byte(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           (c && strchr("._%+-", c));
}

/* Around each @: with a name before and a domain after it an e-mail address, without a name a handle. */
static void scan_at_signs(struct str text, struct finds *f)
{
    for (size_t i = 0; i < text.n; i++) {
        size_t from = i;
        size_t end = i + 1;
        bool has_dot = false;

        if (text.p[i] != '@')
            continue;
        while (from > 0 && is_address_byte(text.p[from - 1]))
            from--;
        for (; end < text.n && is_address_byte(text.p[end]); end++)
            has_dot = has_dot || (text.p[end] == '.' && end + 1 < text.n && is_address_byte(text.p[end + 1]));
        if (end > i + 1)
            finds_add(f, from, end - from, from < i && has_dot ? SCAN_EMAIL : SCAN_HANDLE);
    }
}

/* Addresses on the net: "https://…", "www.…", "t.me/…", "instagram.com/…" up to the next blank. */
static void scan_addresses(struct str text, struct finds *f)
{
    static const struct str begins[] = {{"http://", 7}, {"https://", 8}, {"www.", 4},
                                        {"t.me/", 5},   {".com/", 5},    {".se/", 4}};

    for (size_t i = 0; i < text.n; i++)
        for (size_t k = 0; k < COUNT(begins); k++) {
            size_t from = i;
            size_t end = i;

            if (!str_starts(str_part(text, i, 8), begins[k]))
                continue;
            while (from > 0 && is_address_byte(text.p[from - 1]))
                from--;
            while (end < text.n && text.p[end] != ' ' && text.p[end] != '\n' && text.p[end] != ',')
                end++;
            finds_add(f, from, end - from, SCAN_HANDLE);
            i = end;
            break;
        }
}

/* A word that no language has: with _ in it, or digits in it after the name of a service. */
static bool is_handle(const struct token *t, const struct near *near)
{
    struct shape s = shape_of(t->word);
    bool after_service = near_has(near, NEAR_WORDS, platforms, COUNT(platforms));

    return (s.underscores > 0 && s.letters > 1) || (after_service && s.digits > 0 && s.letters > 1);
}

static bool is_origin(const struct token *t)
{
    if (begins_with_one_of(t->small, origin_stems, COUNT(origin_stems)))
        return true;
    if (!is_one_of(t->small, origin_words, COUNT(origin_words)))
        return false;
    return t->is_capitalised || !is_one_of(t->small, capital_only, COUNT(capital_only));
}

static bool is_health(const struct token *t)
{
    return begins_with_one_of(t->small, health_stems, COUNT(health_stems)) ||
           is_one_of(t->small, health_words, COUNT(health_words));
}

/* "rum 214", "lgh 1203", "room 4B": a number of a room, right after the word, is not "three rooms". */
static bool is_room(const struct token *t, const struct near *near)
{
    struct shape s = shape_of(t->word);

    return s.digits > 0 && s.letters <= 1 && t->word.n <= 5 &&
           near_has(near, 1, room_words, COUNT(room_words));
}

void scan_words(struct str text, struct finds *f)
{
    struct near near = {.n = 0};
    struct token t;
    size_t at = 0;

    scan_at_signs(text, f);
    scan_addresses(text, f);
    while (token_next(text, &at, &t)) {
        size_t from = (size_t)(t.word.p - text.p);
        size_t plate = plate_at(text, &t, &near);

        if (plate > 0)
            finds_add(f, from, plate, SCAN_PLATE);
        else if (is_room(&t, &near))
            finds_add(f, from, t.word.n, SCAN_ROOM);
        else if (is_handle(&t, &near))
            finds_add(f, from, t.word.n, SCAN_HANDLE);
        else if (is_origin(&t))
            finds_add(f, from, t.word.n, SCAN_ORIGIN);
        else if (is_health(&t))
            finds_add(f, from, t.word.n, SCAN_HEALTH);
        else if (t.is_capitalised && near_has(&near, 1, name_words, COUNT(name_words)))
            finds_add(f, from, t.word.n, SCAN_NAME);
        near_push(&near, t.small);
    }
    /* The words are somebody's: none of them stays on the stack. */
    explicit_bzero(&near, sizeof near);
    explicit_bzero(&t, sizeof t);
}
