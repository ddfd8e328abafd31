/* What a warning to the network may not hold. A warning is a circular about what the network has noticed: in
 * general words, so that nobody can be found by it and no hidden figure is told.
 *
 * Threats answered, as far as a program sees how words look: a person pointed at (words/scanner.h); a figure
 * that protection has hidden (whole numbers below five); a place finer than a part of the city (a street by
 * its name, which in Swedish has a capital and ends in -gatan, -vägen and the like). A house that is
 * described in words goes through: who writes is told so beside the form. */
#ifndef LYKTA_CIRCULAR_WARNING_H
#define LYKTA_CIRCULAR_WARNING_H

#include "base/str.h"

enum warning_fault { WARNING_GOOD, WARNING_PERSON, WARNING_FIGURE, WARNING_STREET };

/* The first kind of fault in `words`, which are UTF-8. */
enum warning_fault warning_check(struct str words);

#endif
