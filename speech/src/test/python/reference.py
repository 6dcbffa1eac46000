"""Reference values of log mel energies, computed from the published definitions with numpy in float64.

Whisper (Radford et al. 2022, and its public audio.py): reflect padding, periodic Hann window of 400, hop 160, power
spectrum, 80 Slaney-normalized Slaney-scale filters (librosa.filters.mel), log10, clip to 8 below the maximum, (x + 4) / 4.
Kaldi (feature-fbank.cc, defaults but for dither 0, Hamming window, 80 bins): samples as 16-bit integers, DC removed,
preemphasis 0.97, FFT of 512, triangles straight on the HTK mel scale from 20 Hz to 8000 Hz, natural logarithm, and here
the mean of each bin over the frames taken away.

Run: python3 reference.py > ../resources/org/avatarengine/speech/signal/logmel.json
"""
import json
import numpy as np

RATE = 16000
t = np.arange(RATE) / RATE
# Samples are stored as 32-bit floats by the program.
signal = (0.3 * np.sin(2 * np.pi * 220 * t) + 0.2 * np.sin(2 * np.pi * (500 + 1500 * t) * t)
          + 0.05 * np.sin(2 * np.pi * 3100 * t)).astype(np.float32).astype(np.float64)


def hz_to_mel_slaney(f):
    f = np.asarray(f, float)
    return np.where(f < 1000, f / (200.0 / 3), 15 + np.log(np.maximum(f, 1e-9) / 1000) / (np.log(6.4) / 27))


def mel_to_hz_slaney(m):
    m = np.asarray(m, float)
    return np.where(m < 15, m * 200.0 / 3, 1000 * np.exp((m - 15) * np.log(6.4) / 27))


def whisper(x, n_mels=80):
    x = np.pad(x, (0, 480000 - len(x)))
    x = np.pad(x, 200, mode="reflect")
    window = 0.5 - 0.5 * np.cos(2 * np.pi * np.arange(400) / 400)
    frames = np.stack([x[i * 160:i * 160 + 400] * window for i in range(3000)])
    power = np.abs(np.fft.rfft(frames, axis=1)) ** 2
    freqs = np.linspace(0, RATE / 2, 201)
    points = mel_to_hz_slaney(np.linspace(hz_to_mel_slaney(0), hz_to_mel_slaney(RATE / 2), n_mels + 2))
    weights = np.zeros((n_mels, 201))
    for m in range(n_mels):
        lower = (freqs - points[m]) / (points[m + 1] - points[m])
        upper = (points[m + 2] - freqs) / (points[m + 2] - points[m + 1])
        weights[m] = np.maximum(0, np.minimum(lower, upper)) * 2 / (points[m + 2] - points[m])
    log = np.log10(np.maximum(power @ weights.T, 1e-10))
    log = np.maximum(log, log.max() - 8)
    return (log + 4) / 4


def kaldi(x, n_mels=80):
    x = x * 32768
    frames = 1 + (len(x) - 400) // 160
    window = 0.54 - 0.46 * np.cos(2 * np.pi * np.arange(400) / 399)
    mel = lambda f: 1127 * np.log(1 + f / 700)
    points = np.linspace(mel(20), mel(RATE / 2), n_mels + 2)
    bins = mel(np.arange(257) * RATE / 512)
    weights = np.zeros((n_mels, 257))
    for m in range(n_mels):
        up = (bins - points[m]) / (points[m + 1] - points[m])
        down = (points[m + 2] - bins) / (points[m + 2] - points[m + 1])
        weights[m] = np.maximum(0, np.minimum(up, down))
    out = []
    for i in range(frames):
        f = x[i * 160:i * 160 + 400]
        f = f - f.mean()
        f = np.concatenate([[f[0] - 0.97 * f[0]], f[1:] - 0.97 * f[:-1]]) * window
        power = np.abs(np.fft.rfft(f, 512)) ** 2
        out.append(np.log(np.maximum(power @ weights.T, 1.1920929e-07)))
    out = np.array(out)
    return out - out.mean(0)


w = whisper(signal)
k = kaldi(signal)
print(json.dumps({
    "whisper": {str(i): [round(v, 6) for v in w[i]] for i in (0, 1, 50, 99, 100, 101, 2999)},
    "kaldi": {str(i): [round(v, 5) for v in k[i]] for i in (0, 40, len(k) - 1)}, "kaldiFrames": len(k)}))
