"""Makes the fixtures of DecoderTest: tiny decoders with random weights, and what they must answer.

The expected logits are computed here in float64 with numpy, one position at a time, straight from the papers:
RMSNorm (Zhang and Sennrich 2019), rotary embedding as a rotation in the complex plane (Su et al. 2021), attention with
shared keys and values (Ainslie et al. 2023), SwiGLU (Shazeer 2020), low-rank changes (Hu et al. 2021). Nothing of the
program under test is used.

    python3 reference.py ../resources/org/avatarengine/slm/fixtures
"""
import json, os, struct, sys
import numpy as np

IDS = [3, 17, 5, 5, 29, 0, 11, 23]

def bfloat16(x):
    """Nearest bfloat16, as float32."""
    bits = np.asarray(x, np.float32).view(np.uint32).astype(np.uint64)
    bits = (bits + 0x7FFF + ((bits >> 16) & 1)) >> 16
    return (bits.astype(np.uint32) << 16).view(np.float32)

def safetensors(path, tensors, dtype):
    header, blobs, at = {}, [], 0
    for name, t in tensors.items():
        t = np.ascontiguousarray(t, np.float32)
        raw = t.tobytes() if dtype == "F32" else (t.view(np.uint32) >> 16).astype(np.uint16).tobytes()
        header[name] = {"dtype": dtype, "shape": list(t.shape), "data_offsets": [at, at + len(raw)]}
        blobs.append(raw); at += len(raw)
    head = json.dumps(header).encode()
    with open(path, "wb") as f:
        f.write(struct.pack("<Q", len(head)) + head + b"".join(blobs))

def norm(x, w, eps):
    return x / np.sqrt(np.mean(x * x) + eps) * w

