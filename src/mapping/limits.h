/* Limits of a figure that is less sure than they say. */
#ifndef LYKTA_MAPPING_LIMITS_H
#define LYKTA_MAPPING_LIMITS_H

/* Moves the 95 % limits of `figure` people away from it, on the scale of logs: a standard error of `error`
 * that is independent of theirs is added, and what is then known counts as the share `known`, above 0, of the
 * variance. Limits of another probability than 95 % may be given where `error` is 0. None is moved below
 * `people`, and one that is NaN stays so. With an error of 0 and all known they stay as they are. */
void limits_move_out(double limit[2], double figure, double people, double error, double known);

#endif
