// Compares every NEON kernel with its plain C twin; exits with 1 where they differ. Built and run by tools/compare-arm64-kernels.
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "akin_checksum.h"
#include "akin_codes.h"
#include "akin_embedding.h"
#include "akin_kernels.h"
#include "akin_linear.h"
#include "akin_network.h"
#include "akin_quantized.h"

static int faults, checks;

static uint64_t state = 88172645463325252ull;
static uint32_t bits(void) {
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return (uint32_t)(state >> 32);
}
static float number(void) { return (float)(bits() & 0xFFFFFF) / 0x800000 - 1; }

static void *memory(size_t bytes) {
    void *block;
    if (posix_memalign(&block, 64, bytes + 256)) abort();
    memset(block, 0, bytes + 256);
    return block;
}
static float *numbers(size_t count) {
    float *x = memory(4 * count);
    for (size_t i = 0; i < count; i++) x[i] = number();
    return x;
}

static void near_by(const char *name, size_t size, const float *found, const float *expected, size_t count, float tolerance) {
    checks++;
    for (size_t i = 0; i < count; i++) {
        if (fabsf(found[i] - expected[i]) <= tolerance * fmaxf(1, fabsf(expected[i]))) continue;
        printf("%s of %zu: %g at %zu where plain C has %g\n", name, size, found[i], i, expected[i]);
        faults++;
        return;
    }
}
static void equal(const char *name, size_t size, const void *found, const void *expected, size_t bytes) {
    checks++;
    if (memcmp(found, expected, bytes) == 0) return;
    printf("%s of %zu differs from plain C\n", name, size);
    faults++;
}

static const size_t sizes[] = {1, 3, 4, 7, 8, 15, 16, 17, 31, 33, 64, 100, 384, 1001};
#define EACH_SIZE(n) for (size_t at = 0, n; at < sizeof sizes / sizeof *sizes && (n = sizes[at], 1); at++)

static void vectors(void) {
    const akin_kernels *a = akin_kernels_of(AKIN_NEON), *b = akin_kernels_of(AKIN_PLAIN);
    EACH_SIZE(n) {
        float *x = numbers(n), *y = numbers(n), *z = numbers(n), *w = memory(4 * n);
        memcpy(w, z, 4 * n);
        float found[2] = {a->dot_f32(x, y, n), a->squared_distance_f32(x, y, n)};
        float expected[2] = {b->dot_f32(x, y, n), b->squared_distance_f32(x, y, n)};
        near_by("dot and squared distance", n, found, expected, 2, 1e-4f);
        a->axpy_f32(0.5f, x, z, n);
        b->axpy_f32(0.5f, x, w, n);
        near_by("axpy", n, z, w, n, 1e-6f);
        uint32_t *places = memory(4 * n), *others = memory(4 * n);
        size_t count = a->near_largest_f32(x, n, 0.2f, places);
        equal("near largest", n, &count, &(size_t){b->near_largest_f32(x, n, 0.2f, others)}, sizeof count);
        equal("near largest", n, places, others, 4 * count);
    }
}

