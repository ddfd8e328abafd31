/* Averaging and turning. */
#include "picture/pixels.h"

#include "base/arena.h"

#include <stdbool.h>
#include <string.h>

static size_t parts(size_t n, size_t step)
{
    return (n + step - 1) / step;
}

struct shrinking shrinking_open(size_t width, size_t height, size_t side, struct arena *a)
{
    size_t longer = width > height ? width : height;
    size_t step = parts(longer, side);
    struct shrinking s = {.width = width,
                          .height = height,
                          .step = step,
                          .out = {.width = parts(width, step), .height = parts(height, step)}};

    s.out.rgb = arena_alloc(a, s.out.height, s.out.width * PIXEL_BYTES);
    s.sum = arena_new(a, s.out.width * PIXEL_BYTES, uint32_t);
    return s;
}

/* Writes the means of the rows that have been summed. */
static void write_row(struct shrinking *s)
{
    size_t at = (s->row - 1) / s->step;
    size_t rows = s->row - at * s->step;
    unsigned char *out = s->out.rgb + at * s->out.width * PIXEL_BYTES;

    for (size_t x = 0; x < s->out.width; x++) {
        size_t columns = (x + 1) * s->step <= s->width ? s->step : s->width - x * s->step;
        uint32_t n = (uint32_t)(rows * columns);

        for (size_t c = 0; c < PIXEL_BYTES; c++)
            out[x * PIXEL_BYTES + c] = (unsigned char)((s->sum[x * PIXEL_BYTES + c] + n / 2) / n);
    }
    memset(s->sum, 0, s->out.width * PIXEL_BYTES * sizeof *s->sum);
}

void shrinking_take(struct shrinking *s, const unsigned char *row)
{
    if (s->row == s->height)
        return;
    for (size_t x = 0; x < s->width; x++)
        for (size_t c = 0; c < PIXEL_BYTES; c++)
            s->sum[x / s->step * PIXEL_BYTES + c] += row[x * PIXEL_BYTES + c];
    s->row++;
    if (s->row % s->step == 0 || s->row == s->height)
        write_row(s);
}

struct pixels pixels_turned(struct pixels p, int orientation, struct arena *a)
{
    bool is_across = orientation >= 5 && orientation <= 8;
    bool is_mirrored = orientation == 2 || orientation == 3 || orientation == 7 || orientation == 8;
    bool is_upside = orientation == 3 || orientation == 4 || orientation == 6 || orientation == 7;
    struct pixels out = {.width = is_across ? p.height : p.width, .height = is_across ? p.width : p.height};

    if (orientation < 2 || orientation > 8)
        return p;
    out.rgb = arena_alloc(a, out.height, out.width * PIXEL_BYTES);
    for (size_t y = 0; y < out.height; y++)
        for (size_t x = 0; x < out.width; x++) {
            size_t from_x = is_across ? y : x;
            size_t from_y = is_across ? x : y;

            from_x = is_mirrored ? p.width - 1 - from_x : from_x;
            from_y = is_upside ? p.height - 1 - from_y : from_y;
            memcpy(out.rgb + (y * out.width + x) * PIXEL_BYTES,
                   p.rgb + (from_y * p.width + from_x) * PIXEL_BYTES, PIXEL_BYTES);
        }
    return out;
}
