// Plain C: the oracle of the training kernels.
#include <math.h>
#include <string.h>

#include "linear_tables.h"
#include "network_tables.h"
#include "training_tables.h"

static float element_f32(const float *panels, size_t depth, size_t k, size_t n) { return panels[(n / 32 * depth + k) * 32 + n % 32]; }

static void product_f32(
    const float *a, size_t rows, size_t a_stride, const float *panels, size_t depth, size_t columns, const float *bias, bool adds, float *c,
    size_t c_stride) {
    for (size_t r = 0; r < rows; r++) {
        for (size_t n = 0; n < columns; n++) {
            float sum = 0;
            for (size_t k = 0; k < depth; k++) sum += a[r * a_stride + k] * element_f32(panels, depth, k, n);
            c[r * c_stride + n] = sum + (bias ? bias[n] : 0) + (adds ? c[r * c_stride + n] : 0);
        }
    }
}

static void product_transposed_f32(
    const float *a_panels, size_t rows, const float *panels, size_t depth, size_t columns, float *c, size_t c_stride) {
    for (size_t m = 0; m < rows; m++) {
        for (size_t n = 0; n < columns; n++) {
            float sum = 0;
            for (size_t k = 0; k < depth; k++) sum += element_f32(a_panels, depth, k, m) * element_f32(panels, depth, k, n);
            c[m * c_stride + n] += sum;
        }
    }
}

static void pack_f32(const float *b, size_t depth, size_t columns, size_t stride, float *panels, size_t panel_stride) {
    for (size_t n = 0; n < columns; n += 32, panels += panel_stride) {
        float *panel = panels;
        for (size_t k = 0; k < depth; k++) {
            for (size_t c = n; c < n + 32; c++) *panel++ = c < columns ? b[k * stride + c] : 0;
        }
    }
}

static void pack_transposed_f32(const float *b, size_t depth, size_t columns, size_t stride, float *panels, size_t panel_stride) {
    for (size_t n = 0; n < columns; n += 32, panels += panel_stride) {
        float *panel = panels;
        for (size_t k = 0; k < depth; k++) {
            for (size_t c = n; c < n + 32; c++) *panel++ = c < columns ? b[c * stride + k] : 0;
        }
    }
}

static uint32_t pair(float lower, float upper) { return (uint32_t)akin_bf16(lower) | (uint32_t)akin_bf16(upper) << 16; }

static void product_bf16(
    const uint32_t *a, size_t rows, size_t a_stride, const uint32_t *panels, size_t depth, size_t columns, const float *bias, bool adds,
    float *c, size_t c_stride) {
    size_t pairs = (depth + 1) / 2;
    for (size_t r = 0; r < rows; r++) {
        for (size_t n = 0; n < columns; n++) {
            float sum = 0;
            for (size_t t = 0; t < pairs; t++) {
                uint32_t left = a[r * a_stride + t], right = panels[(n / 32 * pairs + t) * 32 + n % 32];
                sum += akin_float_of_bf16((uint16_t)left) * akin_float_of_bf16((uint16_t)right);
                sum += akin_float_of_bf16((uint16_t)(left >> 16)) * akin_float_of_bf16((uint16_t)(right >> 16));
            }
            c[r * c_stride + n] = sum + (bias ? bias[n] : 0) + (adds ? c[r * c_stride + n] : 0);
        }
    }
}

static void product_transposed_bf16(
    const uint32_t *a_panels, size_t rows, const uint32_t *panels, size_t depth, size_t columns, float *c, size_t c_stride) {
    size_t pairs = (depth + 1) / 2;
    for (size_t m = 0; m < rows; m++) {
        for (size_t n = 0; n < columns; n++) {
            float sum = 0;
            for (size_t t = 0; t < pairs; t++) {
                uint32_t left = a_panels[(m / 32 * pairs + t) * 32 + m % 32], right = panels[(n / 32 * pairs + t) * 32 + n % 32];
                sum += akin_float_of_bf16((uint16_t)left) * akin_float_of_bf16((uint16_t)right);
                sum += akin_float_of_bf16((uint16_t)(left >> 16)) * akin_float_of_bf16((uint16_t)(right >> 16));
            }
            c[m * c_stride + n] += sum;
        }
    }
}

static void pack_bf16(const float *b, size_t depth, size_t columns, size_t stride, uint32_t *panels, size_t panel_stride) {
    for (size_t n = 0; n < columns; n += 32, panels += panel_stride) {
        uint32_t *panel = panels;
        for (size_t k = 0; k < depth; k += 2) {
            for (size_t c = n; c < n + 32; c++) {
                *panel++ = c < columns ? pair(b[k * stride + c], k + 1 < depth ? b[(k + 1) * stride + c] : 0) : 0;
            }
        }
    }
}

