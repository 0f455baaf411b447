// Scaled dot-product attention over one sequence, written once over the vector words that activation_template.h lists.
//
// Both products of a head are tiles of TILE_ROWS rows by two words: each element is one chain of fused multiply-adds in the order of
// the depth, so that its bits depend on nothing but the row and the packed factor.
//
// No include guard: it is included once by each network_<set>.c.

// c[r, 0 ..< words·WIDTH] = factors[r]·Σ_t a[r, t]·b[t, :]. `rows` and `words` are constants of each call, so the loops over them unroll.
TARGET static inline __attribute__((always_inline)) void product_tile(
    const int rows, const int words, const float *a, size_t a_stride, const float *b, size_t b_stride, size_t depth, const float *factors,
    float *c, size_t c_stride) {
    V sums[TILE_ROWS][2];
#pragma clang loop unroll(full)
    for (int r = 0; r < rows; r++) {
#pragma clang loop unroll(full)
        for (int w = 0; w < words; w++) sums[r][w] = SET1(0.0f);
    }
    for (size_t t = 0; t < depth; t++, b += b_stride) {
        V right[2];
#pragma clang loop unroll(full)
        for (int w = 0; w < words; w++) right[w] = LOAD(b + w * WIDTH);
#pragma clang loop unroll(full)
        for (int r = 0; r < rows; r++) {
            V left = SET1(a[(size_t)r * a_stride + t]);
#pragma clang loop unroll(full)
            for (int w = 0; w < words; w++) sums[r][w] = FMA(left, right[w], sums[r][w]);
        }
    }
#pragma clang loop unroll(full)
    for (int r = 0; r < rows; r++) {
#pragma clang loop unroll(full)
        for (int w = 0; w < words; w++) STORE(c + (size_t)r * c_stride + w * WIDTH, MUL(SET1(factors[r]), sums[r][w]));
    }
}

// The product of up to TILE_ROWS rows with all `columns` of b, a multiple of WIDTH.
TARGET static void product_rows(
    size_t rows, const float *a, size_t a_stride, const float *b, size_t columns, size_t depth, const float *factors, float *c,
    size_t c_stride) {
    size_t column = 0;
#define TILE(ROWS, WORDS)                                                                                         \
    case ROWS:                                                                                                    \
        product_tile(ROWS, WORDS, a, a_stride, b + column, columns, depth, factors, c + column, c_stride);        \
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

// x[c] = exp(x[c] − largest), 0 from `columns` to the end of its last word. Returns 1 / Σ.
TARGET static inline float exponentials(float *x, size_t columns) {
    size_t whole = columns - columns % WIDTH, rest = columns - whole;
    V largest = SET1(x[0]);
    for (size_t c = 0; c < whole; c += WIDTH) largest = MAX(largest, LOAD(x + c));
    float top = LARGEST(largest);
    for (size_t c = whole; c < columns; c++) top = x[c] > top ? x[c] : top;

    V sum = SET1(0.0f), shift = SET1(top);
    for (size_t c = 0; c < whole; c += WIDTH) {
        V e = exponential(SUB(LOAD(x + c), shift));
        STORE(x + c, e);
        sum = ADD(sum, e);
    }
    if (rest) {
        V e = KEEP_FIRST(exponential(SUB(LOAD(x + whole), shift)), rest);
        STORE(x + whole, e);
        sum = ADD(sum, e);
    }
    return 1.0f / SUM(sum);
}

TARGET static void attention_f32(
    const float *source, size_t length, size_t heads, size_t head_size, float *scratch, float *context) {
    size_t width = heads * head_size, stride = 3 * width;
    size_t keys = (length + WIDTH - 1) / WIDTH * WIDTH, values = (head_size + WIDTH - 1) / WIDTH * WIDTH;
    float *transposed = scratch;                        // (head_size, keys): the keys of one head, zeros after `length`
    float *packed = transposed + head_size * keys;      // (length, values): its values, zeros after `head_size`
    float *scores = packed + length * values;           // (TILE_ROWS, keys)
    float *results = scores + TILE_ROWS * keys;         // (TILE_ROWS, values)
    float scale = 1.0f / __builtin_sqrtf((float)head_size), scales[TILE_ROWS], inverses[TILE_ROWS];
    for (size_t r = 0; r < TILE_ROWS; r++) scales[r] = scale;
    __builtin_memset(transposed, 0, (size_t)(scores - scratch) * sizeof(float));

    for (size_t head = 0; head < heads; head++) {
        const float *query = source + head * head_size, *key = query + width, *value = key + width;
        for (size_t t = 0; t < length; t++) {
            for (size_t i = 0; i < head_size; i++) transposed[i * keys + t] = key[t * stride + i];
            for (size_t i = 0; i < head_size; i++) packed[t * values + i] = value[t * stride + i];
        }
        for (size_t first = 0; first < length; first += TILE_ROWS) {
            size_t rows = length - first < TILE_ROWS ? length - first : TILE_ROWS;
            product_rows(rows, query + first * stride, stride, transposed, keys, head_size, scales, scores, keys);
            for (size_t r = 0; r < rows; r++) inverses[r] = exponentials(scores + r * keys, length);
            float *target = context + first * width + head * head_size;
            if (values == head_size) {
                product_rows(rows, scores, keys, packed, values, length, inverses, target, width);
            } else {
                product_rows(rows, scores, keys, packed, values, length, inverses, results, values);
                for (size_t r = 0; r < rows; r++) {
                    for (size_t i = 0; i < head_size; i++) target[r * width + i] = results[r * values + i];
                }
            }
        }
    }
}
