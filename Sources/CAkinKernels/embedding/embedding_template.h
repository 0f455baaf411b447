// The kernels that train word vectors, written once over the vector words that activation_template.h lists.
//
// No include guard: it is included once by each embedding_<set>.c.
#include "activation_template.h"

#define INLINE TARGET __attribute__((always_inline)) static inline

// products[j, i] of `rows` inputs with `columns` outputs, at most 4 × 3, whose sums stay in registers.
INLINE void products_tile(
    float *const *inputs, size_t rows, float *const *outputs, size_t columns, size_t stride, float *products, size_t width) {
    V sums[12];
    for (size_t k = 0; k < rows * columns; k++) sums[k] = SET1(0.0f);
    for (size_t c = 0; c < stride; c += WIDTH) {
        V output[3];
        for (size_t j = 0; j < columns; j++) output[j] = LOAD(outputs[j] + c);
        for (size_t i = 0; i < rows; i++) {
            V input = LOAD(inputs[i] + c);
            for (size_t j = 0; j < columns; j++) sums[i * columns + j] = FMA(input, output[j], sums[i * columns + j]);
        }
    }
    for (size_t i = 0; i < rows; i++) {
        for (size_t j = 0; j < columns; j++) products[j * width + i] = SUM(sums[i * columns + j]);
    }
}

INLINE void products_rows(
    float *const *inputs, size_t rows, float *const *outputs, size_t n, size_t stride, float *products, size_t width) {
    size_t j = 0;
    for (; j + 3 <= n; j += 3) products_tile(inputs, rows, outputs + j, 3, stride, products + j * width, width);
    if (n - j == 2) products_tile(inputs, rows, outputs + j, 2, stride, products + j * width, width);
    if (n - j == 1) products_tile(inputs, rows, outputs + j, 1, stride, products + j * width, width);
}

// sums[k] = Σ_i factors[i·step + k]·rows[i][c …] for k < count ≤ 4.
INLINE void weighted_sums(float *const *rows, size_t n, size_t c, const float *factors, size_t step, size_t count, V *sums) {
    for (size_t k = 0; k < count; k++) sums[k] = SET1(0.0f);
    for (size_t i = 0; i < n; i++) {
        V row = LOAD(rows[i] + c);
        for (size_t k = 0; k < count; k++) sums[k] = FMA(SET1(factors[i * step + k]), row, sums[k]);
    }
}

// The same with factors[k·step + i].
INLINE void weighted_sums_across(float *const *rows, size_t n, size_t c, const float *factors, size_t step, size_t count, V *sums) {
    for (size_t k = 0; k < count; k++) sums[k] = SET1(0.0f);
    for (size_t i = 0; i < n; i++) {
        V row = LOAD(rows[i] + c);
        for (size_t k = 0; k < count; k++) sums[k] = FMA(SET1(factors[k * step + i]), row, sums[k]);
    }
}

INLINE void store_changes(float *changes, const V *sums, size_t count) {
    for (size_t k = 0; k < count; k++) STORE(changes + k * WIDTH, sums[k]);
}

// One after the other, because a row may be there twice.
INLINE void add_changes(float *const *rows, size_t c, const V *sums, size_t count) {
    for (size_t k = 0; k < count; k++) STORE(rows[k] + c, ADD(LOAD(rows[k] + c), sums[k]));
}

