/* SWEREF 99 TM, the plane of Swedish maps, from latitude and longitude in SWEREF 99 (WGS 84 to within a
 * metre). Lantmäteriet, "Gauss Conformal Projection (Transverse Mercator), Krüger's Formulas"; GRS 80,
 * central meridian 15° E, scale 0.9996, false easting 500 km. Within a millimetre in Sweden. */
#ifndef LYKTA_CHART_SWEREF_H
#define LYKTA_CHART_SWEREF_H

struct sweref {
    double east, north; /* metres */
};

/* Degrees; latitude -80..80, longitude within 30 of 15. */
struct sweref sweref_from_degrees(double longitude, double latitude);

#endif