static void pack_transposed_bf16(const float *b, size_t depth, size_t columns, size_t stride, uint32_t *panels, size_t panel_stride) {
    for (size_t n = 0; n < columns; n += 32, panels += panel_stride) {
        uint32_t *panel = panels;
        for (size_t k = 0; k < depth; k += 2) {
            for (size_t c = n; c < n + 32; c++) {
                *panel++ = c < columns ? pair(b[c * stride + k], k + 1 < depth ? b[c * stride + k + 1] : 0) : 0;
            }
        }
    }
}

static void round_bf16(const float *x, size_t rows, size_t columns, size_t stride, uint32_t *y, size_t y_stride) {
    for (size_t r = 0; r < rows; r++) {
        for (size_t c = 0; c < columns; c += 2) {
            y[r * y_stride + c / 2] = pair(x[r * stride + c], c + 1 < columns ? x[r * stride + c + 1] : 0);
        }
    }
}

// 0 for a dropped element, else the scale.
static float kept(const akin_dropout *dropout, uint32_t index) {
    return akin_dropout_hash(dropout, index) < dropout->threshold ? 0 : dropout->scale;
}

static void drop(const float *x, size_t count, const akin_dropout *dropout, uint32_t start, float *y) {
    for (size_t i = 0; i < count; i++) y[i] = x[i] * kept(dropout, start + (uint32_t)i);
}

static void drop_add_norm(
    const float *x, const float *y, const akin_dropout *dropout, uint32_t start, const float *gamma, const float *beta, size_t rows,
    size_t columns, float epsilon, float *normalized, float *inverses, float *result) {
    for (size_t r = 0; r < rows; r++) {
        double mean = 0, variance = 0;
        for (size_t c = 0; c < columns; c++) {
            size_t i = r * columns + c;
            normalized[i] = (x ? x[i] : 0) + y[i] * kept(dropout, start + (uint32_t)i);
            mean += normalized[i] / (double)columns;
        }
        for (size_t c = 0; c < columns; c++) {
            double d = normalized[r * columns + c] - mean;
            variance += d * d / (double)columns;
        }
        inverses[r] = (float)(1 / sqrt(variance + epsilon));
        for (size_t c = 0; c < columns; c++) {
            size_t i = r * columns + c;
            normalized[i] = (float)(normalized[i] - mean) * inverses[r];
            result[i] = gamma[c] * normalized[i] + beta[c];
        }
    }
}

static void norm_backward(
    const float *d_result, const float *normalized, const float *inverses, const float *gamma, size_t rows, size_t columns, float *d_sum,
    float *d_gamma, float *d_beta) {
    for (size_t r = 0; r < rows; r++, d_result += columns, normalized += columns, d_sum += columns) {
        double mean = 0, projection = 0;
        for (size_t c = 0; c < columns; c++) {
            double g = (double)gamma[c] * d_result[c];
            mean += g / (double)columns;
            projection += g * normalized[c] / (double)columns;
            d_gamma[c] += d_result[c] * normalized[c];
            d_beta[c] += d_result[c];
        }
        for (size_t c = 0; c < columns; c++) {
            d_sum[c] = (float)((double)gamma[c] * d_result[c] - mean - normalized[c] * projection) * inverses[r];
        }
    }
}

static void activate(const float *x, size_t count, akin_activation activation, float *y) {
    const float none = 0;
    for (size_t i = 0; i < count; i++) y[i] = x[i];
    akin_network_plain.bias_activation_f32(y, &none, count, 1, activation);
}

static double slope(double x, akin_activation activation) {
    switch (activation) {
    case AKIN_GELU:
        return 0.5 * erfc(-x * sqrt(0.5)) + x * exp(-0.5 * x * x) * 0.3989422804014327;
    case AKIN_GELU_TANH: {
        double root = 0.7978845608028654, t = tanh(root * (x + 0.044715 * x * x * x));
        return 0.5 * (1 + t) + 0.5 * x * (1 - t * t) * root * (1 + 3 * 0.044715 * x * x);
    }
    case AKIN_RELU:
        return x > 0;
    default:
        return 1;
    }
}

static void activate_backward(const float *x, const float *dy, size_t count, akin_activation activation, float *dx) {
    for (size_t i = 0; i < count; i++) dx[i] = dy[i] * (float)slope(x[i], activation);
}

static void add_column_sums(const float *x, size_t rows, size_t columns, size_t stride, float *sums) {
    for (size_t r = 0; r < rows; r++) {
        for (size_t c = 0; c < columns; c++) sums[c] += x[r * stride + c];
    }
}

static void add_scaled(const float *x, size_t count, float factor, float *y) {
    for (size_t i = 0; i < count; i++) y[i] += factor * x[i];
}

static double sum_of_squares(const float *x, size_t count) {
    double sum = 0;
    for (size_t i = 0; i < count; i++) sum += (double)x[i] * x[i];
    return sum;
}