def frequencies(c):
    d = c["head_dim"]
    f = np.array([c["rope_theta"] ** (-2.0 * i / d) for i in range(d // 2)])
    s = c.get("rope_scaling")
    if s and s["rope_type"] == "linear":
        return f / s["factor"]
    if s and s["rope_type"] == "llama3":
        out = []
        for v in f:
            turns = s["original_max_position_embeddings"] * v / (2 * np.pi)
            lo, hi = s["low_freq_factor"], s["high_freq_factor"]
            part = min(1.0, max(0.0, (turns - lo) / (hi - lo)))
            out.append(v * part + v / s["factor"] * (1 - part))
        return np.array(out)
    return f

def turn(x, position, f):
    """Pairs (i, i + d/2) are complex numbers, turned by position times frequency."""
    half = len(x) // 2
    z = (x[:half] + 1j * x[half:]) * np.exp(1j * position * f)
    return np.concatenate([z.real, z.imag])

def logits(c, w, ids, lora=None):
    def project(name, x):
        y = w[name + ".weight"].astype(np.float64) @ x
        if name + ".bias" in w:
            y = y + w[name + ".bias"]
        if lora and "base_model.model." + name + ".lora_A.weight" in lora["weights"]:
            a = lora["weights"]["base_model.model." + name + ".lora_A.weight"].astype(np.float64)
            b = lora["weights"]["base_model.model." + name + ".lora_B.weight"].astype(np.float64)
            y = y + lora["alpha"] / lora["r"] * (b @ (a @ x))
        return y
    d, eps = c["head_dim"], c["rms_norm_eps"]
    group = c["num_attention_heads"] // c["num_key_value_heads"]
    f = frequencies(c)
    keys = [[] for _ in range(c["num_hidden_layers"])]
    values = [[] for _ in range(c["num_hidden_layers"])]
    out = []
    for position, token in enumerate(ids):
        x = w["model.embed_tokens.weight"][token].astype(np.float64)
        for layer in range(c["num_hidden_layers"]):
            p = f"model.layers.{layer}."
            h = norm(x, w[p + "input_layernorm.weight"], eps)
            q = project(p + "self_attn.q_proj", h).reshape(-1, d)
            k = project(p + "self_attn.k_proj", h).reshape(-1, d)
            v = project(p + "self_attn.v_proj", h).reshape(-1, d)
            keys[layer].append(np.array([turn(head, position, f) for head in k]))
            values[layer].append(v)
            mixed = []
            for head in range(c["num_attention_heads"]):
                query = turn(q[head], position, f)
                scores = np.array([query @ past[head // group] for past in keys[layer]]) / np.sqrt(d)
                weights = np.exp(scores - scores.max()); weights /= weights.sum()
                mixed.append(sum(a * past[head // group] for a, past in zip(weights, values[layer])))
            x = x + project(p + "self_attn.o_proj", np.concatenate(mixed))
            h = norm(x, w[p + "post_attention_layernorm.weight"], eps)
            gate = project(p + "mlp.gate_proj", h)
            x = x + project(p + "mlp.down_proj", gate / (1 + np.exp(-gate)) * project(p + "mlp.up_proj", h))
        x = norm(x, w["model.norm.weight"], eps)
        head = w["model.embed_tokens.weight" if c["tie_word_embeddings"] else "lm_head.weight"].astype(np.float64)
        out.append(head @ x)
    return np.array(out)

def weights(c, seed, rounded):
    g = np.random.default_rng(seed)
    def random(*shape, mean=0.0, scale=0.3):
        x = (mean + scale * g.standard_normal(shape)).astype(np.float32)
        return bfloat16(x) if rounded else x
    d, h, i = c["head_dim"], c["hidden_size"], c["intermediate_size"]
    q, kv = c["num_attention_heads"] * d, c["num_key_value_heads"] * d
    w = {"model.embed_tokens.weight": random(c["vocab_size"], h), "model.norm.weight": random(h, mean=1.0, scale=0.1)}
    if not c["tie_word_embeddings"]:
        w["lm_head.weight"] = random(c["vocab_size"], h)
    for layer in range(c["num_hidden_layers"]):
        p = f"model.layers.{layer}."
        w[p + "input_layernorm.weight"] = random(h, mean=1.0, scale=0.1)
        w[p + "post_attention_layernorm.weight"] = random(h, mean=1.0, scale=0.1)
        for name, rows, columns in [("self_attn.q_proj", q, h), ("self_attn.k_proj", kv, h), ("self_attn.v_proj", kv, h),
                                    ("self_attn.o_proj", h, q), ("mlp.gate_proj", i, h), ("mlp.up_proj", i, h),
                                    ("mlp.down_proj", h, i)]:
            w[p + name + ".weight"] = random(rows, columns)
            if c["model_type"] == "qwen2" and name[-6:] in ("q_proj", "k_proj", "v_proj"):
                w[p + name + ".bias"] = random(rows)
    return w

def config(**more):
    c = dict(model_type="llama", vocab_size=32, hidden_size=16, intermediate_size=24, num_hidden_layers=2,
             num_attention_heads=4, num_key_value_heads=2, head_dim=4, hidden_act="silu", rms_norm_eps=1e-5,
             rope_theta=10000.0, max_position_embeddings=64, tie_word_embeddings=False)
    c.update(more)
    return c

def write(folder, name, content):
    os.makedirs(folder, exist_ok=True)
    with open(os.path.join(folder, name), "w") as f:
        json.dump(content, f, indent=1)

def main(root):
    cases = {
        "llama": (config(), 1, "F32"),
        "qwen2": (config(model_type="qwen2", tie_word_embeddings=True, rope_theta=1e6, rms_norm_eps=1e-6), 2, "F32"),
        "sharded": (config(num_key_value_heads=4, head_dim=6, num_hidden_layers=3,
                           rope_scaling=dict(rope_type="llama3", factor=8.0, low_freq_factor=1.0, high_freq_factor=4.0,
                                             original_max_position_embeddings=32)), 3, "BF16"),
    }
    for name, (c, seed, dtype) in cases.items():
        folder = os.path.join(root, name)
        w = weights(c, seed, dtype == "BF16")
        write(folder, "config.json", c)
        expected = dict(ids=IDS, logits=[[float(f"{v:.9g}") for v in row] for row in logits(c, w, IDS)])
        if name == "sharded":
            names = sorted(w)
            parts = {"model-00001-of-00002.safetensors": names[::2], "model-00002-of-00002.safetensors": names[1::2]}
            for part, some in parts.items():
                safetensors(os.path.join(folder, part), {n: w[n] for n in some}, dtype)
            write(folder, "model.safetensors.index.json",
                  dict(metadata={}, weight_map={n: part for part, some in parts.items() for n in some}))
        else:
            safetensors(os.path.join(folder, "model.safetensors"), w, dtype)
        if name == "llama":
            g = np.random.default_rng(9)
            lora = dict(r=3, alpha=6.0, weights={})
            for layer in range(c["num_hidden_layers"]):
                for module in ("self_attn.q_proj", "mlp.down_proj"):
                    rows, columns = w[f"model.layers.{layer}.{module}.weight"].shape
                    p = f"base_model.model.model.layers.{layer}.{module}"
                    lora["weights"][p + ".lora_A.weight"] = (0.3 * g.standard_normal((3, columns))).astype(np.float32)
                    lora["weights"][p + ".lora_B.weight"] = (0.3 * g.standard_normal((rows, 3))).astype(np.float32)
            write(os.path.join(folder, "adapter"), "adapter_config.json",
                  dict(peft_type="LORA", task_type="CAUSAL_LM", r=3, lora_alpha=6.0, target_modules=["q_proj", "down_proj"]))
            safetensors(os.path.join(folder, "adapter", "adapter_model.safetensors"), lora["weights"], "F32")
            expected["adapted"] = [[float(f"{v:.9g}") for v in row] for row in logits(c, w, IDS, lora)]
        write(folder, "expected.json", expected)

main(sys.argv[1])
