// The words of bfloat16 that linear_template.h lists, for sets that multiply in floats: a rounded row is floats, and a register of packed
// pairs becomes one of first halves and one of second.
#ifndef AKIN_PAIRS_IN_FLOATS_H
#define AKIN_PAIRS_IN_FLOATS_H

typedef struct both {
    V first, second;
} both;

#define PAIR both
#define PAIRS both
#define PAIR_WORDS 2
#define SPREAD_PAIR(p) (both){SET1(((const float *)(p))[0]), SET1(((const float *)(p))[1])}
#define LOAD_PAIRS(p) (both){FIRST_HALVES(p), SECOND_HALVES(p)}
#define DOT_PAIRS(s, a, b) FMA((a).second, (b).second, FMA((a).first, (b).first, s))

#endif