static void network(void) {
    const akin_network_kernels *a = akin_network_kernels_of(AKIN_NEON), *b = akin_network_kernels_of(AKIN_PLAIN);
    EACH_SIZE(n) {
        const size_t rows = 3;
        float *bias = numbers(n), *gamma = numbers(n), *beta = numbers(n), *y = numbers(rows * n);
        for (int activation = AKIN_IDENTITY; activation <= AKIN_SILU; activation++) {
            float *x = numbers(rows * n), *w = memory(4 * rows * n);
            memcpy(w, x, 4 * rows * n);
            a->bias_activation_f32(x, bias, rows, n, activation);
            b->bias_activation_f32(w, bias, rows, n, activation);
            near_by("activation", n, x, w, rows * n, 2e-5f);
        }
        float *x = numbers(rows * n), *w = memory(4 * rows * n);
        memcpy(w, x, 4 * rows * n);
        a->softmax_f32(x, rows, n, 3);
        b->softmax_f32(w, rows, n, 3);
        near_by("softmax", n, x, w, rows * n, 1e-5f);
        a->add_layer_norm_f32(x, y, bias, gamma, beta, rows, n, 1e-5f, x);
        b->add_layer_norm_f32(w, y, bias, gamma, beta, rows, n, 1e-5f, w);
        near_by("layer norm", n, x, w, rows * n, 2e-3f);
        float *gates = numbers(rows * 2 * n);
        for (int activation = AKIN_IDENTITY; activation <= AKIN_SILU; activation++) {
            a->gate_f32(gates, rows, n, activation, x);
            b->gate_f32(gates, rows, n, activation, w);
            near_by("gate", n, x, w, rows * n, 2e-5f);
        }
        float *turned = numbers(rows * 4 * n), *twin = memory(4 * rows * 4 * n), *cosines = numbers(rows * n), *sines = numbers(rows * n);
        memcpy(twin, turned, 4 * rows * 4 * n);
        a->rotate_f32(turned, rows, 4 * n, 2, 2 * n, cosines, sines);
        b->rotate_f32(twin, rows, 4 * n, 2, 2 * n, cosines, sines);
        near_by("rotation", n, turned, twin, rows * 4 * n, 1e-6f);
    }
    static const size_t lengths[] = {1, 8, 15, 22, 29, 36, 43, 50, 57, 64, 513, 1030}, windows[] = {SIZE_MAX, 0, 3, 64};
    for (size_t at = 0; at < sizeof lengths / sizeof *lengths; at++) {
        for (size_t head = 8; head <= 40; head += 8) {
            const size_t heads = 2, length = lengths[at];
            float *source = numbers(length * 3 * heads * head), *scratch = memory(4 * akin_attention_scratch(length, head));
            float *x = memory(4 * length * heads * head), *w = memory(4 * length * heads * head);
            for (size_t window = 0; window < sizeof windows / sizeof *windows; window++) {
                a->attention_f32(source, length, heads, head, windows[window], NULL, 0, scratch, x);
                b->attention_f32(source, length, heads, head, windows[window], NULL, 0, scratch, w);
                near_by("attention", length, x, w, length * heads * head, 1e-4f);
            }
        }
    }
}

static void linear(void) {
    const akin_linear_kernels *b = akin_linear_variant(AKIN_PLAIN, 0);
    const akin_quantized_kernels *d = akin_quantized_variant(AKIN_PLAIN, 0);
    EACH_SIZE(inputs) for (size_t outputs = 1; outputs < 140; outputs = outputs * 3 + 1) for (size_t rows = 1; rows < 30; rows += 9) {
        float *x = numbers(rows * inputs), *weights = numbers(inputs * outputs), *bias = numbers(outputs + 32);
        float *packed = memory(4 * akin_packed_floats(inputs, outputs));
        uint16_t *narrow = memory(2 * akin_packed_bf16(inputs, outputs));
        uint8_t *bytes = memory(akin_packed_bytes(inputs, outputs));
        float *scales = memory(4 * (outputs + 32));
        akin_pack_floats(weights, inputs, outputs, packed);
        akin_pack_bf16(weights, inputs, outputs, narrow);
        akin_pack_weights(weights, 0, inputs, outputs, bytes, scales);
        size_t count = rows * outputs;
        float *found = memory(4 * count), *expected = memory(4 * count);
        uint32_t *rounded = memory(4 * rows * akin_bf16_stride(inputs));
        int8_t *q = memory(rows * akin_quantized_stride(inputs)), *p = memory(rows * akin_quantized_stride(inputs));
        float *row_scales = memory(4 * rows), *other_scales = memory(4 * rows);
        int32_t *sums = memory(4 * rows), *other_sums = memory(4 * rows);
        for (int activation = AKIN_IDENTITY; activation <= AKIN_SILU; activation++) {
            for (size_t variant = 0;; variant++) {
                const akin_linear_kernels *a = akin_linear_variant(AKIN_NEON, variant);
                if (!a) break;
                a->linear_f32(x, rows, inputs, packed, bias, outputs, found, activation);
                b->linear_f32(x, rows, inputs, packed, bias, outputs, expected, activation);
                near_by("linear_f32", inputs, found, expected, count, 1e-4f);
                a->bf16_rows(x, rows, inputs, rounded);
                a->linear_bf16(rounded, rows, inputs, narrow, bias, outputs, found, activation);
                b->bf16_rows(x, rows, inputs, rounded);
                b->linear_bf16(rounded, rows, inputs, narrow, bias, outputs, expected, activation);
                near_by("linear_bf16", inputs, found, expected, count, 1e-4f);
            }
            for (size_t variant = 0;; variant++) {
                const akin_quantized_kernels *c = akin_quantized_variant(AKIN_NEON, variant);
                if (!c) break;
                c->quantize_rows(x, 0, rows, inputs, q, row_scales, sums);
                d->quantize_rows(x, 0, rows, inputs, p, other_scales, other_sums);
                equal("quantize_rows", inputs, q, p, rows * akin_quantized_stride(inputs));
                equal("quantize_rows, sums", inputs, sums, other_sums, 4 * rows);
                c->linear(q, row_scales, sums, rows, inputs, bytes, scales, bias, outputs, found, activation);
                d->linear(p, other_scales, other_sums, rows, inputs, bytes, scales, bias, outputs, expected, activation);
                if (activation == AKIN_IDENTITY) equal("8-bit linear", inputs, found, expected, 4 * count);
                near_by("8-bit linear", inputs, found, expected, count, 3e-5f);
            }
        }
        void *all[] = {x, weights, bias, packed, narrow, bytes, scales, found, expected, rounded, q, p, row_scales, other_scales, sums,
                       other_sums};
        for (size_t i = 0; i < sizeof all / sizeof *all; i++) free(all[i]);
    }
}

