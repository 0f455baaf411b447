// What attention over blocks of keys is made of, beside the arithmetic: which queries meet which keys, and the sums that go on from block
// to block.
//
// The softmax of a row that is seen in parts: of each query the largest score so far, m, and Σ = Σ exp(score − m) are kept; where a block
// has a larger one, what was summed shrinks by exp(m − m′) (Milakov and Gimelshein, "Online normalizer calculation for softmax", 2018;
// Dao et al., "FlashAttention", 2022). A sequence of one block is computed without them.
//
// No include guard: it is included once by each file with an attention kernel.
#include <math.h>

// Keys in a panel: two registers, or one where that holds all.
#define PANEL (2 * WIDTH)

typedef struct span {
    size_t from, to;
} span;

// The places in a block of `count` keys from `start` that the queries first … last attend to.
static inline span keys_in_block(size_t first, size_t last, size_t start, size_t count, size_t window) {
    size_t from = first > window && first - window > start ? first - window - start : 0;
    size_t to = last < SIZE_MAX - window && last + window + 1 < start + count ? last + window + 1 : start + count;
    return (span){from, to > start ? to - start : 0};
}

// The first query of the first tile with one that attends to the key `start` or a later one.
static inline size_t first_query(size_t start, size_t window) {
    return start > window ? (start - window) / TILE_ROWS * TILE_ROWS : 0;
}

// The query after the last that attends to a key before `end`.
static inline size_t last_query(size_t end, size_t window, size_t length) {
    return end < length && window < length - end ? end + window : length;
}

static inline void fill(float *x, size_t from, size_t to, float value) {
    for (size_t c = from; c < to; c++) x[c] = value;
}

// One head's part of the context, before the first block.
TARGET static inline void begin_sums(float *context, size_t length, size_t width, size_t head_size, float *tops, float *sums) {
    for (size_t t = 0; t < length; t++, context += width) {
        __builtin_memset(context, 0, head_size * sizeof(float));
        tops[t] = -INFINITY;
        sums[t] = 0;
    }
}

TARGET static inline void shrink(float *x, size_t count, float by) {
    for (size_t i = 0; i < count; i++) x[i] *= by;
}

// Moves a tile's results to their places, or adds them to what stands there.
TARGET static inline void take_results(
    float *target, size_t rows, size_t width, const float *results, size_t values, size_t head_size, bool adds) {
    for (size_t r = 0; r < rows; r++, target += width, results += values) {
        for (size_t i = 0; i < head_size; i++) target[i] = adds ? target[i] + results[i] : results[i];
    }
}

TARGET static inline void divide_by_sums(float *context, size_t length, size_t width, size_t head_size, const float *sums) {
    for (size_t t = 0; t < length; t++, context += width) shrink(context, head_size, 1.0f / sums[t]);
}
