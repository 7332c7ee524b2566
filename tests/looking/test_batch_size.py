from shoal.looking.batch_size import BatchSize


def run(size: BatchSize, seconds_for: dict[int, float]) -> list[int]:
    """The sizes that were tried, one after the other."""
    tried = []
    for _ in range(8):
        tried.append(size.now)
        size.took(size.now, seconds_for[size.now])
    return tried


def test_it_grows_while_that_is_quicker_and_goes_back_one_step():
    seconds = {32: 3.2, 64: 4.0, 128: 6.0, 256: 12.0}
    assert run(BatchSize(32, 512), seconds) == [32, 64, 128, 256, 128, 128, 128, 128]


def test_it_never_grows_beyond_what_is_allowed():
    seconds = {32: 3.2, 64: 3.2, 100: 3.2}
    assert run(BatchSize(32, 100), seconds) == [32, 64, 100, 100, 100, 100, 100, 100]
    assert run(BatchSize(4, 4), {4: 1.0}) == [4] * 8


def test_memory_that_runs_out_ends_the_growing():
    size = BatchSize(32, 512)
    size.took(32, 3.2)
    size.did_not_fit(64)
    assert size.now == 32
    size.took(32, 0.1)
    size.did_not_fit(32)
    size.took(16, 0.1)
    assert size.now == 16


def test_a_batch_that_was_not_full_says_nothing():
    size = BatchSize(32, 512)
    size.took(7, 0.001)
    assert size.now == 32
