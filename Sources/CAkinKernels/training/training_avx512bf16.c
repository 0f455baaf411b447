// AVX-512 with bfloat16: two multiplications and their sum into each of 16 floats an instruction.
#if defined(__x86_64__)
#include "training_tables.h"
#include "words_avx512.h"

#undef TARGET
#define TARGET __attribute__((target("avx512f,avx512bw,avx512dq,avx512vl,avx512bf16")))
#include "training_template.h"

#define ELEMENT uint32_t
#define FACTOR __m512bh
#define SPREAD_ELEMENT(p) (__m512bh)_mm512_set1_epi32((int32_t)*(p))
#define LOAD_FACTOR(p) (__m512bh)_mm512_loadu_si512(p)
#define MULTIPLY_ADD(a, b, s) _mm512_dpbf16_ps(s, a, b)
#define PRODUCT(name) pair_##name
#include "product_template.h"

#define ELEMENT uint32_t
#define STEPS(depth) (((depth) + 1) / 2)
#define PRODUCT(name) pair_##name
#define NAMED(name) name##_bf16
#include "training_product.h"

// n < 16 words or all 16.
TARGET static inline void store_words(uint32_t *p, size_t n, __m512i words) {
    if (n >= 16) {
        _mm512_storeu_si512(p, words);
    } else {
        _mm512_mask_storeu_epi32(p, FIRST(n), words);
    }
}

// 16 pairs, each of a value of one row (lower half) and one of the row below.
TARGET static inline __m512i pairs_of(V upper_row, V lower_row) {
    __m512i first = _mm512_cvtepu16_epi32((__m256i)_mm512_cvtneps_pbh(upper_row));
    __m512i second = _mm512_cvtepu16_epi32((__m256i)_mm512_cvtneps_pbh(lower_row));
    return _mm512_or_si512(first, _mm512_slli_epi32(second, 16));
}

// 16 pairs of neighbours in a row, of which n ≤ 32 elements are left.
TARGET static inline __m512i pairs_in(const float *x, size_t n) {
    V rest = n > 16 ? LOAD_SOME(x + 16, n - 16) : SET1(0.0f);
    return (__m512i)_mm512_cvtne2ps_pbh(rest, LOAD_SOME(x, n));
}

// Turns a block of 16 × 16 words over: log₂16 rounds, each exchanging halves of ever smaller blocks.
TARGET static inline void turn(__m512i w[16]) {
    __m512i t[16];
#pragma clang loop unroll(full)
    for (int i = 0; i < 16; i += 2) {
        t[i] = _mm512_unpacklo_epi32(w[i], w[i + 1]);
        t[i + 1] = _mm512_unpackhi_epi32(w[i], w[i + 1]);
    }
#pragma clang loop unroll(full)
    for (int i = 0; i < 16; i += 4) {
        w[i] = _mm512_unpacklo_epi64(t[i], t[i + 2]);
        w[i + 1] = _mm512_unpackhi_epi64(t[i], t[i + 2]);
        w[i + 2] = _mm512_unpacklo_epi64(t[i + 1], t[i + 3]);
        w[i + 3] = _mm512_unpackhi_epi64(t[i + 1], t[i + 3]);
    }
#pragma clang loop unroll(full)
    for (int i = 0; i < 4; i++) {
        t[i] = _mm512_shuffle_i32x4(w[i], w[i + 4], 0x88);
        t[i + 4] = _mm512_shuffle_i32x4(w[i], w[i + 4], 0xDD);
        t[i + 8] = _mm512_shuffle_i32x4(w[i + 8], w[i + 12], 0x88);
        t[i + 12] = _mm512_shuffle_i32x4(w[i + 8], w[i + 12], 0xDD);
    }
#pragma clang loop unroll(full)
    for (int i = 0; i < 4; i++) {
        w[i] = _mm512_shuffle_i32x4(t[i], t[i + 8], 0x88);
        w[i + 8] = _mm512_shuffle_i32x4(t[i], t[i + 8], 0xDD);
        w[i + 4] = _mm512_shuffle_i32x4(t[i + 4], t[i + 12], 0x88);
        w[i + 12] = _mm512_shuffle_i32x4(t[i + 4], t[i + 12], 0xDD);
    }
}