static void codes(void) {
    const akin_code_kernels *a = akin_code_kernels_of(AKIN_NEON), *b = akin_code_kernels_of(AKIN_PLAIN);
    for (size_t bytes = 64; bytes <= 512; bytes *= 2) {
        const size_t rows = 9;
        uint8_t *table = memory(rows * bytes);
        int8_t *query = memory(2 * bytes), *other = memory(2 * bytes);
        for (size_t i = 0; i < rows * bytes; i++) table[i] = (uint8_t)bits();
        for (size_t i = 0; i < 2 * bytes; i++) {
            query[i] = (int8_t)(bits() % 255 - 127);
            other[i] = (int8_t)(bits() % 255 - 127);
        }
        const uint32_t chosen[] = {8, 0, 3, 3, 7, 1};
        int32_t found[7] = {0}, expected[7] = {0};
        a->nibble_products(query, table, bytes, chosen, 6, found);
        b->nibble_products(query, table, bytes, chosen, 6, expected);
        found[6] = a->byte_product(query, other, 2 * bytes);
        expected[6] = b->byte_product(query, other, 2 * bytes);
        equal("codes", bytes, found, expected, sizeof found);
    }
    EACH_SIZE(n) {
        float *x = numbers(n), *y = numbers(n), *z = memory(4 * n), *w = memory(4 * n);
        uint16_t *h = memory(2 * n), *g = memory(2 * n);
        int8_t *i8 = memory(n);
        for (size_t i = 0; i < n; i++) i8[i] = (int8_t)(bits() % 255 - 127);
        a->narrow_f16(y, h, n);
        b->narrow_f16(y, g, n);
        equal("narrow_f16", n, h, g, 2 * n);
        a->widen_f16(h, z, n);
        b->widen_f16(h, w, n);
        equal("widen_f16", n, z, w, 4 * n);
        float found[2] = {a->dot_f16(x, h, n), a->dot_i8(x, i8, n)}, expected[2] = {b->dot_f16(x, h, n), b->dot_i8(x, i8, n)};
        near_by("dot of narrow rows", n, found, expected, 2, 1e-3f);
    }
}

static void checksums(void) {
    const akin_checksum_kernels *a = akin_checksum_kernels_of(AKIN_NEON), *b = akin_checksum_kernels_of(AKIN_PLAIN);
    uint8_t *bytes = memory(40000);
    for (size_t i = 0; i < 40000; i++) bytes[i] = (uint8_t)bits();
    EACH_SIZE(n) {
        for (size_t offset = 0; offset < 9; offset++) {
            uint32_t found = a->crc32c(bytes + offset, n), expected = b->crc32c(bytes + offset, n);
            equal("crc32c", n, &found, &expected, 4);
        }
    }
    for (size_t count = 0; count < 12; count++) {
        uint32_t found[12] = {0}, expected[12] = {0};
        a->crc32c_blocks(bytes, 3200, count, found);
        b->crc32c_blocks(bytes, 3200, count, expected);
        equal("crc32c of blocks", count, found, expected, sizeof found);
    }
}