static void cross_entropy(
    float *logits, const int32_t *targets, const float *factors, size_t rows, size_t columns, size_t stride, float smoothing, float *losses) {
    for (size_t r = 0; r < rows; r++, logits += stride) {
        double top = -INFINITY, sum = 0, mean = 0;
        for (size_t c = 0; c < columns; c++) top = fmax(top, logits[c]);
        for (size_t c = 0; c < columns; c++) sum += exp(logits[c] - top);
        for (size_t c = 0; c < columns; c++) mean += (logits[c] - top) / (double)columns;
        double target = logits[targets[r]] - top, logarithm = log(sum);
        losses[r] = (float)(logarithm - (1 - smoothing) * target - smoothing * mean);
        for (size_t c = 0; c < columns; c++) {
            double q = smoothing / (double)columns + ((int32_t)c == targets[r] ? 1 - smoothing : 0);
            logits[c] = factors[r] * (float)(exp(logits[c] - top) / sum - q);
        }
    }
}

static void adamw(float *weights, const float *gradients, float *first, float *second, size_t count, const akin_adamw *step) {
    for (size_t i = 0; i < count; i++) {
        float g = gradients[i] * step->gradient_scale;
        first[i] = step->first_decay * first[i] + (1 - step->first_decay) * g;
        second[i] = step->second_decay * second[i] + (1 - step->second_decay) * g * g;
        weights[i] = step->kept * weights[i] - step->step_size * first[i] / (sqrtf(second[i]) * step->second_scale + step->epsilon);
    }
}

// Probabilities of one query over all keys, in double precision.
static void probabilities(const float *source, size_t length, size_t width, size_t head, size_t head_size, size_t row, double *result) {
    const float *query = source + row * 3 * width + head * head_size, *keys = source + width + head * head_size;
    double top = -INFINITY, sum = 0;
    for (size_t t = 0; t < length; t++) {
        result[t] = 0;
        for (size_t i = 0; i < head_size; i++) result[t] += (double)query[i] * keys[t * 3 * width + i];
        result[t] /= sqrt((double)head_size);
        top = fmax(top, result[t]);
    }
    for (size_t t = 0; t < length; t++) sum += result[t] = exp(result[t] - top);
    for (size_t t = 0; t < length; t++) result[t] /= sum;
}

static void attention(
    const float *source, size_t length, size_t width, size_t head, size_t head_size, const akin_dropout *dropout, float *scratch,
    float *context) {
    double *p = (double *)scratch;
    const float *values = source + 2 * width + head * head_size;
    for (size_t r = 0; r < length; r++) {
        probabilities(source, length, width, head, head_size, r, p);
        for (size_t i = 0; i < head_size; i++) {
            double sum = 0;
            for (size_t t = 0; t < length; t++) sum += p[t] * kept(dropout, (uint32_t)(r * length + t)) * values[t * 3 * width + i];
            context[r * width + head * head_size + i] = (float)sum;
        }
    }
}

static void attention_backward(
    const float *source, const float *context, const float *d_context, size_t length, size_t width, size_t head, size_t head_size,
    const akin_dropout *dropout, float *scratch, float *d_source) {
    double *p = (double *)scratch, scale = 1 / sqrt((double)head_size);
    size_t stride = 3 * width, offset = head * head_size;
    for (size_t r = 0; r < length; r++) memset(d_source + r * stride + offset, 0, head_size * sizeof(float));
    for (size_t r = 0; r < length; r++) memset(d_source + r * stride + width + offset, 0, head_size * sizeof(float));
    for (size_t r = 0; r < length; r++) memset(d_source + r * stride + 2 * width + offset, 0, head_size * sizeof(float));
    for (size_t r = 0; r < length; r++) {
        const float *query = source + r * stride + offset, *dc = d_context + r * width + offset, *c = context + r * width + offset;
        float *d_query = d_source + r * stride + offset;
        double inner = 0;
        for (size_t i = 0; i < head_size; i++) inner += (double)dc[i] * c[i];
        probabilities(source, length, width, head, head_size, r, p);
        for (size_t t = 0; t < length; t++) {
            const float *key = source + t * stride + width + offset, *value = key + width;
            float *d_key = d_source + t * stride + width + offset, *d_value = d_key + width;
            double mask = kept(dropout, (uint32_t)(r * length + t)), dp = 0;
            for (size_t i = 0; i < head_size; i++) dp += (double)dc[i] * value[i] * mask;
            double ds = p[t] * (dp - inner) * scale;
            for (size_t i = 0; i < head_size; i++) {
                d_value[i] += (float)(p[t] * mask * dc[i]);
                d_query[i] += (float)(ds * key[i]);
                d_key[i] += (float)(ds * query[i]);
            }
        }
    }
}

const akin_training_kernels akin_training_plain = {
    AKIN_PLAIN, product_f32, product_transposed_f32, pack_f32, pack_transposed_f32, product_bf16, product_transposed_bf16, pack_bf16,
    pack_transposed_bf16, round_bf16, drop, drop_add_norm, norm_backward, activate, activate_backward, add_column_sums, add_scaled, sum_of_squares, cross_entropy,
    adamw, attention, attention_backward, 0, 0};
