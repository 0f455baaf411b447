"""Writes tiny checkpoints of the families with gated feed-forward steps below Tests/AkinTransformersTests/Goldens/bert, and what `transformers`
computes from them.

Run:  pip install torch transformers tokenizers numpy && python tools/goldens_gated.py

The folders are as tools/goldens_families.py describes them. Settings and tensors have the names of the published models, and `transformers` reads
them back, so that names, halves and frequencies are checked as well. Where states are normalised before a step, the intermediates are those. The reference of JinaBERT is
tools/jina_bert.py.
"""

import json
import types

import torch
from transformers import GteConfig, GteModel, ModernBertConfig, ModernBertModel, NomicBertConfig, NomicBertModel

from goldens_bert import TEXTS
from goldens_families import TOKENIZERS, build, template, unigram, word_piece
from jina_bert import JinaBert

# Products of two results spread more than one: with more than this, rounding in a network of random weights tells nothing.
SPREAD = 1.0
LONG = "the quick brown fox and the other one in an inn; "


def modern():
    return json.loads((TOKENIZERS / "byte-pair" / "modern.json").read_text())


def modernbert(name, hidden, heads, layers, inner, settings, **others):
    last = layers - 1
    parts = {
        "attention.self": ("attn.Wo", "in"), "attention.output": ("mlp_norm", "out"), "intermediate": ("mlp.Wo", "in"),
        "output": (lambda layer: "final_norm" if layer == last else f"layers.{layer + 1}.attn_norm", "out")}
    settings = dict(hidden_size=hidden, num_attention_heads=heads, num_hidden_layers=layers, intermediate_size=inner, pad_token_id=1, **settings)
    build(name, ModernBertModel, ModernBertConfig(**settings), modern(), parts, layers="layers.", spread=SPREAD, settings=settings, **others)


# What NomicBert and GTE are called in `transformers`; layers are `layers.N`.
SHARED = {"attention.self": ("self_attn.o_proj", "in"), "attention.output": ("post_attention_layernorm", "out"),
          "intermediate": ("mlp.down_proj", "in"), "output": ("post_mlp_layernorm", "out")}


def renamed(state, names, joined):
    """The tensors under their published names: parts of names replaced in order, and tensors stacked where they are one."""
    result = dict(state)
    for whole, parts in joined.items():
        for first in [key for key in state if parts[0] in key]:
            result[first.replace(parts[0], whole)] = torch.cat([result.pop(first.replace(parts[0], part)) for part in parts])
    for old, new in names.items():
        result = {key.replace(old, new): value for key, value in result.items()}
    return result


def nomic_names(state):
    return renamed(
        state, {"embeddings.LayerNorm": "emb_ln", "layers.": "encoder.layers.", "self_attn.o_proj": "attn.out_proj", "mlp.up_proj": "mlp.fc11",
                "mlp.gate_proj": "mlp.fc12", "mlp.down_proj": "mlp.fc2", "post_attention_layernorm": "norm1", "post_mlp_layernorm": "norm2"},
        {"attn.Wqkv": ["self_attn.q_proj", "self_attn.k_proj", "self_attn.v_proj"]})


def gte_names(state):
    return renamed(
        state, {"layers.": "encoder.layer.", "self_attn.o_proj": "attention.o_proj", "post_attention_layernorm": "attn_ln", "post_mlp_layernorm": "mlp_ln"},
        {"attention.qkv_proj": ["self_attn.q_proj", "self_attn.k_proj", "self_attn.v_proj"], "mlp.up_gate_proj": ["mlp.up_proj", "mlp.gate_proj"]})


def words():
    return word_piece(["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"], template(("[CLS]", 2), ("[SEP]", 3)))


def nomic():
    shape = dict(hidden_size=24, num_attention_heads=3, num_hidden_layers=3, intermediate_size=44, max_position_embeddings=40)
    rope = dict(rope_parameters={"rope_theta": 500.0, "rope_type": "default"})
    build("nomic", NomicBertModel, NomicBertConfig(**shape, **rope), words(), SHARED, layers="layers.", spread=SPREAD,
          settings=dict(shape, **rope, hidden_act="silu", type_vocab_size=2, layer_norm_eps=1e-12), published=nomic_names)
    # The settings of nomic-embed-text-v1.5, for a smaller network.
    authors = dict(
        activation_function="swiglu", causal=False, layer_norm_epsilon=1e-5, max_trained_positions=40, mlp_fc1_bias=False, mlp_fc2_bias=False, n_embd=20, n_head=2, n_inner=36,
        n_layer=2, n_positions=160, parallel_block=False, prenorm=False, qkv_proj_bias=False, rotary_emb_base=1000, rotary_emb_fraction=1.0, rotary_emb_interleaved=False,
        rotary_emb_scale_base=None, rotary_scaling_factor=2, scale_attn_by_inverse_layer_idx=False, scale_attn_weights=True, type_vocab_size=2, use_rms_norm=False)
    config = NomicBertConfig(hidden_size=20, num_attention_heads=2, num_hidden_layers=2, intermediate_size=36, max_position_embeddings=160, layer_norm_eps=1e-5)
    build("nomic-authors", NomicBertModel, config, words(), SHARED, layers="layers.", spread=SPREAD, settings=authors, published=nomic_names)


