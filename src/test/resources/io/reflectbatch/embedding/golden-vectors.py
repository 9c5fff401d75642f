#!/usr/bin/env python3
"""Writes golden-vectors.json: all-MiniLM-L6-v2 computed without ONNX Runtime and without the Hugging Face tokenizer.

WordPiece after google-research/bert tokenization.py; the forward pass of BERT in numpy, in double precision, with the
weights of the fp32 ONNX file. Needs Python 3 and numpy.

    golden-vectors.py all-minilm-l6-v2.onnx all-minilm-l6-v2-tokenizer.json > golden-vectors.json
"""
import json, math, sys, unicodedata
import numpy as np

WORDS = ("The importer reads conversation logs, splits every message into windows of tokens and writes one vector for "
         "each window to the store; when the process is killed it continues where it was, without losing or repeating "
         "anything. Retrying failed requests needs idempotent identifiers, bounded waits and a clear error message. ")
TEXTS = [
    ("This is an example sentence", 128),
    ("", 128),
    ("USER: Why does the Spring Batch job restart from the beginning?\nASSISTANT: Because every run gets new identifying "
     "parameters.", 128),
    (WORDS * 6, 128),
    (WORDS * 6, 256),
    ("public static void main(String[] args) {\n\tSystem.exit(SpringApplication.exit(context, () -> exit_code));\n}", 128),
    ("向量数据库保存对话的嵌入，重新启动后从上次的位置继续。", 128),
    ("会話ログをベクトルに変換して保存します。再起動してもデータは失われません。", 128),
    ("벡터 저장소에 대화를 저장하고 다시 시작합니다", 128),
    ("Импорт журналов разговоров в векторное хранилище; ёлка и йод.", 128),
    ("Deploy finished \U0001F680 all tests green ✅ thanks \U0001F44D\U0001F3FD!", 128),
    ("Café naïve Übergröße Cafe\u0301 ﬁle Ångström", 128),
    ("a\u0000b\u0007c\u200b d\u00a0e\u3000f \ufffd g", 128),
    ("curl -sS https://example.org/api/v1?x=1&y=%20 | jq '.items[] | {id, name}'  # 3.14159e-10", 128),
    ("x" * 150 + " supercalifragilisticexpialidocious " + "y" * 100, 128),
]


def varint(b, i):
    value = shift = 0
    while True:
        byte = b[i]
        i += 1
        value |= (byte & 127) << shift
        shift += 7
        if byte < 128:
            return value, i


def fields(b):
    """The fields of a protobuf message: number and value."""
    i = 0
    while i < len(b):
        key, i = varint(b, i)
        number, wire = key >> 3, key & 7
        if wire == 0:
            value, i = varint(b, i)
        else:
            size, i = varint(b, i) if wire == 2 else ({1: 8, 5: 4}[wire], i)
            value, i = b[i:i + size], i + size
        yield number, value


def read_graph(path):
    """Initializers by name, and for every node its name and inputs (onnx.proto)."""
    tensors, nodes = {}, {}
    graph = next(v for n, v in fields(memoryview(open(path, "rb").read())) if n == 7)
    for number, value in fields(graph):
        if number == 5:
            dims, kind, name, raw = [], 0, "", b""
            for n, v in fields(value):
                if n == 1:
                    dims.append(v)
                elif n == 2:
                    kind = v
                elif n == 8:
                    name = bytes(v).decode()
                elif n == 9:
                    raw = bytes(v)
            if kind == 1:
                tensors[name] = np.frombuffer(raw, "<f4").reshape(dims).astype(np.float64)
        elif number == 1:
            node = list(fields(value))
            nodes[bytes(next(v for n, v in node if n == 3)).decode()] = [bytes(v).decode() for n, v in node if n == 1]
    return tensors, nodes