// Pairs of a row and the one below: y (pairs, width), zeros after the columns.
TARGET static void pair_rows(const float *x, size_t rows, size_t columns, size_t stride, uint32_t *y, size_t width) {
    for (size_t r = 0; r < rows; r += 2, x += 2 * stride, y += width) {
        for (size_t c = 0; c < width; c += 16) {
            size_t left = columns > c ? columns - c : 0;
            V below = left && r + 1 < rows ? LOAD_SOME(x + stride + c, left) : SET1(0.0f);
            _mm512_storeu_si512(y + c, pairs_of(left ? LOAD_SOME(x + c, left) : SET1(0.0f), below));
        }
    }
}

// Pairs of neighbours in a row, turned over: y (pairs, width), zeros after the rows.
TARGET static void turn_pairs(const float *x, size_t rows, size_t columns, size_t stride, uint32_t *y, size_t width) {
    size_t pairs = (columns + 1) / 2;
    for (size_t k = 0; k < pairs; k += 16) {
        for (size_t r = 0; r < width; r += 16) {
            __m512i block[16];
            for (size_t i = 0; i < 16; i++) {
                block[i] = r + i < rows ? pairs_in(x + (r + i) * stride + 2 * k, columns - 2 * k) : _mm512_setzero_si512();
            }
            turn(block);
            for (size_t i = 0; i < 16 && k + i < pairs; i++) _mm512_storeu_si512(y + (k + i) * width + r, block[i]);
        }
    }
}

TARGET static void pack_bf16(const float *b, size_t depth, size_t columns, size_t stride, uint32_t *panels, size_t panel_stride) {
    for (size_t k = 0; k < depth; k += 2, b += 2 * stride, panels += 32) {
        for (size_t n = 0; n < columns; n += 32) {
            pair_rows(b + n, depth - k < 2 ? 1 : 2, columns - n < 32 ? columns - n : 32, stride, panels + n / 32 * panel_stride, 32);
        }
    }
}

TARGET static void pack_transposed_bf16(const float *b, size_t depth, size_t columns, size_t stride, uint32_t *panels, size_t panel_stride) {
    for (size_t n = 0; n < columns; n += 32, panels += panel_stride) {
        turn_pairs(b + n * stride, columns - n < 32 ? columns - n : 32, depth, stride, panels, 32);
    }
}

TARGET static void round_bf16(const float *x, size_t rows, size_t columns, size_t stride, uint32_t *y, size_t y_stride) {
    size_t pairs = (columns + 1) / 2;
    for (size_t r = 0; r < rows; r++, x += stride, y += y_stride) {
        for (size_t t = 0; t < pairs; t += 16) store_words(y + t, pairs - t, pairs_in(x + 2 * t, columns - 2 * t));
    }
}

TARGET static const uint32_t *round_rows(const float *x, size_t rows, size_t columns, size_t stride, uint32_t *y) {
    round_bf16(x, rows, columns, stride, y, (columns + 1) / 2);
    return y;
}

TARGET static const uint32_t *pair_whole_rows(const float *x, size_t rows, size_t columns, uint32_t *y) {
    pair_rows(x, rows, columns, columns, y, columns);
    return y;
}

#define LEFT round_rows
#define LEFT_STRIDE(columns, stride) (((columns) + 1) / 2)
#define LEFT_TURNED pair_whole_rows
#define RIGHT pair_rows
#define RIGHT_TURNED turn_pairs
#include "training_attention.h"

const akin_training_kernels akin_training_avx512bf16 = {
    AKIN_AVX512, product_f32, product_transposed_f32, pack_f32, pack_transposed_f32, product_bf16,
    product_transposed_bf16, pack_bf16, pack_transposed_bf16, round_bf16, drop, drop_add_norm, norm_backward, activate, activate_backward, add_column_sums, add_scaled, sum_of_squares, cross_entropy,
    adamw, attention_f32, attention_backward_f32, attention_bf16, attention_backward_bf16};
#endif
