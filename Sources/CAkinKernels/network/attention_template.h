// Scaled dot-product attention over one sequence, written once over the vector words that activation_template.h lists.
//
// No include guard: it is included once by each network_<set>.c.
#include "product_template.h"

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

// x[c] += y[c].
TARGET static inline void add_row(float *x, const float *y, size_t columns) {
    size_t whole = columns - columns % WIDTH;
    for (size_t c = 0; c < whole; c += WIDTH) STORE(x + c, ADD(LOAD(x + c), LOAD(y + c)));
    for (size_t c = whole; c < columns; c++) x[c] += y[c];
}

TARGET static void attention_f32(
    const float *source, size_t length, size_t heads, size_t head_size, const float *bias, size_t reach, float *scratch, float *context) {
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
            for (size_t r = 0; r < rows; r++) {
                if (bias) add_row(scores + r * keys, bias + head * (2 * reach - 1) + reach - 1 - (first + r), length);
                inverses[r] = exponentials(scores + r * keys, length);
            }
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