TARGET static void logistic_step_f32(
    float *const *inputs, size_t m, float *const *outputs, const float *labels, size_t n, size_t stride, float rate, float *errors) {
    size_t i = 0;
    for (; i + 4 <= m; i += 4) products_rows(inputs + i, 4, outputs, n, stride, errors + i, m);
    if (m - i >= 2) {
        products_rows(inputs + i, 2, outputs, n, stride, errors + i, m);
        i += 2;
    }
    if (i < m) products_rows(inputs + i, 1, outputs, n, stride, errors + i, m);

    // σ(x)·rate over all products at once; what lies behind them is scratch
    V one = SET1(1.0f), step = SET1(rate);
    for (size_t k = 0; k < m * n; k += WIDTH) {
        V e = exponential(SUB(SET1(0.0f), LOAD(errors + k)));
        STORE(errors + k, DIV(step, ADD(one, e)));
    }
    for (size_t j = 0; j < n; j++) {
        for (size_t k = 0; k < m; k++) errors[j * m + k] = labels[j] * rate - errors[j * m + k];
    }

    float *changes = errors + (m * n + 15) / 16 * 16;
    for (size_t c = 0; c < stride; c += WIDTH) {
        V sums[4];
        for (i = 0; i + 4 <= m; i += 4) {
            weighted_sums(outputs, n, c, errors + i, m, 4, sums);
            store_changes(changes + i * WIDTH, sums, 4);
        }
        for (; i < m; i++) {
            weighted_sums(outputs, n, c, errors + i, m, 1, sums);
            store_changes(changes + i * WIDTH, sums, 1);
        }
        size_t j = 0;
        for (; j + 3 <= n; j += 3) {
            weighted_sums_across(inputs, m, c, errors + j * m, m, 3, sums);
            add_changes(outputs + j, c, sums, 3);
        }
        for (; j < n; j++) {
            weighted_sums_across(inputs, m, c, errors + j * m, m, 1, sums);
            add_changes(outputs + j, c, sums, 1);
        }
        for (i = 0; i < m; i++) {
            V change = LOAD(changes + i * WIDTH);
            add_changes(inputs + i, c, &change, 1);
        }
    }
}

TARGET static void mean_rows_f32(float *const *rows, size_t count, size_t stride, float *mean, float *copy) {
    V share = SET1(1.0f / (float)count);
    for (size_t c = 0; c < stride; c += WIDTH) {
        V sum = LOAD(rows[0] + c);
        for (size_t i = 1; i < count; i++) sum = ADD(sum, LOAD(rows[i] + c));
        sum = MUL(sum, share);
        STORE(mean + c, sum);
        STORE(copy + c, sum);
    }
}

TARGET static void spread_change_f32(float *const *rows, size_t count, size_t stride, const float *before, const float *after) {
    for (size_t c = 0; c < stride; c += WIDTH) {
        V change = SUB(LOAD(after + c), LOAD(before + c));
        for (size_t i = 0; i < count; i++) STORE(rows[i] + c, ADD(LOAD(rows[i] + c), change));
    }
}

static void glove_bias_step(float *bias, float *squares, float before, float sum, float step) {
    step = step > 100 ? 100 : step < -100 ? -100 : step;
    *bias = before - step / __builtin_sqrtf(sum);
    *squares = sum + step * step;
}

TARGET static float glove_step_f32(
    float *word, float *context, size_t dimension, size_t stride, float target, float weight, float rate) {
    float *word_squares = word + stride, *context_squares = context + stride;
    float word_bias = word[dimension], context_bias = context[dimension];
    float word_bias_squares = word_squares[dimension], context_bias_squares = context_squares[dimension];
    V sum = SET1(0.0f);
    for (size_t c = 0; c < stride; c += WIDTH) sum = FMA(LOAD(word + c), LOAD(context + c), sum);
    // The biases stand among the components, where they met too.
    float difference = SUM(sum) - word_bias * context_bias + word_bias + context_bias - target;
    float scale = weight * difference * rate;
    V factor = SET1(scale), most = SET1(100.0f), least = SET1(-100.0f);
    for (size_t c = 0; c < stride; c += WIDTH) {
        V w = LOAD(word + c), x = LOAD(context + c);
        V word_step = MIN(most, MAX(least, MUL(factor, x))), context_step = MIN(most, MAX(least, MUL(factor, w)));
        V ws = LOAD(word_squares + c), xs = LOAD(context_squares + c);
        STORE(word + c, SUB(w, DIV(word_step, SQRT(ws))));
        STORE(context + c, SUB(x, DIV(context_step, SQRT(xs))));
        STORE(word_squares + c, FMA(word_step, word_step, ws));
        STORE(context_squares + c, FMA(context_step, context_step, xs));
    }
    glove_bias_step(word + dimension, word_squares + dimension, word_bias, word_bias_squares, scale);
    glove_bias_step(context + dimension, context_squares + dimension, context_bias, context_bias_squares, scale);
    return 0.5f * weight * difference * difference;
}

#undef INLINE
