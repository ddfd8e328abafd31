/* Figures as a person reads them. */
#include "estimate/about.h"

#include "base/text.h"

#include <math.h>

double about_round(double figure)
{
    if (figure >= ABOUT_MOST)
        return ABOUT_MOST;
    double unit = figure >= 1000.0 ? pow(10.0, floor(log10(figure)) - 2.0) : 1.0;

    return round(figure / unit) * unit;
}

void about_put(struct text *out, double figure)
{
    if (figure > ABOUT_MOST)
        text_lit(out, "over ");
    text_i64(out, (int64_t)llround(about_round(figure)));
}

void about_put_between(struct text *out, const double limits[2])
{
    if (limits[1] > ABOUT_MOST) {
        text_lit(out, "at least ");
        about_put(out, limits[0]);
        text_lit(out, ", without an upper limit");
        return;
    }
    text_lit(out, "between ");
    about_put(out, limits[0]);
    text_lit(out, " and ");
    about_put(out, limits[1]);
}
