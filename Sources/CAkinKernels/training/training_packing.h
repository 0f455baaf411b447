// Operands of a product of floats in the arrangement it reads.
//
// No include guard: training_template.h includes it.
static void pack_f32(const float *b, size_t depth, size_t columns, size_t stride, float *panels, size_t panel_stride) {
    for (size_t k = 0; k < depth; k++, b += stride, panels += 32) {
        float *panel = panels;
        for (size_t n = 0; n < columns; n += 32, panel += panel_stride) {
            size_t width = columns - n < 32 ? columns - n : 32;
            for (size_t c = 0; c < width; c++) panel[c] = b[n + c];
            for (size_t c = width; c < 32; c++) panel[c] = 0;
        }
    }
}

// Blocks of 16 × 16, so that both sides stay in the first-level cache.
static void transpose_f32(const float *x, size_t rows, size_t columns, size_t stride, float *y, size_t y_stride) {
    for (size_t r = 0; r < rows; r += 16) {
        size_t height = rows - r < 16 ? rows - r : 16;
        for (size_t c = 0; c < columns; c += 16) {
            size_t width = columns - c < 16 ? columns - c : 16;
            for (size_t j = 0; j < width; j++) {
                float *target = y + (c + j) * y_stride + r;
                const float *source = x + r * stride + c + j;
                for (size_t i = 0; i < height; i++) target[i] = source[i * stride];
            }
        }
    }
}

static void pack_transposed_f32(const float *b, size_t depth, size_t columns, size_t stride, float *panels, size_t panel_stride) {
    for (size_t n = 0; n < columns; n += 32, panels += panel_stride) {
        size_t width = columns - n < 32 ? columns - n : 32;
        if (width < 32) __builtin_memset(panels, 0, 32 * depth * sizeof(float));
        transpose_f32(b + n * stride, width, depth, stride, panels, 32);
    }
}
