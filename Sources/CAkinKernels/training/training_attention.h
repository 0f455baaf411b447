// One head of self-attention over one sequence and its way back, over the vector words. Both compute the probabilities; nothing is kept
// between them but the context.
//
// No include guard: training_template.h includes it.

// A head's component rows copied side by side: y (length, padded components), zeros after them.
TARGET static void copy_head(const float *x, size_t length, size_t stride, size_t components, size_t y_stride, float *y) {
    for (size_t t = 0; t < length; t++, x += stride, y += y_stride) {
        for (size_t i = 0; i < y_stride; i += WIDTH) {
            STORE(y + i, i < components ? LOAD_SOME(x + i, components - i) : SET1(0.0f));
        }
    }
}

// yᵀ of a head's component rows: (components, keys), zeros in the columns from `length` on.
static void transpose_head(const float *x, size_t length, size_t stride, size_t components, size_t keys, float *y) {
    if (keys > length) __builtin_memset(y, 0, components * keys * sizeof(float));
    transpose_f32(x, length, components, stride, y, keys);
}

// A row of scores, `factor` times, becomes probabilities; zeros from `count` to `padded`.
TARGET static void softmax_row(float *x, size_t count, size_t padded) {
    V largest = SET1(x[0]);
    for (size_t c = 0; c + WIDTH <= count; c += WIDTH) largest = MAX(largest, LOAD(x + c));
    float top = LARGEST(largest);
    for (size_t c = count - count % WIDTH; c < count; c++) top = x[c] > top ? x[c] : top;
    V shift = SET1(top), sum = SET1(0.0f);
    for (size_t c = 0; c < padded; c += WIDTH) {
        V e = c < count ? KEEP_SOME(exponential(SUB(LOAD(x + c), shift)), count - c) : SET1(0.0f);
        sum = ADD(sum, e);
        STORE(x + c, e);
    }
    V inverse = SET1(1.0f / SUM(sum));
    for (size_t c = 0; c < count; c += WIDTH) STORE(x + c, MUL(LOAD(x + c), inverse));
}

// c (rows, components) at `stride` = a (rows, depth)·b (depth, padded).
TARGET static void head_product(
    size_t rows, const float *a, size_t a_stride, const float *b, size_t padded, size_t depth, size_t components, float *tile, float *c,
    size_t stride) {
    float ones[TILE_ROWS];
    for (size_t r = 0; r < TILE_ROWS; r++) ones[r] = 1;
    for (size_t r = 0; r < rows; r += TILE_ROWS) {
        size_t count = rows - r < TILE_ROWS ? rows - r : TILE_ROWS;
        float *target = c + r * stride;
        if (padded == components) {
            product_rows(count, a + r * a_stride, a_stride, b, padded, depth, ones, target, stride);
            continue;
        }
        product_rows(count, a + r * a_stride, a_stride, b, padded, depth, ones, tile, padded);
        for (size_t i = 0; i < count; i++) {
            for (size_t k = 0; k < components; k++) target[i * stride + k] = tile[i * padded + k];
        }
    }
}

TARGET static void attention(
    const float *source, size_t length, size_t width, size_t head, size_t head_size, const akin_dropout *dropout, float *scratch,
    float *context) {
    size_t stride = 3 * width, keys = (length + WIDTH - 1) / WIDTH * WIDTH, padded = (head_size + WIDTH - 1) / WIDTH * WIDTH;
    const float *query = source + head * head_size, *key = query + width, *value = key + width;
    float *transposed = scratch, *values = transposed + head_size * keys, *scores = values + length * padded;
    float *tile = scores + TILE_ROWS * keys, factors[TILE_ROWS];
    for (size_t r = 0; r < TILE_ROWS; r++) factors[r] = 1.0f / __builtin_sqrtf((float)head_size);
    transpose_head(key, length, stride, head_size, keys, transposed);
    copy_head(value, length, stride, head_size, padded, values);
    for (size_t first = 0; first < length; first += TILE_ROWS) {
        size_t rows = length - first < TILE_ROWS ? length - first : TILE_ROWS;
        product_rows(rows, query + first * stride, stride, transposed, keys, head_size, factors, scores, keys);
        for (size_t r = 0; r < rows; r++) {
            softmax_row(scores + r * keys, length, keys);
            if (dropout->threshold) drop(scores + r * keys, length, dropout, (uint32_t)((first + r) * length), scores + r * keys);
        }
        head_product(rows, scores, keys, values, padded, length, head_size, tile, context + first * width + head * head_size, width);
    }
}

