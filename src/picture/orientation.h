/* How the camera was held: the one thing a picture's notes are read for. */
#ifndef LYKTA_PICTURE_ORIENTATION_H
#define LYKTA_PICTURE_ORIENTATION_H

#include "base/str.h"

/* The orientation, 1 to 8, that stands in the content of an APP1 segment, "Exif" and two zero bytes before it
 * (Exif 2.32, 4.6.4: tag 0x0112 of the first directory); 1 when there is none or it cannot be read. */
int orientation_of(struct str segment);

#endif
