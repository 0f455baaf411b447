// Plain C: the oracle of every other code kernel, and the fallback of every processor.
#include "codes_tables.h"

static void nibble_products(
    const int8_t *query, const uint8_t *codes, size_t bytes, const uint32_t *rows, size_t count, int32_t *products) {
    for (size_t i = 0; i < count; i++) {
        const uint8_t *row = codes + (size_t)rows[i] * bytes;
        int32_t sum = 0;
        for (size_t byte = 0; byte < bytes; byte++) {
            size_t component = byte / AKIN_CODE_BLOCK * 2 * AKIN_CODE_BLOCK + byte % AKIN_CODE_BLOCK;
            sum += query[component] * (row[byte] & 15) + query[component + AKIN_CODE_BLOCK] * (row[byte] >> 4);
        }
        products[i] = sum;
    }
}

static int32_t byte_product(const int8_t *a, const int8_t *b, size_t n) {
    int32_t sum = 0;
    for (size_t i = 0; i < n; i++) sum += a[i] * b[i];
    return sum;
}

static float dot_f16(const float *a, const uint16_t *b, size_t n) {
    float sum = 0;
    for (size_t i = 0; i < n; i++) sum += a[i] * akin_widened(b[i]);
    return sum;
}

static float dot_i8(const float *a, const int8_t *b, size_t n) {
    float sum = 0;
    for (size_t i = 0; i < n; i++) sum += a[i] * (float)b[i];
    return sum;
}

static void widen_f16(const uint16_t *x, float *y, size_t n) {
    for (size_t i = 0; i < n; i++) y[i] = akin_widened(x[i]);
}

static void narrow_f16(const float *x, uint16_t *y, size_t n) {
    for (size_t i = 0; i < n; i++) y[i] = akin_narrowed(x[i]);
}

const akin_code_kernels akin_codes_plain = {AKIN_PLAIN, nibble_products, byte_product, dot_f16, dot_i8, widen_f16, narrow_f16};
