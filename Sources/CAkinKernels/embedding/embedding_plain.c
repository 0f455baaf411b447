// Plain C with the C library's functions: the oracle of the vector kernels, and the fallback of every processor.
#include <math.h>
#include "embedding_tables.h"

static void logistic_step_f32(
    float *const *inputs, size_t m, float *const *outputs, const float *labels, size_t n, size_t stride, float rate, float *errors) {
    for (size_t j = 0; j < n; j++) {
        for (size_t i = 0; i < m; i++) {
            float product = 0;
            for (size_t c = 0; c < stride; c++) product += inputs[i][c] * outputs[j][c];
            errors[j * m + i] = (labels[j] - 1.0f / (1.0f + expf(-product))) * rate;
        }
    }
    float *changes = errors + m * n;
    for (size_t c = 0; c < stride; c++) {
        for (size_t i = 0; i < m; i++) {
            changes[i] = 0;
            for (size_t j = 0; j < n; j++) changes[i] += errors[j * m + i] * outputs[j][c];
        }
        for (size_t j = 0; j < n; j++) {
            float change = 0;
            for (size_t i = 0; i < m; i++) change += errors[j * m + i] * inputs[i][c];
            outputs[j][c] += change;
        }
        for (size_t i = 0; i < m; i++) inputs[i][c] += changes[i];
    }
}

static void mean_rows_f32(float *const *rows, size_t count, size_t stride, float *mean, float *copy) {
    for (size_t c = 0; c < stride; c++) {
        float sum = 0;
        for (size_t i = 0; i < count; i++) sum += rows[i][c];
        mean[c] = copy[c] = sum / (float)count;
    }
}

static void spread_change_f32(float *const *rows, size_t count, size_t stride, const float *before, const float *after) {
    for (size_t i = 0; i < count; i++) {
        for (size_t c = 0; c < stride; c++) rows[i][c] += after[c] - before[c];
    }
}

static float within(float x) { return x > 100 ? 100 : x < -100 ? -100 : x; }

static float glove_step_f32(float *word, float *context, size_t dimension, size_t stride, float target, float weight, float rate) {
    float difference = word[dimension] + context[dimension] - target;
    for (size_t c = 0; c < dimension; c++) difference += word[c] * context[c];
    float scale = weight * difference * rate;
    float *word_squares = word + stride, *context_squares = context + stride;
    for (size_t c = 0; c <= dimension; c++) {
        float word_step = within(scale * (c < dimension ? context[c] : 1));
        float context_step = within(scale * (c < dimension ? word[c] : 1));
        word[c] -= word_step / sqrtf(word_squares[c]);
        context[c] -= context_step / sqrtf(context_squares[c]);
        word_squares[c] += word_step * word_step;
        context_squares[c] += context_step * context_step;
    }
    return 0.5f * weight * difference * difference;
}

const akin_embedding_kernels akin_embedding_plain = {
    AKIN_PLAIN, logistic_step_f32, mean_rows_f32, spread_change_f32, glove_step_f32,
};
