// The training kernels, written once over the vector words that activation_template.h lists.
//
// No include guard: it is included once by each training_<set>.c.
#define TRAINING_PRODUCTS
#include "activation_template.h"
#include "product_template.h"

#include "training_rows.h"
#include "training_losses.h"

#define ELEMENT float
#define STEPS(depth) (depth)
#define PRODUCT(name) name
#define NAMED(name) name##_f32
#include "training_product.h"

#include "training_packing.h"
#include "training_attention_rows.h"

#define LEFT(x, rows, columns, stride, y) (x)
#define LEFT_STRIDE(columns, stride) (stride)
#define LEFT_TURNED(x, rows, columns, y) (x)
#define RIGHT copy_rows
#define RIGHT_TURNED turn_rows
#include "training_attention.h"
