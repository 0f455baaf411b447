// Products of a few rows with a packed factor, written once over the vector words that activation_template.h lists and over what is
// multiplied:
//
//   ELEMENT                   a step of the depth: a float, or a pair of bfloat16     FACTOR          a register of them
//   SPREAD_ELEMENT(p)         the one at p, all over a register                       LOAD_FACTOR(p)  WIDTH of them
//   MULTIPLY_ADD(a, b, s)     s + a·b                                                 PRODUCT(name)   the name of a function over them
//
// A product is made of tiles of TILE_ROWS rows by two words: each element is one chain of multiply-adds in the order of the depth, so
// that its bits depend on nothing but the row and the packed factor.
//
// No include guard: it is included once for each kind of element by each file that is compiled for a set.
#include <stdbool.h>

#ifndef ELEMENT
#define ELEMENT float
#define FACTOR V
#define SPREAD_ELEMENT(p) SET1(*(p))
#define LOAD_FACTOR(p) LOAD(p)
#define MULTIPLY_ADD(a, b, s) FMA(a, b, s)
#define PRODUCT(name) name
#endif

// c[r, 0 ..< words·WIDTH] = factors[r]·Σ_t a[r, t]·b[t, :] (+ bias) (+ c where `adds`); without factors these are 1. Element t of row r of a is
// at r·a_stride + t·a_step. `rows` and `words` are constants of each call, so the loops over them unroll.
TARGET static inline __attribute__((always_inline)) void PRODUCT(product_tile)(
    const int rows, const int words, const ELEMENT *a, size_t a_stride, size_t a_step, const ELEMENT *b, size_t b_stride, size_t depth,
    const float *factors, const float *bias, bool adds, float *c, size_t c_stride) {
    V sums[TILE_ROWS][2];
#pragma clang loop unroll(full)
    for (int r = 0; r < rows; r++) {
#pragma clang loop unroll(full)
        for (int w = 0; w < words; w++) sums[r][w] = SET1(0.0f);
    }
    for (size_t t = 0; t < depth; t++, b += b_stride) {
        FACTOR right[2];
#pragma clang loop unroll(full)
        for (int w = 0; w < words; w++) right[w] = LOAD_FACTOR(b + w * WIDTH);
#pragma clang loop unroll(full)
        for (int r = 0; r < rows; r++) {
            FACTOR left = SPREAD_ELEMENT(a + (size_t)r * a_stride + t * a_step);
#pragma clang loop unroll(full)
            for (int w = 0; w < words; w++) sums[r][w] = MULTIPLY_ADD(left, right[w], sums[r][w]);
        }
    }
#pragma clang loop unroll(full)
    for (int r = 0; r < rows; r++) {
#pragma clang loop unroll(full)
        for (int w = 0; w < words; w++) {
            float *target = c + (size_t)r * c_stride + w * WIDTH;
            V sum = factors ? MUL(SET1(factors[r]), sums[r][w]) : sums[r][w];
            if (bias) sum = ADD(sum, LOAD(bias + w * WIDTH));
            if (adds) sum = ADD(sum, LOAD(target));
            STORE(target, sum);
        }
    }
}

// A call for each number of rows of a tile.
#if TILE_ROWS == 12
#define EACH_ROWS(TILE) TILE(1) TILE(2) TILE(3) TILE(4) TILE(5) TILE(6) TILE(7) TILE(8) TILE(9) TILE(10) TILE(11) TILE(12)
#else
#define EACH_ROWS(TILE) TILE(1) TILE(2) TILE(3) TILE(4) TILE(5) TILE(6)
#endif

// The product of up to TILE_ROWS rows with all `columns` of b, a multiple of WIDTH.
TARGET static void PRODUCT(product_rows)(
    size_t rows, const ELEMENT *a, size_t a_stride, const ELEMENT *b, size_t columns, size_t depth, const float *factors, float *c,
    size_t c_stride) {
    size_t column = 0;
#define TILE(ROWS, WORDS)                                                                                                            \
    case ROWS:                                                                                                                       \
        PRODUCT(product_tile)(ROWS, WORDS, a, a_stride, 1, b + column, columns, depth, factors, 0, false, c + column, c_stride);      \
        break;
#define WIDE(ROWS) TILE(ROWS, 2)
#define NARROW(ROWS) TILE(ROWS, 1)
    for (; column + 2 * WIDTH <= columns; column += 2 * WIDTH) {
        switch (rows) { EACH_ROWS(WIDE) }
    }
    if (column < columns) {
        switch (rows) { EACH_ROWS(NARROW) }
    }
#undef TILE
}

#ifdef TRAINING_PRODUCTS
// The product of up to TILE_ROWS rows with a panel of 32 columns (+ bias) (+ c where `adds`).
TARGET static void PRODUCT(panel_rows)(
    size_t rows, const ELEMENT *a, size_t a_stride, const ELEMENT *panel, size_t depth, const float *bias, bool adds, float *c, size_t c_stride) {
    for (size_t n = 0; n < 32; n += 2 * WIDTH) {
        const float *some = bias ? bias + n : 0;
#define WHOLE(ROWS)                                                                                                                  \
    case ROWS:                                                                                                                       \
        PRODUCT(product_tile)(ROWS, 2, a, a_stride, 1, panel + n, 32, depth, 0, some, adds, c + n, c_stride);                        \
        break;
        switch (rows) { EACH_ROWS(WHOLE) }
#undef WHOLE
    }
}

// The product of up to TILE_ROWS columns of a, which has a_stride of them, with all `columns` of b (+ c where `adds`).
TARGET static void PRODUCT(turned_rows)(
    size_t rows, const ELEMENT *a, size_t a_stride, const ELEMENT *b, size_t columns, size_t depth, bool adds, float *c, size_t c_stride) {
    size_t column = 0;
#define TILE(ROWS, WORDS)                                                                                                            \
    case ROWS:                                                                                                                       \
        PRODUCT(product_tile)(ROWS, WORDS, a, 1, a_stride, b + column, columns, depth, 0, 0, adds, c + column, c_stride);            \
        break;
    for (; column + 2 * WIDTH <= columns; column += 2 * WIDTH) {
        switch (rows) { EACH_ROWS(WIDE) }
    }
    if (column < columns) {
        switch (rows) { EACH_ROWS(NARROW) }
    }
#undef TILE
}
#endif
#undef WIDE
#undef NARROW
#undef EACH_ROWS
#undef ELEMENT
#undef FACTOR
#undef SPREAD_ELEMENT
#undef LOAD_FACTOR
#undef MULTIPLY_ADD
#undef PRODUCT