TARGET static void attention_backward(
    const float *source, const float *context, const float *d_context, size_t length, size_t width, size_t head, size_t head_size,
    const akin_dropout *dropout, float *scratch, float *d_source) {
    size_t stride = 3 * width, keys = (length + WIDTH - 1) / WIDTH * WIDTH, padded = (head_size + WIDTH - 1) / WIDTH * WIDTH;
    const float *query = source + head * head_size, *key = query + width, *value = key + width;
    const float *result = context + head * head_size, *d_result = d_context + head * head_size;
    float *d_query = d_source + head * head_size, *d_key = d_query + width, *d_value = d_key + width;

    float *side = scratch;                         // (components, keys): keys, then values, transposed
    float *other = side + head_size * keys;
    float *rows_of = other + head_size * keys;     // (length, padded): the right operand of the last three products in turn
    float *kept_p = rows_of + length * padded;     // (length, keys): probabilities after dropout
    float *d_scores = kept_p + length * keys;      // (length, keys)
    float *turned = d_scores + length * keys;      // (keys, keys): one of both, transposed
    float *tile = turned + keys * keys, ones[TILE_ROWS], factors[TILE_ROWS];
    float factor = 1.0f / __builtin_sqrtf((float)head_size);
    for (size_t r = 0; r < TILE_ROWS; r++) ones[r] = 1, factors[r] = factor;

    transpose_head(key, length, stride, head_size, keys, side);
    transpose_head(value, length, stride, head_size, keys, other);
    for (size_t first = 0; first < length; first += TILE_ROWS) {
        size_t rows = length - first < TILE_ROWS ? length - first : TILE_ROWS;
        product_rows(rows, query + first * stride, stride, side, keys, head_size, factors, kept_p + first * keys, keys);
        product_rows(rows, d_result + first * width, width, other, keys, head_size, ones, d_scores + first * keys, keys);
        for (size_t r = first; r < first + rows; r++) {
            float *p = kept_p + r * keys, *ds = d_scores + r * keys;
            softmax_row(p, length, keys);
            V inner_sum = SET1(0.0f);
            for (size_t i = 0; i < head_size; i += WIDTH) {
                V d = LOAD_SOME(d_result + r * width + i, head_size - i), c = LOAD_SOME(result + r * width + i, head_size - i);
                inner_sum = FMA(d, c, inner_sum);
            }
            V inner = SET1(SUM(inner_sum)), scale = SET1(factor);
            for (size_t c = 0; c < keys; c += WIDTH) {
                V probability = LOAD(p + c), mask = SET1(1.0f);
                if (dropout->threshold) mask = kept(dropout, (uint32_t)(r * length + c));
                V dp = MUL(LOAD(ds + c), mask);
                STORE(ds + c, MUL(MUL(probability, SUB(dp, inner)), scale));
                STORE(p + c, MUL(probability, mask));
            }
        }
    }
    copy_head(key, length, stride, head_size, padded, rows_of);
    head_product(length, d_scores, keys, rows_of, padded, length, head_size, tile, d_query, stride);
    copy_head(query, length, stride, head_size, padded, rows_of);
    transpose_f32(d_scores, length, length, keys, turned, keys);
    head_product(length, turned, keys, rows_of, padded, length, head_size, tile, d_key, stride);
    copy_head(d_result, length, width, head_size, padded, rows_of);
    transpose_f32(kept_p, length, length, keys, turned, keys);
    head_product(length, turned, keys, rows_of, padded, length, head_size, tile, d_value, stride);
}