def words(text):
    """BasicTokenizer, uncased."""
    spaced = []
    for c in text:
        category = unicodedata.category(c)
        if c in "\t\n\r" or category == "Zs":
            spaced.append(" ")
        elif c == "\ufffd" or category in ("Cc", "Cf"):
            continue
        elif 0x4E00 <= ord(c) <= 0x9FFF:
            spaced.append(" " + c + " ")
        else:
            spaced.append(c)
    for word in "".join(spaced).split():
        word = "".join(c for c in unicodedata.normalize("NFD", word) if unicodedata.category(c) != "Mn").lower()
        current = ""
        for c in word:
            if 33 <= ord(c) <= 47 or 58 <= ord(c) <= 64 or 91 <= ord(c) <= 96 or 123 <= ord(c) <= 126 \
                    or unicodedata.category(c).startswith("P"):
                if current:
                    yield current
                yield c
                current = ""
            else:
                current += c
        if current:
            yield current


def pieces(word, vocabulary):
    """WordpieceTokenizer: greedy, longest first."""
    if len(word) > 100:
        return ["[UNK]"]
    found, start = [], 0
    while start < len(word):
        for end in range(len(word), start, -1):
            piece = ("##" if start else "") + word[start:end]
            if piece in vocabulary:
                break
        else:
            return ["[UNK]"]
        found.append(piece)
        start = end
    return found


def tokens(text, vocabulary):
    return [vocabulary[p] for word in words(text) for p in pieces(word, vocabulary)]


def layer_norm(x, weight, bias):
    centred = x - x.mean(-1, keepdims=True)
    return centred / np.sqrt((centred ** 2).mean(-1, keepdims=True) + 1e-12) * weight + bias


erf = np.vectorize(math.erf)


def forward(ids, tensors, nodes):
    embeddings = {k: tensors["embeddings.%s.weight" % k] for k in
                  ("word_embeddings", "position_embeddings", "token_type_embeddings")}
    x = embeddings["word_embeddings"][ids] + embeddings["position_embeddings"][:len(ids)] \
        + embeddings["token_type_embeddings"][0]
    x = layer_norm(x, tensors["embeddings.LayerNorm.weight"], tensors["embeddings.LayerNorm.bias"])
    for layer in range(6):
        def dense(value, part):
            weight = next(i for i in nodes["/encoder/layer.%d/%s/MatMul" % (layer, part)] if i in tensors)
            return value @ tensors[weight] + tensors["encoder.layer.%d.%s.bias" % (layer, part.replace("/", "."))]

        def norm(value, part):
            name = "encoder.layer.%d.%s.LayerNorm." % (layer, part)
            return layer_norm(value, tensors[name + "weight"], tensors[name + "bias"])
        query, key, value = (dense(x, "attention/self/" + part).reshape(len(ids), 12, 32).transpose(1, 0, 2)
                             for part in ("query", "key", "value"))
        scores = query @ key.transpose(0, 2, 1) / math.sqrt(32)
        scores = np.exp(scores - scores.max(-1, keepdims=True))
        attended = (scores / scores.sum(-1, keepdims=True) @ value).transpose(1, 0, 2).reshape(len(ids), 384)
        x = norm(dense(attended, "attention/output/dense") + x, "attention.output")
        inner = dense(x, "intermediate/dense")
        x = norm(dense(inner * 0.5 * (1 + erf(inner / math.sqrt(2))), "output/dense") + x, "output")
    mean = x.mean(0)
    return mean / np.linalg.norm(mean)


def main(model, tokenizer):
    vocabulary = json.load(open(tokenizer, encoding="utf-8"))["model"]["vocab"]
    tensors, nodes = read_graph(model)
    golden = []
    for text, maximum in TEXTS:
        body = tokens(text, vocabulary)
        ids = [101] + body[:maximum - 2] + [102]
        golden.append({"text": text, "maximumTokens": maximum, "tokens": len(body), "ids": ids,
                       "vector": [round(float(v), 7) for v in forward(ids, tensors, nodes)]})
    print("[\n" + ",\n".join(json.dumps(g) for g in golden) + "\n]")


main(*sys.argv[1:])
