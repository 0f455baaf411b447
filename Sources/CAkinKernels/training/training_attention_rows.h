// What attention needs of floats: their rows as right operands, and the exponentials of its scores.
//
// No include guard: training_template.h includes it.

// x (rows, columns) side by side: y (rows, width), zeros after the columns.
TARGET static void copy_rows(const float *x, size_t rows, size_t columns, size_t stride, float *y, size_t width) {
    for (size_t t = 0; t < rows; t++, x += stride, y += width) {
        for (size_t i = 0; i < width; i += WIDTH) {
            STORE(y + i, i < columns ? LOAD_SOME(x + i, columns - i) : SET1(0.0f));
        }
    }
}

// xᵀ of x (rows, columns): y (columns, width), zeros after the rows.
static void turn_rows(const float *x, size_t rows, size_t columns, size_t stride, float *y, size_t width) {
    if (width > rows) __builtin_memset(y, 0, columns * width * sizeof(float));
    transpose_f32(x, rows, columns, stride, y, width);
}

// exp(x[c] − the largest), zeros from `count` to `padded`. Returns 1 / Σ.
TARGET static float exponentials(float *x, size_t count, size_t padded) {
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
    return 1.0f / SUM(sum);
}