def gte():
    shape = dict(hidden_size=24, num_attention_heads=3, num_hidden_layers=2, intermediate_size=40, max_position_embeddings=40, type_vocab_size=1)
    rope = dict(rope_parameters={"rope_theta": 160000.0, "rope_type": "default"})
    build("gte", GteModel, GteConfig(**shape, **rope), unigram(), SHARED, layers="layers.", spread=SPREAD,
          settings=dict(shape, **rope, hidden_act="gelu", layer_norm_eps=1e-12), published=gte_names)
    # The settings of gte-base-en-v1.5, whose frequencies `transformers` has under other names.
    factor, head = 8.0, 10
    authors = dict(
        hidden_act="gelu", hidden_size=20, intermediate_size=36, layer_norm_eps=1e-12, layer_norm_type="layer_norm", logn_attention_clip1=False, logn_attention_scale=False,
        max_position_embeddings=40, model_type="new", num_attention_heads=2, num_hidden_layers=2, pack_qkv=True, position_embedding_type="rope",
        rope_scaling={"factor": factor, "type": "ntk"}, rope_theta=20000, type_vocab_size=0, unpad_inputs=False)
    rope = {"rope_type": "linear", "rope_theta": 20000 * factor, "factor": factor ** (2 / head)}
    config = GteConfig(hidden_size=20, num_attention_heads=2, num_hidden_layers=2, intermediate_size=36, max_position_embeddings=40, type_vocab_size=0, rope_parameters=rope)
    build("gte-authors", GteModel, config, words(), SHARED, layers="layers.", prefix="new.", spread=SPREAD, settings=authors, published=gte_names)


def jina(name, hidden, heads, layers, inner, positions=40, **others):
    settings = dict(
        emb_pooler="mean", feed_forward_type="geglu", hidden_act="gelu", hidden_size=hidden, intermediate_size=inner, layer_norm_eps=1e-12, max_position_embeddings=positions,
        num_attention_heads=heads, num_hidden_layers=layers, position_embedding_type="alibi", type_vocab_size=2)
    parts = {"attention.self": ("attention.self", "out"), "attention.output": ("attention.output", "out"), "intermediate": ("mlp.wo", "in"), "output": ("mlp.layernorm", "out")}
    build(name, JinaBert, types.SimpleNamespace(model_type="bert", **settings), words(), parts, spread=SPREAD, settings=settings, positions=positions, **others)


if __name__ == "__main__":
    # As the model of the paper is described, and as newer files describe it.
    older = dict(global_attn_every_n_layers=3, global_rope_theta=160000.0, local_rope_theta=10000.0, norm_eps=1e-5, hidden_activation="gelu")
    modernbert("modernbert", 24, 3, 4, 40, dict(older, local_attention=8, max_position_embeddings=40, position_embedding_type="absolute"), prefix="model.")
    newer = dict(
        layer_types=["sliding_attention", "full_attention", "sliding_attention"], local_attention=5, attention_bias=True, mlp_bias=True, norm_bias=True,
        rope_parameters={"full_attention": {"rope_type": "linear", "rope_theta": 80000.0, "factor": 2.0}, "sliding_attention": {"rope_type": "default", "rope_theta": 5000.0}})
    modernbert("modernbert-new", 20, 2, 3, 30, dict(newer, max_position_embeddings=40, hidden_activation="gelu_pytorch_tanh"))
    modernbert("modernbert-long", 24, 2, 3, 24, dict(older, local_attention=128, max_position_embeddings=1500), positions=1500, texts=[LONG * 120, TEXTS[0]])
    nomic()
    gte()
    jina("jina", 24, 3, 2, 40)
    jina("jina-long", 16, 4, 1, 24, positions=900, prefix="bert.", texts=["the red bank and a river " * 170, TEXTS[0]])
