/* The log in plain words. */
#include "audit/audit_words.h"

#include "base/arena.h"
#include "base/csv.h"
#include "base/number.h"
#include "base/text.h"
#include "portal/permission.h"

extern const char audit_actions_csv[];
extern const char audit_details_csv[];

static const struct str number_place = {"{n}", 3};

static enum status read_actions(struct arena *a, struct audit_words *out, struct err *e)
{
    struct csv in;
    size_t room = 0;
    bool has_row = false;

    TRY(csv_open(&in, "actions.csv", str_of(audit_actions_csv), a, e));
    TRY(csv_next(&in, &has_row, e));
    while (has_row) {
        out->action = arena_grow(a, out->action, out->actions + 1, &room, sizeof *out->action);
        out->action[out->actions++] =
            (struct audit_action){.code = in.fields[0],
                                  .has_codes = str_is(in.fields[1], "words"),
                                  .words = {[LANGUAGE_SV] = in.fields[2], [LANGUAGE_EN] = in.fields[3]}};
        TRY(csv_next(&in, &has_row, e));
    }
    return OK;
}

static enum status read_codes(struct arena *a, struct audit_words *out, struct err *e)
{
    struct csv in;
    size_t room = 0;
    bool has_row = false;

    TRY(csv_open(&in, "details.csv", str_of(audit_details_csv), a, e));
    TRY(csv_next(&in, &has_row, e));
    while (has_row) {
        out->code = arena_grow(a, out->code, out->codes + 1, &room, sizeof *out->code);
        out->code[out->codes++] =
            (struct audit_code){in.fields[0], {[LANGUAGE_SV] = in.fields[1], [LANGUAGE_EN] = in.fields[2]}};
        TRY(csv_next(&in, &has_row, e));
    }
    return OK;
}

enum status audit_words_load(struct arena *a, struct audit_words *out, struct err *e)
{
    struct audit_words found = {0};

    TRY(read_actions(a, &found, e));
    TRY(read_codes(a, &found, e));
    *out = found;
    return OK;
}

static const struct audit_action *find_action(const struct audit_words *all, struct str code)
{
    for (size_t i = 0; i < all->actions; i++)
        if (str_equal(all->action[i].code, code))
            return &all->action[i];
    return NULL;
}

/* The words with `number` where its place is. */
static struct str with_number(struct str words, struct str number, struct arena *a)
{
    struct text out = text_open(a);

    for (size_t i = 0; i < words.n; i++) {
        if (!str_starts(str_part(words, i, words.n), number_place)) {
            text_byte(&out, words.p[i]);
            continue;
        }
        text_add(&out, number);
        i += number_place.n - 1;
    }
    return text_str(&out);
}

static struct str text_of(enum language language, enum text_key key)
{
    return catalogue_text(catalogue_of(language), key);
}

struct str audit_what(const struct audit_words *all, const struct audit_entry *entry, enum language language,
                      struct arena *a)
{
    const struct audit_action *action = find_action(all, entry->action);
    char digits[I64_TEXT_BYTES];
    struct str number = entry->subject ? str_copy(i64_to_text(entry->subject, digits), a)
                                       : text_of(language, TEXT_AUDIT_UNKNOWN);

    if (action)
        return with_number(action->words[language], number, a);
    return str_of(arena_printf(a, "%.*s %.*s", STR(entry->action), STR(number)));
}

struct str audit_kind(const struct audit_action *action, enum language language, struct arena *a)
{
    return with_number(action->words[language], S("…"), a);
}

static bool is_of_code(char c)
{
    return (c >= 'a' && c <= 'z') || c == '_' || c == '-';
}

/* The words of a code, or of a sentence that stands for one; `code` itself when it has none. */
static struct str code_words(const struct audit_words *all, struct str code, enum language language)
{
    enum role role;

    for (size_t i = 0; i < all->codes; i++)
        if (str_equal(all->code[i].code, code))
            return all->code[i].words[language];
    return role_from_str(code, &role) ? role_words(role, language) : code;
}

/* Each code of the detail, and what stands between them as it is. */
static struct str each_code(const struct audit_words *all, struct str rest, enum language language,
                            struct arena *a)
{
    struct text out = text_open(a);

    while (rest.n > 0) {
        size_t n = 0;

        while (n < rest.n && is_of_code(rest.p[n]))
            n++;
        if (n == 0)
            text_byte(&out, rest.p[n++]);
        else
            text_add(&out, code_words(all, str_part(rest, 0, n), language));
        rest = str_part(rest, n, rest.n);
    }
    return text_str(&out);
}

struct str audit_detail(const struct audit_words *all, const struct audit_entry *entry,
                        enum language language, struct arena *a)
{
    const struct audit_action *action = find_action(all, entry->action);

    if (!action || !action->has_codes)
        return entry->detail;
    struct str whole = code_words(all, entry->detail, language);
    return str_equal(whole, entry->detail) ? each_code(all, entry->detail, language, a) : whole;
}

struct str audit_who(struct str who, enum language language, struct arena *a)
{
    static const struct {
        const char *who;
        enum text_key words;
    } known[] = {{"reader", TEXT_AUDIT_WHO_READER},        {"reporter", TEXT_AUDIT_WHO_REPORTER},
                 {"command line", TEXT_AUDIT_WHO_COMMAND}, {"mail", TEXT_AUDIT_WHO_MAIL},
                 {"lykta serve", TEXT_AUDIT_WHO_PROGRAM},  {"lykta demo", TEXT_AUDIT_WHO_EXAMPLE}};
    struct text out = text_open(a);

    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
        if (str_is(who, known[i].who))
            return text_of(language, known[i].words);
    if (!str_starts(who, S("person ")))
        return who;
    const struct insertion id = insertion("id", str_part(who, 7, who.n));
    catalogue_write(&out, catalogue_of(language), TEXT_AUDIT_WHO_PERSON, &id, 1);
    return text_str(&out);
}

struct str audit_role(struct str role, enum language language, struct arena *a)
{
    struct text out = text_open(a);
    struct str name;
    enum role found;

    while (role.n > 0) {
        str_cut(role, '+', &name, &role);
        if (!role_from_str(name, &found))
            continue;
        if (out.n > 0)
            text_lit(&out, ", ");
        text_add(&out, role_words(found, language));
    }
    return text_str(&out);
}
