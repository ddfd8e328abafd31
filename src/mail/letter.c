/* What a letter says. */
#include "mail/letter.h"

#include "base/arena.h"
#include "base/text.h"
#include "mail/mail.h"
#include "pages.h"
#include "web/html.h"

enum { LINE_LETTERS = 76 };

static struct str filled(const struct letter *l, enum text_key key, const struct insertion *insertions,
                         size_t n)
{
    struct text out = text_open(l->arena);

    catalogue_write(&out, l->texts, key, insertions, n);
    return text_str(&out);
}

struct letter letter_open(enum language language, struct str name, struct str city, struct arena *a)
{
    struct letter l = {.arena = a, .texts = catalogue_of(language), .language = language, .name = name};

    if (name.n > 0)
        l.greeting = filled(&l, TEXT_MAIL_LETTER_GREETING, (struct insertion[]){insertion("name", name)}, 1);
    else
        l.greeting = catalogue_text(l.texts, TEXT_MAIL_LETTER_GREETING_NOBODY);
    l.sender = filled(&l, TEXT_MAIL_LETTER_SENDER, (struct insertion[]){insertion("city", city)}, 1);
    return l;
}

static void add(struct letter *l, struct letter_part part)
{
    l->part = arena_grow(l->arena, l->part, l->n + 1, &l->room, sizeof *l->part);
    l->part[l->n++] = part;
}

void letter_subject(struct letter *l, enum text_key key, const struct insertion *insertions, size_t n)
{
    l->subject = filled(l, key, insertions, n);
}

void letter_paragraph(struct letter *l, enum text_key key, const struct insertion *insertions, size_t n)
{
    add(l, (struct letter_part){LETTER_PARAGRAPH, S(""), filled(l, key, insertions, n)});
}

void letter_fact(struct letter *l, enum text_key label, struct str value)
{
    if (value.n > 0)
        add(l, (struct letter_part){LETTER_FACT, catalogue_text(l->texts, label), value});
}

void letter_link(struct letter *l, enum text_key label, struct str address)
{
    add(l, (struct letter_part){LETTER_LINK, catalogue_text(l->texts, label), address});
}

void letter_markdown(struct letter *l, struct str markdown)
{
    if (str_trim(markdown).n > 0)
        add(l, (struct letter_part){LETTER_MARKDOWN, S(""), str_trim(markdown)});
}

/* One paragraph, cut at spaces. */
static void add_line(struct text *out, struct str line)
{
    struct str word;
    size_t used = 0;
    bool has_more = true;

    while (has_more) {
        has_more = str_cut(line, ' ', &word, &line);
        size_t n = str_letters(word);

        if (used > 0 && used + 1 + n > LINE_LETTERS) {
            text_byte(out, '\n');
            used = 0;
        } else if (used > 0) {
            text_byte(out, ' ');
            used++;
        }
        text_add(out, word);
        used += n;
    }
    text_byte(out, '\n');
}

static void add_wrapped(struct text *out, struct str s)
{
    struct str line;
    bool has_more = true;

    while (has_more) {
        has_more = str_cut(s, '\n', &line, &s);
        add_line(out, line);
    }
}

/* Facts stand line by line, everything else with an empty line before it. */
static void add_part(struct text *out, const struct letter_part *part, bool follows_fact)
{
    if (!(part->kind == LETTER_FACT && follows_fact))
        text_byte(out, '\n');
    if (part->kind == LETTER_LINK) {
        text_format(out, "%.*s:\n", STR(part->label));
        text_format(out, "%.*s\n", STR(part->text));
        return;
    }
    if (part->kind == LETTER_FACT) {
        text_format(out, "%.*s: ", STR(part->label));
        text_add(out, part->text);
        text_byte(out, '\n');
        return;
    }
    add_wrapped(out, part->text);
}

struct str letter_plain(const struct letter *l)
{
    struct text out = text_open(l->arena);

    add_wrapped(&out, l->greeting);
    for (size_t i = 0; i < l->n; i++)
        add_part(&out, &l->part[i], i > 0 && l->part[i - 1].kind == LETTER_FACT);
    text_byte(&out, '\n');
    add_wrapped(&out, l->sender);
    if (l->unsubscribe.n > 0)
        text_format(&out, "\n-- \n%.*s\n%.*s\n", STR(catalogue_text(l->texts, TEXT_MAIL_LETTER_UNSUBSCRIBE)),
                    STR(l->unsubscribe));
    return text_str(&out);
}

struct str letter_html(const struct letter *l)
{
    struct html h = html_open(l->arena, l->texts);

    page_mail_letter(&h, l);
    return html_str(&h);
}

struct mail_letter letter_to(const struct letter *l, struct str address)
{
    return (struct mail_letter){.address = address,
                                .name = l->name,
                                .language = l->language,
                                .subject = l->subject,
                                .plain = letter_plain(l),
                                .html = letter_html(l),
                                .unsubscribe = l->unsubscribe};
}
