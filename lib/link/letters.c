/* Letters of other alphabets in Latin. */
#include "link/letters.h"

#include <stddef.h>

struct letter {
    int32_t codepoint;
    const char *latin;
};

/* In order of code point, for the search. */
static const struct letter letters[] = {
    {0x00E6, "ae"}, {0x00F0, "d"},    {0x00F8, "o"},  {0x00FE, "th"}, {0x0111, "d"},  {0x0127, "h"},
    {0x0131, "i"},  {0x0138, "k"},    {0x0142, "l"},  {0x014B, "n"},  {0x0153, "oe"}, {0x0167, "t"},
    {0x0180, "b"},  {0x0192, "f"},    {0x01DD, "e"},  {0x0259, "e"},  {0x0268, "i"},  {0x03B1, "a"},
    {0x03B2, "v"},  {0x03B3, "g"},    {0x03B4, "d"},  {0x03B5, "e"},  {0x03B6, "z"},  {0x03B7, "i"},
    {0x03B8, "th"}, {0x03B9, "i"},    {0x03BA, "k"},  {0x03BB, "l"},  {0x03BC, "m"},  {0x03BD, "n"},
    {0x03BE, "x"},  {0x03BF, "o"},    {0x03C0, "p"},  {0x03C1, "r"},  {0x03C2, "s"},  {0x03C3, "s"},
    {0x03C4, "t"},  {0x03C5, "y"},    {0x03C6, "f"},  {0x03C7, "ch"}, {0x03C8, "ps"}, {0x03C9, "o"},
    {0x0430, "a"},  {0x0431, "b"},    {0x0432, "v"},  {0x0433, "g"},  {0x0434, "d"},  {0x0435, "e"},
    {0x0436, "zh"}, {0x0437, "z"},    {0x0438, "i"},  {0x0439, "i"},  {0x043A, "k"},  {0x043B, "l"},
    {0x043C, "m"},  {0x043D, "n"},    {0x043E, "o"},  {0x043F, "p"},  {0x0440, "r"},  {0x0441, "s"},
    {0x0442, "t"},  {0x0443, "u"},    {0x0444, "f"},  {0x0445, "kh"}, {0x0446, "ts"}, {0x0447, "ch"},
    {0x0448, "sh"}, {0x0449, "shch"}, {0x044A, "ie"}, {0x044B, "y"},  {0x044C, ""},   {0x044D, "e"},
    {0x044E, "iu"}, {0x044F, "ia"},   {0x0452, "d"},  {0x0454, "ie"}, {0x0455, "dz"}, {0x0456, "i"},
    {0x0458, "j"},  {0x0459, "lj"},   {0x045A, "nj"}, {0x045B, "c"},  {0x045F, "dz"}, {0x0491, "g"},
};

const char *letters_latin(int32_t codepoint)
{
    size_t low = 0;
    size_t high = sizeof letters / sizeof letters[0];

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (letters[middle].codepoint < codepoint)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == sizeof letters / sizeof letters[0] || letters[low].codepoint != codepoint)
        return NULL;
    return letters[low].latin;
}
