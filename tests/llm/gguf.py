# SPDX-License-Identifier: GPL-3.0-or-later
"""A model of random weights as a GGUF file, for servers that want one.

A llama of one block whose tokens are characters and bytes. What it says is of
no use, but it is text, soon at its end: one number of a token's vector is the
same for all, so that a weight of the output's is the liking for a character.

GGUF: https://github.com/ggml-org/ggml/blob/master/docs/gguf.md
"""
import random
import struct

UINT32, INT32, FLOAT32, BOOL, STRING, ARRAY = 4, 5, 6, 7, 8, 9
NORMAL, UNKNOWN, CONTROL, BYTE = 1, 2, 3, 6
WIDTH, HEADS, INNER, CONTEXT = 32, 2, 64, 16384
ALIGNMENT = 32
SHORT = {"\"": 3.0, "]": 1.0, "}": 2.0}  # ends what it has begun
NEVER, CONSTANT = -30.0, 100.0


def text(value):
    raw = value.encode()
    return struct.pack("<Q", len(raw)) + raw


def vocabulary(bytes_only):
    """Pieces with their kinds; SentencePiece writes a blank as U+2581."""
    pieces = [("<unk>", UNKNOWN), ("<s>", CONTROL), ("</s>", CONTROL)]
    pieces += [("<0x%02X>" % byte, BYTE) for byte in range(256)]
    if bytes_only:
        return pieces
    pieces += [(chr(c), NORMAL) for c in range(0x21, 0x7f)]
    return pieces + [("\u2581", NORMAL)]


def liking(piece, kind, liked):
    if kind == UNKNOWN or piece == "<s>" or (
            kind == BYTE and piece not in ("<0x0A>", "<0x20>")):
        return NEVER
    return liked.get(piece, 0.0)


def settings(pieces, blank_first):
    def number(key, value):
        return text(key) + struct.pack("<II", UINT32, value)

    def array(key, kind, form, values):
        return text(key) + struct.pack("<IIQ", ARRAY, kind, len(values)) + (
            b"".join(map(text, values)) if kind == STRING else
            struct.pack("<%d%s" % (len(values), form), *values))

    def word(key, value):
        return text(key) + struct.pack("<I", STRING) + text(value)

    return [
        word("general.architecture", "llama"),
        word("general.name", "random"),
        number("llama.context_length", CONTEXT),
        number("llama.embedding_length", WIDTH),
        number("llama.block_count", 1),
        number("llama.feed_forward_length", INNER),
        number("llama.attention.head_count", HEADS),
        number("llama.rope.dimension_count", WIDTH // HEADS),
        number("llama.vocab_size", len(pieces)),
        text("llama.attention.layer_norm_rms_epsilon") +
        struct.pack("<If", FLOAT32, 1e-5),
        word("tokenizer.ggml.model", "llama"),
        array("tokenizer.ggml.tokens", STRING, "", [p for p, _ in pieces]),
        array("tokenizer.ggml.scores", FLOAT32, "f", [0.0] * len(pieces)),
        array("tokenizer.ggml.token_type", INT32, "i",
              [k for _, k in pieces]),
        number("tokenizer.ggml.unknown_token_id", 0),
        number("tokenizer.ggml.bos_token_id", 1),
        number("tokenizer.ggml.eos_token_id", 2),
        text("tokenizer.ggml.add_space_prefix") +
        struct.pack("<I?", BOOL, blank_first),
    ]


def tensors(pieces, liked):
    """(name, shape, rows); the last number of each vector is the constant."""
    dice = random.Random(1)

    def rows(count, width, constant=None):
        for row in range(count):
            values = [dice.gauss(0, 0.5) for _ in range(width)]
            if constant is not None:
                values[-1] = constant(row)
            yield values

    def still(count, width):
        """Nothing is added to the constant."""
        made = list(rows(count, width))
        made[-1] = [0.0] * width
        return made

    block = "blk.0."
    return [
        ("token_embd.weight", (WIDTH, len(pieces)),
         rows(len(pieces), WIDTH, lambda row: CONSTANT)),
        ("output_norm.weight", (WIDTH,), [[1.0] * WIDTH]),
        ("output.weight", (WIDTH, len(pieces)),
         rows(len(pieces), WIDTH, lambda row: liking(*pieces[row], liked))),
        (block + "attn_norm.weight", (WIDTH,), [[1.0] * WIDTH]),
        (block + "attn_q.weight", (WIDTH, WIDTH), rows(WIDTH, WIDTH)),
        (block + "attn_k.weight", (WIDTH, WIDTH), rows(WIDTH, WIDTH)),
        (block + "attn_v.weight", (WIDTH, WIDTH), rows(WIDTH, WIDTH)),
        (block + "attn_output.weight", (WIDTH, WIDTH), still(WIDTH, WIDTH)),
        (block + "ffn_norm.weight", (WIDTH,), [[1.0] * WIDTH]),
        (block + "ffn_gate.weight", (WIDTH, INNER), rows(INNER, WIDTH)),
        (block + "ffn_up.weight", (WIDTH, INNER), rows(INNER, WIDTH)),
        (block + "ffn_down.weight", (INNER, WIDTH), still(WIDTH, INNER)),
    ]


def write(path, liked=SHORT, bytes_only=False):
    """bytes_only: with a blank in front, as SentencePiece has it; llama.cpp
    cannot keep such a model in the form of a schema."""
    pieces = vocabulary(bytes_only)
    infos, data = [], b""
    for name, shape, rows in tensors(pieces, liked):
        infos.append(text(name) + struct.pack(
            "<I%dQIQ" % len(shape), len(shape), *shape, 0, len(data)))
        for row in rows:
            data += struct.pack("<%df" % len(row), *row)
        data += b"\0" * (-len(data) % ALIGNMENT)
    told = settings(pieces, bytes_only)
    head = b"GGUF" + struct.pack("<IQQ", 3, len(infos), len(told))
    head += b"".join(told) + b"".join(infos)
    with open(path, "wb") as out:
        out.write(head + b"\0" * (-len(head) % ALIGNMENT) + data)
