/* Limits of a figure that is less sure than they say. */
#include "mapping/limits.h"

#include <math.h>
#include <stddef.h>

static const double z95 = 1.959963984540054;

void limits_move_out(double limit[2], double figure, double people, double error, double known)
{
    if (error <= 0.0 && known >= 1.0)
        return;
    for (size_t i = 0; i < 2; i++) {
        double away = log(limit[i] / figure);
        double moved = sqrt((away * away + z95 * error * z95 * error) / known);

        if (!isnan(limit[i]))
            limit[i] = fmax(figure * exp(i == 0 ? -moved : moved), people);
    }
}
