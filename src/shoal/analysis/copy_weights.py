"""The weights of `copy_rule`, as `python -m shoal_training.copies ../shared` has printed them."""

# 68,950 pairs, 3,744 of them copies; 14.2% left open by the cheap signs
CHEAP = (-12.0189, -3.0413, 3.6256, -8.9961, 4.1269, 3.0521, -0.4701, 19.5369, -4.5826)
CLOSE = (
    -10.2797, -6.4563, 2.7840, -15.2204, 8.0888, -4.0661, -4.1212, -5.2410, -3.7628, 2.6232, 6.4040, 0.1971, 1.1380,
)  # fmt: skip
