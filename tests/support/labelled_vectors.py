"""Unit rows with known folders."""

import numpy as np


def on_circle(*degrees: float) -> np.ndarray:
    angles = np.radians(degrees)
    return np.stack([np.cos(angles), np.sin(angles)], axis=1).astype(np.float32)


def noisy_folders(folders: int, each: int, noise: float, seed: int = 0) -> tuple[np.ndarray, np.ndarray]:
    random = np.random.default_rng(seed)
    vectors = (
        np.repeat(random.normal(size=(folders, 24)), each, axis=0) + random.normal(size=(folders * each, 24)) * noise
    )
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    return vectors.astype(np.float32), np.repeat(np.arange(folders, dtype=np.int32), each)
