// Plain C: the oracle of every other kernel, and the fallback of every processor.
#include "tables.h"

static float dot_f32(const float *a, const float *b, size_t n) {
    float sum = 0;
    for (size_t i = 0; i < n; i++) sum += a[i] * b[i];
    return sum;
}

static float squared_distance_f32(const float *a, const float *b, size_t n) {
    float sum = 0;
    for (size_t i = 0; i < n; i++) {
        float difference = a[i] - b[i];
        sum += difference * difference;
    }
    return sum;
}

static void axpy_f32(float alpha, const float *x, float *y, size_t n) {
    for (size_t i = 0; i < n; i++) y[i] += alpha * x[i];
}

static size_t near_largest_f32(const float *x, size_t n, float slack, uint32_t *places) {
    float largest = x[0];
    for (size_t i = 1; i < n; i++) largest = x[i] > largest ? x[i] : largest;
    size_t count = 0;
    for (size_t i = 0; i < n; i++) {
        if (x[i] >= largest - slack) places[count++] = (uint32_t)i;
    }
    return count;
}

const akin_kernels akin_table_plain = {AKIN_PLAIN, dot_f32, squared_distance_f32, axpy_f32, near_largest_f32};
