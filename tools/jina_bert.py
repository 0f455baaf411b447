"""JinaBERT v2 in plain PyTorch, which `transformers` does not have: the reference for tools/goldens_gated.py.

Written from Günther et al. 2023, "Jina Embeddings 2" (symmetric ALiBi, GEGLU, post-normalised), Press, Smith and Lewis 2022, "Train Short, Test Long"
(the slopes), and the settings and tensor names of jinaai/jina-embeddings-v2-base-en. Modules have the names of its tensors.
"""

import math

import torch
from torch import nn


def slopes(heads):
    """2^(−8/n), 2^(−16/n), …; where n is no power of two, those of the power below and then every other one of the power above."""
    power = 2 ** math.floor(math.log2(heads))
    first = [2 ** (-8 * (head + 1) / power) for head in range(power)]
    return first + [2 ** (-8 * (head + 1) / (2 * power)) for head in range(0, 2 * (heads - power), 2)]


class Embeddings(nn.Module):
    def __init__(self, config):
        super().__init__()
        self.word_embeddings = nn.Embedding(config.vocab_size, config.hidden_size)
        self.token_type_embeddings = nn.Embedding(config.type_vocab_size, config.hidden_size)
        self.LayerNorm = nn.LayerNorm(config.hidden_size, eps=config.layer_norm_eps)

    def forward(self, ids):
        return self.LayerNorm(self.word_embeddings(ids) + self.token_type_embeddings(torch.zeros_like(ids)))


class SelfAttention(nn.Module):
    def __init__(self, config):
        super().__init__()
        self.heads = config.num_attention_heads
        self.query, self.key, self.value = (nn.Linear(config.hidden_size, config.hidden_size) for _ in range(3))

    def forward(self, states):
        batch, length, hidden = states.shape
        query, key, value = (part(states).view(batch, length, self.heads, -1).transpose(1, 2) for part in (self.query, self.key, self.value))
        places = torch.arange(length)
        bias = -torch.tensor(slopes(self.heads))[:, None, None] * (places[None, :] - places[:, None]).abs()
        scores = query @ key.transpose(2, 3) / math.sqrt(hidden // self.heads) + bias
        return (scores.softmax(-1) @ value).transpose(1, 2).reshape(batch, length, hidden)


class Residual(nn.Module):
    def __init__(self, config):
        super().__init__()
        self.dense = nn.Linear(config.hidden_size, config.hidden_size)
        self.LayerNorm = nn.LayerNorm(config.hidden_size, eps=config.layer_norm_eps)

    def forward(self, result, states):
        return self.LayerNorm(self.dense(result) + states)


class Attention(nn.Module):
    def __init__(self, config):
        super().__init__()
        self.self = SelfAttention(config)
        self.output = Residual(config)

    def forward(self, states):
        return self.output(self.self(states), states)


class GatedStep(nn.Module):
    def __init__(self, config):
        super().__init__()
        self.gated_layers = nn.Linear(config.hidden_size, 2 * config.intermediate_size, bias=False)
        self.wo = nn.Linear(config.intermediate_size, config.hidden_size)
        self.layernorm = nn.LayerNorm(config.hidden_size, eps=config.layer_norm_eps)

    def forward(self, states):
        opened, gate = self.gated_layers(states).chunk(2, -1)
        return self.layernorm(self.wo(nn.functional.gelu(opened) * gate) + states)


class Layer(nn.Module):
    def __init__(self, config):
        super().__init__()
        self.attention = Attention(config)
        self.mlp = GatedStep(config)

    def forward(self, states):
        return self.mlp(self.attention(states))


class Encoder(nn.Module):
    def __init__(self, config):
        super().__init__()
        self.layer = nn.ModuleList(Layer(config) for _ in range(config.num_hidden_layers))

    def forward(self, states):
        for layer in self.layer:
            states = layer(states)
        return states


class Result:
    def __init__(self, states):
        self.last_hidden_state = states


class JinaBert(nn.Module):
    def __init__(self, config):
        super().__init__()
        self.config = config
        self.embeddings = Embeddings(config)
        self.encoder = Encoder(config)

    def forward(self, ids):
        return Result(self.encoder(self.embeddings(ids)))
