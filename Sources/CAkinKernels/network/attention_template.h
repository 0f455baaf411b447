// Scaled dot-product attention over one sequence, written once over the vector words that activation_template.h lists.
//
// No include guard: it is included once by each network_<set>.c.
#include "product_template.h"
#include "attention_blocks.h"

// x[c] = exp(x[c] − top), 0 from `columns` to the end of its last word; top is the largest. Returns Σ.
TARGET static inline float exponentials(float *x, size_t columns, float *top) {
    size_t whole = columns - columns % WIDTH, rest = columns - whole;
    V largest = SET1(x[0]);
    for (size_t c = 0; c < whole; c += WIDTH) largest = MAX(largest, LOAD(x + c));
    *top = LARGEST(largest);
    for (size_t c = whole; c < columns; c++) *top = x[c] > *top ? x[c] : *top;

    V sum = SET1(0.0f), shift = SET1(*top);
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
    return SUM(sum);
}

// x[c] += y[c].
TARGET static inline void add_row(float *x, const float *y, size_t columns) {
    size_t whole = columns - columns % WIDTH;
    for (size_t c = 0; c < whole; c += WIDTH) STORE(x + c, ADD(LOAD(x + c), LOAD(y + c)));
    for (size_t c = whole; c < columns; c++) x[c] += y[c];
}

// exp(x) of one number.
TARGET static inline float exponential_of(float x) {
    float words[WIDTH];
    STORE(words, exponential(SET1(x)));
    return words[0];
}

TARGET static void attention_f32(
    const float *source, size_t length, size_t heads, size_t head_size, size_t window, const float *bias, size_t reach, float *scratch,
    float *context) {
    size_t width = heads * head_size, stride = 3 * width;
    size_t block = length < AKIN_ATTENTION_BLOCK ? length : AKIN_ATTENTION_BLOCK;
    size_t panel = block > WIDTH ? PANEL : WIDTH, keys = (block + panel - 1) / panel * panel;
    size_t values = (head_size + WIDTH - 1) / WIDTH * WIDTH;
    float *transposed = scratch;                        // (keys / panel, head_size, panel): a block's keys, zeros after its last
    float *packed = transposed + head_size * keys;      // (block, values): its values, zeros after `head_size`
    float *scores = packed + block * values;            // (TILE_ROWS, keys)
    float *results = scores + TILE_ROWS * keys;         // (TILE_ROWS, values)
    float *tops = results + TILE_ROWS * values;         // (length): of each query's scores, the largest so far
    float *sums = tops + length;                        // (length): of the exponentials of their distances from it
    float scale = 1.0f / __builtin_sqrtf((float)head_size), scales[TILE_ROWS], factors[TILE_ROWS];
    for (size_t r = 0; r < TILE_ROWS; r++) scales[r] = scale;
    __builtin_memset(transposed, 0, (size_t)(scores - scratch) * sizeof(float));

    for (size_t head = 0; head < heads; head++) {
        const float *query = source + head * head_size, *key = query + width, *value = key + width;
        if (length > block) begin_sums(context + head * head_size, length, width, head_size, tops, sums);
        for (size_t start = 0; start < length; start += block) {
            size_t count = length - start < block ? length - start : block;
            if (count < block) __builtin_memset(transposed, 0, head_size * keys * sizeof(float));
            for (size_t t = 0; t < count; t++) {
                float *column = transposed + t / PANEL * head_size * PANEL + t % PANEL;
                for (size_t i = 0; i < head_size; i++) column[i * panel] = key[(start + t) * stride + i];
                for (size_t i = 0; i < head_size; i++) packed[t * values + i] = value[(start + t) * stride + i];
            }
            for (size_t first = first_query(start, window); first < last_query(start + count, window, length); first += TILE_ROWS) {
                size_t rows = length - first < TILE_ROWS ? length - first : TILE_ROWS;
                // The keys of the block that some query of the tile attends to, in whole panels.
                span seen = keys_in_block(first, first + rows - 1, start, count, window);
                size_t from = seen.from / PANEL * PANEL, reached = seen.to - from;
                for (size_t k = from; k < seen.to; k += panel) {
                    product_rows(
                        rows, query + first * stride, stride, transposed + k * head_size, panel, head_size, scales, scores + k - from,
                        keys);
                }
                for (size_t r = 0; r < rows; r++) {
                    float *row = scores + r * keys, top;
                    if (bias) {
                        add_row(row, bias + head * (2 * reach - 1) + reach - 1 + start + from - (first + r), reached);
                    }
                    span own = keys_in_block(first + r, first + r, start, count, window);
                    if (own.from >= own.to) {
                        __builtin_memset(row, 0, reached * sizeof(float));
                        factors[r] = 1;
                        continue;
                    }
                    own.from -= from;
                    own.to -= from;
                    fill(row, 0, own.from, -INFINITY);
                    fill(row, own.to, reached, -INFINITY);
                    float sum = exponentials(row, reached, &top);
                    fill(row, 0, own.from, 0);
                    fill(row, own.to, reached, 0);
                    if (length <= block) {
                        factors[r] = 1.0f / sum;
                        continue;
                    }
                    size_t at = first + r;
                    factors[r] = 1;
                    if (top > tops[at]) {
                        float shrinking = exponential_of(tops[at] - top);
                        shrink(context + at * width + head * head_size, head_size, shrinking);
                        sums[at] *= shrinking;
                        tops[at] = top;
                    } else {
                        factors[r] = exponential_of(top - tops[at]);
                    }
                    sums[at] += factors[r] * sum;
                }
                float *target = context + first * width + head * head_size;
                if (values == head_size && length <= block) {
                    product_rows(rows, scores, keys, packed + from * values, values, reached, factors, target, width);
                } else {
                    product_rows(rows, scores, keys, packed + from * values, values, reached, factors, results, values);
                    take_results(target, rows, width, results, values, head_size, length > block);
                }
            }
        }
        if (length > block) divide_by_sums(context + head * head_size, length, width, head_size, sums);
    }
}
