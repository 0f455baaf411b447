"""The peers: each is loaded with a number of threads and turns texts into unit vectors, as fast as it can.

All but sentence-transformers get the same treatment: texts sorted by length, batches of like lengths, and the arrangement of threads
that was the fastest for that library in bulk (each thread computes batches of its own) and for single queries (all threads on one).
"""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy
from tokenizers import Tokenizer

# A batch takes texts until it has this many, or this many tokens with padding.
BATCH_TEXTS = 16
BATCH_TOKENS = 1024


class BatchedPeer:
    """A library that maps (ids, mask) of one batch to vectors, behind tokenizer and batches."""

    def __init__(self, model, threads):
        self.tokenizer = Tokenizer.from_file(str(Path(model) / "tokenizer.json"))
        self.tokenizer.no_padding()
        self.tokenizer.enable_truncation(256)
        self.pool = ThreadPoolExecutor(threads)

    def encode(self, texts):
        """Vectors in the order of the texts, and how many tokens they had."""
        encoded = [encoding.ids for encoding in self.tokenizer.encode_batch(texts)]
        batches = list(self.batches(encoded))
        results = list(self.pool.map(lambda batch: self.vectors([encoded[index] for index in batch]), batches))
        vectors = numpy.empty((len(texts), results[0].shape[1]), numpy.float32)
        for batch, result in zip(batches, results):
            vectors[batch] = result
        return vectors, sum(map(len, encoded))

    def encode_one(self, text):
        return self.vectors([self.tokenizer.encode(text).ids])

    @staticmethod
    def batches(encoded):
        """Indices of texts of like lengths, longest first."""
        batch = []
        for index in sorted(range(len(encoded)), key=lambda index: -len(encoded[index])):
            if batch and (len(batch) == BATCH_TEXTS or (len(batch) + 1) * len(encoded[batch[0]]) > BATCH_TOKENS):
                yield batch
                batch = []
            batch.append(index)
        yield batch

    @staticmethod
    def padded(encoded):
        ids = numpy.zeros((len(encoded), max(map(len, encoded))), numpy.int64)
        mask = numpy.zeros_like(ids)
        for row, one in enumerate(encoded):
            ids[row, : len(one)] = one
            mask[row, : len(one)] = 1
        return ids, mask


class ONNXRuntime(BatchedPeer):
    def __init__(self, graph, model, threads, bulk):
        import onnxruntime

        super().__init__(model, threads if bulk else 1)
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1 if bulk else threads
        options.inter_op_num_threads = 1
        self.session = onnxruntime.InferenceSession(str(graph), options, providers=["CPUExecutionProvider"])

    def vectors(self, encoded):
        ids, mask = self.padded(encoded)
        return self.session.run(None, {"input_ids": ids, "attention_mask": mask})[0]


class OpenVINO(BatchedPeer):
    def __init__(self, graph, model, threads, bulk, precision="f32"):
        import openvino

        super().__init__(model, threads if bulk else 1)
        self.compiled = openvino.Core().compile_model(
            graph, "CPU",
            {
                "INFERENCE_NUM_THREADS": threads,
                "NUM_STREAMS": threads if bulk else 1,
                "INFERENCE_PRECISION_HINT": precision,
                "ENABLE_CPU_PINNING": False,
            })
        # A request for each thread of the pool: one may not be used by two at a time.
        self.requests = [self.compiled.create_infer_request() for _ in range(threads if bulk else 1)]

    def vectors(self, encoded):
        ids, mask = self.padded(encoded)
        request = self.requests.pop()
        vectors = request.infer({"input_ids": ids, "attention_mask": mask})[0].copy()
        self.requests.append(request)
        return vectors


class CTranslate2(BatchedPeer):
    def __init__(self, folder, model, threads, bulk, kind):
        import ctranslate2

        super().__init__(model, threads if bulk else 1)
        self.encoder = ctranslate2.Encoder(
            str(folder), compute_type=kind, inter_threads=threads if bulk else 1, intra_threads=1 if bulk else threads)

    def vectors(self, encoded):
        states = numpy.array(self.encoder.forward_batch(encoded).last_hidden_state, copy=False)
        mask = self.padded(encoded)[1][:, :, None]
        pooled = (states * mask).sum(1) / mask.sum(1)
        return pooled / numpy.linalg.norm(pooled, axis=1, keepdims=True)


class SentenceTransformers:
    """The library itself, which sorts by length and makes batches of 32."""

    def __init__(self, model, threads, kind):
        import torch
        from sentence_transformers import SentenceTransformer

        torch.set_num_threads(threads)
        self.model = SentenceTransformer(str(model), device="cpu", local_files_only=True, model_kwargs={"dtype": getattr(torch, kind)})
        self.tokenizer = Tokenizer.from_file(str(Path(model) / "tokenizer.json"))
        self.tokenizer.no_padding()
        self.tokenizer.enable_truncation(256)

    def encode(self, texts):
        vectors = self.model.encode(texts, batch_size=BATCH_TEXTS, show_progress_bar=False, convert_to_numpy=True)
        return numpy.asarray(vectors, numpy.float32), None

    def encode_one(self, text):
        return self.model.encode([text], show_progress_bar=False, convert_to_numpy=True)


# Name of a peer to a function of (folder of converted models, folder of the model, threads, whether texts come in bulk).
PEERS = {
    "sentence-transformers fp32": lambda made, model, threads, bulk: SentenceTransformers(model, threads, "float32"),
    "sentence-transformers bf16": lambda made, model, threads, bulk: SentenceTransformers(model, threads, "bfloat16"),
    "onnxruntime fp32": lambda made, *rest: ONNXRuntime(made / "plain.onnx", *rest),
    "onnxruntime fused fp32": lambda made, *rest: ONNXRuntime(made / "fused.onnx", *rest),
    "onnxruntime int8": lambda made, *rest: ONNXRuntime(made / "plain-int8.onnx", *rest),
    "onnxruntime fused int8": lambda made, *rest: ONNXRuntime(made / "fused-int8.onnx", *rest),
    "openvino fp32": lambda made, *rest: OpenVINO(made / "plain.onnx", *rest),
    "openvino bf16": lambda made, *rest: OpenVINO(made / "plain.onnx", *rest, precision="bf16"),
    "openvino int8": lambda made, *rest: OpenVINO(made / "openvino-int8.xml", *rest),
    "ctranslate2 fp32": lambda made, *rest: CTranslate2(made / "ctranslate2", *rest, kind="float32"),
    "ctranslate2 int8": lambda made, *rest: CTranslate2(made / "ctranslate2", *rest, kind="int8"),
}
