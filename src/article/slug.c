/* From a title to an address. */
#include "article/slug.h"

#include "article/article.h"
#include "base/arena.h"
#include "base/text.h"

static bool is_plain(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

bool slug_is_valid(struct str key)
{
    if (key.n == 0 || key.n > ARTICLE_KEY_LETTERS || key.p[0] == '-' || key.p[key.n - 1] == '-')
        return false;
    for (size_t i = 0; i < key.n; i++)
        if (!is_plain(key.p[i]) && !(key.p[i] == '-' && key.p[i - 1] != '-'))
            return false;
    return true;
}

/* The plain letter for the two bytes at the start of `s`; 0: there is none. */
static char plain_of(struct str s)
{
    static const char *const letters[] = {"aåäàáâÅÄÀÁÂ", "oöøóôÖØÓÔ", "eéèêëÉÈÊË", "uüúÜÚ", "cçÇ", "nñÑ"};

    if (s.n < 2)
        return 0;
    for (size_t i = 0; i < sizeof letters / sizeof letters[0]; i++)
        for (const char *at = letters[i] + 1; *at; at += 2)
            if (at[0] == s.p[0] && at[1] == s.p[1])
                return letters[i][0];
    return 0;
}

/* Cuts at the last hyphen that leaves it short enough. */
static struct str cut(struct str key)
{
    size_t n = ARTICLE_KEY_LETTERS;

    if (key.n <= n)
        return key;
    while (n > 0 && key.p[n] != '-')
        n--;
    return str_part(key, 0, n > 0 ? n : ARTICLE_KEY_LETTERS);
}

struct str slug_of(struct str title, struct arena *a)
{
    struct text out = text_open(a);

    for (size_t i = 0; i < title.n; i++) {
        char c = title.p[i] >= 'A' && title.p[i] <= 'Z' ? (char)(title.p[i] + 32) : title.p[i];
        char plain = plain_of(str_part(title, i, 2));

        if (is_plain(c) || plain != 0)
            text_byte(&out, plain != 0 ? plain : c);
        else if (out.n > 0 && out.p[out.n - 1] != '-' && ((unsigned char)c & 0xC0) != 0x80)
            text_byte(&out, '-');
        i += plain != 0;
    }
    while (out.n > 0 && out.p[out.n - 1] == '-')
        out.n--;
    return out.n > 0 ? cut(text_str(&out)) : S("artikel");
}
