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
#ifndef ELEMENT
#define ELEMENT float
#define FACTOR V
#define SPREAD_ELEMENT(p) SET1(*(p))
#define LOAD_FACTOR(p) LOAD(p)
#define MULTIPLY_ADD(a, b, s) FMA(a, b, s)
#define PRODUCT(name) name
#endif

// c[r, 0 ..< words·WIDTH] = factors[r]·Σ_t a[r, t]·b[t, :]. `rows` and `words` are constants of each call, so the loops over them unroll.
TARGET static inline __attribute__((always_inline)) void PRODUCT(product_tile)(
    const int rows, const int words, const ELEMENT *a, size_t a_stride, const ELEMENT *b, size_t b_stride, size_t depth, const float *factors,
    float *c, size_t c_stride) {
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
            FACTOR left = SPREAD_ELEMENT(a + (size_t)r * a_stride + t);
#pragma clang loop unroll(full)
            for (int w = 0; w < words; w++) sums[r][w] = MULTIPLY_ADD(left, right[w], sums[r][w]);
        }
    }
#pragma clang loop unroll(full)
    for (int r = 0; r < rows; r++) {
#pragma clang loop unroll(full)
        for (int w = 0; w < words; w++) STORE(c + (size_t)r * c_stride + w * WIDTH, MUL(SET1(factors[r]), sums[r][w]));
    }
}

// The product of up to TILE_ROWS rows with all `columns` of b, a multiple of WIDTH.
TARGET static void PRODUCT(product_rows)(
    size_t rows, const ELEMENT *a, size_t a_stride, const ELEMENT *b, size_t columns, size_t depth, const float *factors, float *c,
    size_t c_stride) {
    size_t column = 0;
#define TILE(ROWS, WORDS)                                                                                         \
    case ROWS:                                                                                                    \
        PRODUCT(product_tile)(ROWS, WORDS, a, a_stride, b + column, columns, depth, factors, c + column, c_stride); \
        break;
#if TILE_ROWS == 12
#define TILES(WORDS)                                                                                              \
    TILE(1, WORDS) TILE(2, WORDS) TILE(3, WORDS) TILE(4, WORDS) TILE(5, WORDS) TILE(6, WORDS)                     \
    TILE(7, WORDS) TILE(8, WORDS) TILE(9, WORDS) TILE(10, WORDS) TILE(11, WORDS) TILE(12, WORDS)
#else
#define TILES(WORDS) TILE(1, WORDS) TILE(2, WORDS) TILE(3, WORDS) TILE(4, WORDS) TILE(5, WORDS) TILE(6, WORDS)
#endif
    for (; column + 2 * WIDTH <= columns; column += 2 * WIDTH) {
        switch (rows) { TILES(2) }
    }
    if (column < columns) {
        switch (rows) { TILES(1) }
    }
#undef TILE
#undef TILES
}
#undef ELEMENT
#undef FACTOR
#undef SPREAD_ELEMENT
#undef LOAD_FACTOR
#undef MULTIPLY_ADD
#undef PRODUCT
