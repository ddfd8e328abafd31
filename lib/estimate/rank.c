/* Ranks by elimination modulo a prime. */
#include "estimate/rank.h"

/* Arithmetic modulo the Mersenne prime 2^61 - 1. A rank found modulo a prime is never too large, and too
 * small only when the prime divides every largest minor: minors of matrices of 0 and 1 this small are
 * products of small primes and stay far below the prime's powers. */
static const uint64_t prime = (UINT64_C(1) << 61) - 1;

static uint64_t times(uint64_t a, uint64_t b)
{
    __extension__ unsigned __int128 product = (unsigned __int128)a * b;
    uint64_t sum = (uint64_t)(product & prime) + (uint64_t)(product >> 61);

    return sum >= prime ? sum - prime : sum;
}

/* Nearly every pivot of these matrices is 1 or -1, its own inverse. */
static uint64_t inverse(uint64_t a)
{
    uint64_t result = 1;

    if (a == 1 || a == prime - 1)
        return a;
    for (uint64_t exponent = prime - 2; exponent != 0; exponent >>= 1) {
        if (exponent & 1U)
            result = times(result, a);
        a = times(a, a);
    }
    return result;
}

/* row -= factor * pivot, from column `from` on. Nearly every factor is 1 or -1. */
static void subtract(uint64_t *row, const uint64_t *pivot, uint64_t factor, size_t from, size_t columns)
{
    uint64_t minus = prime - factor;

    if (factor == 1) {
        for (size_t l = from; l < columns; l++)
            row[l] = row[l] >= pivot[l] ? row[l] - pivot[l] : row[l] + (prime - pivot[l]);
        return;
    }
    for (size_t l = from; l < columns; l++) {
        uint64_t sum = row[l] + times(minus, pivot[l]);

        row[l] = sum >= prime ? sum - prime : sum;
    }
}

size_t rank_of(uint64_t *v, size_t rows, size_t columns, size_t *pivot)
{
    size_t rank = 0;

    for (size_t j = 0; j < columns && rank < rows; j++) {
        size_t found = rank;

        while (found < rows && v[found * columns + j] == 0)
            found++;
        if (found == rows)
            continue;
        for (size_t l = 0; l < columns; l++) {
            uint64_t kept = v[rank * columns + l];

            v[rank * columns + l] = v[found * columns + l];
            v[found * columns + l] = kept;
        }
        uint64_t scale = inverse(v[rank * columns + j]);
        for (size_t i = rank + 1; i < rows; i++)
            if (v[i * columns + j] != 0)
                subtract(v + i * columns, v + rank * columns, times(v[i * columns + j], scale), j, columns);
        pivot[rank] = j;
        rank++;
    }
    return rank;
}

bool rank_spans(const uint64_t *v, size_t rank, size_t columns, const size_t *pivot, uint64_t *row)
{
    for (size_t i = 0; i < rank; i++) {
        const uint64_t *given = v + i * columns;
        size_t j = pivot[i];

        if (row[j] != 0)
            subtract(row, given, times(row[j], inverse(given[j])), j, columns);
    }
    for (size_t j = 0; j < columns; j++)
        if (row[j] != 0)
            return false;
    return true;
}