static void embeddings(void) {
    const akin_embedding_kernels *tables[] = {akin_embedding_kernels_of(AKIN_PLAIN), akin_embedding_kernels_of(AKIN_NEON)};
    const size_t stride = 48, rows = 24;
    for (size_t m = 1; m <= 11; m++) {
        for (size_t n = 1; n <= 9; n++) {
            float *x = numbers(rows * stride), *all[2], errors[2][512], labels[9];
            float *inputs[2][11], *outputs[2][9];
            for (size_t j = 0; j < n; j++) labels[j] = (float)(bits() % 2);
            for (int t = 0; t < 2; t++) {
                all[t] = memory(4 * rows * stride);
                memcpy(all[t], x, 4 * rows * stride);
            }
            // Inputs and outputs are apart, but a row may be there twice.
            for (size_t i = 0; i < m; i++) {
                size_t row = bits() % 12;
                for (int t = 0; t < 2; t++) inputs[t][i] = all[t] + row * stride;
            }
            for (size_t j = 0; j < n; j++) {
                size_t row = 12 + bits() % 12;
                for (int t = 0; t < 2; t++) outputs[t][j] = all[t] + row * stride;
            }
            for (int t = 0; t < 2; t++) tables[t]->logistic_step_f32(inputs[t], m, outputs[t], labels, n, stride, 0.1f, errors[t]);
            near_by("logistic_step", m * 100 + n, all[1], all[0], rows * stride, 1e-5f);
            float mean[2][48], copy[2][48];
            for (int t = 0; t < 2; t++) {
                tables[t]->mean_rows_f32(inputs[t], m, stride, mean[t], copy[t]);
                for (size_t c = 0; c < stride; c++) mean[t][c] += 0.5f;
                tables[t]->spread_change_f32(inputs[t], m, stride, copy[t], mean[t]);
            }
            near_by("mean_rows", m, mean[1], mean[0], stride, 1e-5f);
            near_by("spread_change", m, all[1], all[0], rows * stride, 1e-5f);
            free(x);
            for (int t = 0; t < 2; t++) free(all[t]);
        }
    }
    for (size_t dimension = 1; dimension < 48; dimension += 5) {
        size_t wide = akin_embedding_stride(dimension + 1);
        float *x = numbers(4 * wide), *all[2], losses[2];
        for (size_t i = 0; i < 4 * wide; i++) x[i] = i % wide > dimension ? 0 : fabsf(x[i]) + 0.1f;
        for (int t = 0; t < 2; t++) {
            all[t] = memory(16 * wide);
            memcpy(all[t], x, 16 * wide);
            for (size_t i = 0; i < 4 * wide; i++) {
                if (i / wide % 2 && i % wide > dimension) all[t][i] = 1;
            }
            losses[t] = tables[t]->glove_step_f32(all[t], all[t] + 2 * wide, dimension, wide, 2, 0.5f, 0.05f);
        }
        near_by("glove_step", dimension, all[1], all[0], 4 * wide, 1e-4f);
        near_by("loss of glove_step", dimension, losses + 1, losses, 1, 1e-4f);
        free(x);
        for (int t = 0; t < 2; t++) free(all[t]);
    }
}

int main(void) {
    if (akin_kernels_of(AKIN_NEON)->instruction_set != AKIN_NEON || akin_checksum_kernels_of(AKIN_NEON)->instruction_set != AKIN_NEON
        || akin_code_kernels_of(AKIN_NEON)->instruction_set != AKIN_NEON) {
        puts("this build has no NEON kernels");
        return 1;
    }
    vectors();
    network();
    linear();
    codes();
    checksums();
    embeddings();
    printf("%d comparisons, %d faults\n", checks, faults);
    return faults != 0;
}
