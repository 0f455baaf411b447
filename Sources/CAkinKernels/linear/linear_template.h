// Linear layers in floats, written once over the vector words of words_<set>.h and, for bfloat16:
//
//   PAIR                      one pair of a rounded row, spread over a register (two registers where the set multiplies in floats)
//   SPREAD_PAIR(p)            that of the pair at p
//   LOAD_PAIRS(p), PAIRS      WIDTH pairs of packed weights
//   DOT_PAIRS(s, a, b)        s + the sums of the products of both halves
//
// No include guard: it is included once by each linear_<set>.c.
#include "activation_template.h"
#include "product_template.h"

// sums[r, 0 ..< 2·WIDTH] = Σ of the pairs' products; a panel's pairs of one group are 128 bytes.
TARGET static inline __attribute__((always_inline)) void pair_tile(
    const int rows, const uint32_t *a, size_t stride, const uint16_t *b, size_t pairs, float *c) {
    V sums[TILE_ROWS][2];
#pragma clang loop unroll(full)
    for (int r = 0; r < rows; r++) sums[r][0] = sums[r][1] = SET1(0.0f);
    for (size_t t = 0; t < pairs; t++, b += 64, a += PAIR_WORDS) {
        PAIRS left = LOAD_PAIRS(b), right = LOAD_PAIRS(b + 2 * WIDTH);
#pragma clang loop unroll(full)
        for (int r = 0; r < rows; r++) {
            PAIR pair = SPREAD_PAIR(a + (size_t)r * stride);
            sums[r][0] = DOT_PAIRS(sums[r][0], pair, left);
            sums[r][1] = DOT_PAIRS(sums[r][1], pair, right);
        }
    }
#pragma clang loop unroll(full)
    for (int r = 0; r < rows; r++) {
        STORE(c + 32 * r, sums[r][0]);
        STORE(c + 32 * r + WIDTH, sums[r][1]);
    }
}

TARGET static void pair_rows(size_t rows, const uint32_t *a, size_t stride, const uint16_t *panel, size_t pairs, float *tile) {
#define TILE(ROWS)                                         \
    case ROWS:                                             \
        pair_tile(ROWS, a, stride, panel, pairs, tile);    \
        break;
    for (int part = 0; part < 32 / (2 * WIDTH); part++, panel += 4 * WIDTH, tile += 2 * WIDTH) {
        switch (rows) {
            TILE(1) TILE(2) TILE(3) TILE(4) TILE(5) TILE(6)
#if TILE_ROWS > 6
            TILE(7) TILE(8) TILE(9) TILE(10) TILE(11) TILE(12)
#endif
        }
    }
#undef TILE
}

// Bias and activation over a tile of a panel, `columns` of its 32, while it is in the first-level cache.
#define FINISH(ACTIVATION)                                                                                            \
    TARGET static void finish_##ACTIVATION(                                                                           \
        const float *tile, size_t rows, const float *bias, float *y, size_t y_stride, size_t columns) {               \
        for (size_t r = 0; r < rows; r++, tile += 32, y += y_stride) {                                                \
            for (size_t c = 0; c < columns; c += WIDTH) {                                                             \
                V result = ACTIVATION(ADD(LOAD(tile + c), LOAD(bias + c)));                                           \
                if (columns - c >= WIDTH) {                                                                           \
                    STORE(y + c, result);                                                                             \
                } else {                                                                                              \
                    STORE_TAIL(y + c, columns - c, result);                                                           \
                }                                                                                                     \
            }                                                                                                         \
        }                                                                                                             \
    }
FINISH(identity)
FINISH(gelu)
FINISH(near_gelu)
FINISH(gelu_tanh)
FINISH(relu)
FINISH(silu)
#undef FINISH

typedef void (*finisher)(const float *, size_t, const float *, float *, size_t, size_t);

static finisher finisher_of(akin_activation activation, finisher gelu) {
    return activation == AKIN_GELU ? gelu : activation == AKIN_GELU_TANH ? finish_gelu_tanh
        : activation == AKIN_RELU ? finish_relu : activation == AKIN_SILU ? finish_silu : finish_identity;
}

static void linear_f32(
    const float *x, size_t rows, size_t inputs, const float *packed, const float *bias, size_t outputs, float *y,
    akin_activation activation) {
    finisher finish = finisher_of(activation, finish_gelu);
    float tile[TILE_ROWS * 32] __attribute__((aligned(64))), ones[TILE_ROWS];
    for (size_t r = 0; r < TILE_ROWS; r++) ones[r] = 1;
    // A panel stays in the cache while all rows are multiplied by it.
    for (size_t n = 0; n < outputs; n += 32, packed += 32 * inputs) {
        size_t columns = outputs - n < 32 ? outputs - n : 32;
        for (size_t r = 0; r < rows; r += TILE_ROWS) {
            size_t count = rows - r < TILE_ROWS ? rows - r : TILE_ROWS;
            product_rows(count, x + r * inputs, inputs, packed, 32, inputs, ones, tile, 32);
            finish(tile, count, bias + n, y + r * outputs + n, outputs, columns);
        }
    }
}

static void linear_bf16(
    const uint32_t *rounded, size_t rows, size_t inputs, const uint16_t *packed, const float *bias, size_t outputs, float *y,
    akin_activation activation) {
    finisher finish = finisher_of(activation, finish_near_gelu);
    size_t pairs = (inputs + 1) / 2, stride = akin_bf16_stride(inputs);
    float tile[TILE_ROWS * 32] __attribute__((aligned(64)));
    for (size_t n = 0; n < outputs; n += 32, packed += 64 * pairs) {
        size_t columns = outputs - n < 32 ? outputs - n : 32;
        for (size_t r = 0; r < rows; r += TILE_ROWS) {
            size_t count = rows - r < TILE_ROWS ? rows - r : TILE_ROWS;
            pair_rows(count, rounded + r * stride, stride, packed, pairs, tile);
            finish(tile, count, bias + n, y + r * outputs + n, outputs, columns);
        }
    }
}
