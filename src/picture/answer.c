/* What the program lykta-picture answers. */
#include "base/number.h"
#include "picture/picture.h"

static const char *const fault_words[PICTURE_FAULTS] = {
    [PICTURE_FINE] = "fine",       [PICTURE_WRONG_TYPE] = "type", [PICTURE_TOO_LARGE] = "large",
    [PICTURE_DAMAGED] = "damaged", [PICTURE_FOR_PRINT] = "print",
};

const char *picture_fault_word(enum picture_fault fault)
{
    return fault_words[fault];
}

static bool is_fault(struct str word, enum picture_fault *fault)
{
    for (int i = PICTURE_FINE + 1; i < PICTURE_FAULTS; i++)
        if (str_is(word, picture_fault_word((enum picture_fault)i))) {
            *fault = (enum picture_fault)i;
            return true;
        }
    return false;
}

bool picture_answer(struct str answer, enum picture_fault *fault, struct picture *out)
{
    struct str head;
    struct str word;
    struct str width;
    struct str height;
    int64_t w = 0;
    int64_t h = 0;

    if (!str_cut(answer, '\n', &head, &out->bytes) || !str_cut(head, ' ', &word, &width))
        return false;
    if (str_is(word, "fault"))
        return is_fault(width, fault);
    if (!str_cut(width, ' ', &width, &height) || !i64_from_str(width, 1, PICTURE_SIDE, &w) ||
        !i64_from_str(height, 1, PICTURE_SIDE, &h))
        return false;
    *fault = PICTURE_FINE;
    out->kind = str_is(word, "png") ? PICTURE_PNG : PICTURE_JPEG;
    out->width = (size_t)w;
    out->height = (size_t)h;
    return out->bytes.n > 0 && (out->kind == PICTURE_PNG || str_is(word, "jpeg"));
}
