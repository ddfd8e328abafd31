/* Krüger's series to the fourth power of n, with the letters of Lantmäteriet's paper. */
#include "chart/sweref.h"

#include <math.h>

static const double axis = 6378137.0;
static const double flattening = 1 / 298.257222101;
static const double radians = 0.017453292519943295;

/* Latitude to conformal latitude. */
static double conformal(double latitude)
{
    double e2 = flattening * (2 - flattening);
    double e4 = e2 * e2;
    double b = (5 * e4 - e4 * e2) / 6;
    double c = (104 * e4 * e2 - 45 * e4 * e4) / 120;
    double d = 1237 * e4 * e4 / 1260;
    double s = sin(latitude);
    double s2 = s * s;

    return latitude - s * cos(latitude) * (e2 + s2 * (b + s2 * (c + s2 * d)));
}

struct sweref sweref_from_degrees(double longitude, double latitude)
{
    const double n = flattening / (2 - flattening);
    const double n2 = n * n;
    const double beta[] = {
        n / 2 - 2 * n2 / 3 + 5 * n2 * n / 16 + 41 * n2 * n2 / 180,
        13 * n2 / 48 - 3 * n2 * n / 5 + 557 * n2 * n2 / 1440,
        61 * n2 * n / 240 - 103 * n2 * n2 / 140,
        49561 * n2 * n2 / 161280,
    };
    double scale = 0.9996 * axis / (1 + n) * (1 + n2 / 4 + n2 * n2 / 64);
    double phi = conformal(latitude * radians);
    double lambda = (longitude - 15) * radians;
    double xi = atan2(tan(phi), cos(lambda));
    double eta = atanh(cos(phi) * sin(lambda));
    double north = xi;
    double east = eta;

    for (int i = 0; i < 4; i++) {
        double k = 2.0 * (i + 1);

        north += beta[i] * sin(k * xi) * cosh(k * eta);
        east += beta[i] * cos(k * xi) * sinh(k * eta);
    }
    return (struct sweref){.east = scale * east + 500000, .north = scale * north};
}
