"""Rules of a few lines each: curves, letterboxes, keys of clusters, order of names, downloads, words for verdicts."""

import numpy as np
import pytest

from shoal.domain.copies import FIELDS, WAVES, SmallLooks, many_looks
from shoal.domain.digits import Claim, clusters_by_digit, given, with_newcomers
from shoal.domain.edited_names import made_from
from shoal.domain.extension_points import Download
from shoal.domain.grouping import ClusterId
from shoal.domain.input_geometry import InputGeometry, letterbox_place
from shoal.domain.k_curve import NUMBER, SMALLEST, KCurve
from shoal.domain.marks import REJECTED, Marks
from shoal.domain.natural_order import in_natural_order, natural_keys
from shoal.domain.verdict_marks import verdict_of
from shoal.domain.verdict_words import mark_label
from shoal.domain.verdicts import FLAG, STARS, UNSAID


@pytest.mark.parametrize(
    ("counts", "silhouettes", "best"),
    [((2, 3, 4), (0.1, 0.5, 0.2), 3), ((2, 3, 4), (0.5, 0.1, 0.5), 2), ((7,), (-0.3,), 7), ((), (), 1)],
)
def test_the_best_number_of_clusters_is_the_fewest_of_the_best_fitting(counts, silhouettes, best):
    assert KCurve(counts, silhouettes).best == best
    assert KCurve(counts, silhouettes).tried == NUMBER
    assert KCurve(counts, silhouettes, found=(1,) * len(counts) or (1,)).tried == SMALLEST


@pytest.mark.parametrize(
    ("size", "place"),
    [
        ((640, 480), (0.5, 0, 40)), ((480, 640), (0.5, 40, 0)), ((320, 320), (1.0, 0, 0)),
        ((160, 80), (2.0, 0, 80)), ((3200, 1), (0.1, 0, 159)), ((1, 3200), (0.1, 159, 0)),
    ],
)  # fmt: skip
def test_a_letterbox_holds_the_whole_picture_in_its_middle(size, place):
    assert letterbox_place(320, *size) == place


def test_borders_are_cut_off_but_where_another_program_would_not():
    assert InputGeometry(224, 256).trims
    assert InputGeometry(224, 256, sampling="bicubic").trims
    assert not InputGeometry(224, 256, "cut").trims
    for sampling in ("whole", "point"):
        assert not InputGeometry(224, 256, sampling=sampling).trims
    assert InputGeometry(224, 256).framing != InputGeometry(224, 256, "cut").framing


ANN, BOB, CAT = map(ClusterId, (11, 12, 13))


def test_a_key_stays_with_its_cluster():
    claims = with_newcomers([], [ANN, BOB], {ANN, BOB})
    assert clusters_by_digit(claims, {ANN, BOB}) == {1: ANN, 2: BOB}
    claims = given(claims, 5, ANN)
    assert clusters_by_digit(claims, {ANN, BOB}) == {2: BOB, 5: ANN}
    assert clusters_by_digit(claims, {BOB}) == {2: BOB}
    claims = with_newcomers(claims, [CAT], {ANN, BOB, CAT})
    assert clusters_by_digit(claims, {ANN, BOB, CAT}) == {1: CAT, 2: BOB, 5: ANN}
    assert list(clusters_by_digit(given(claims, 9, CAT), {ANN, BOB, CAT})) == [2, 5, 9]
    assert clusters_by_digit([Claim(1, ANN), Claim(1, BOB)], {ANN, BOB}) == {1: BOB}, "the later one counts"
    assert clusters_by_digit([Claim(1, ANN), Claim(3, ANN)], {ANN}) == {3: ANN}


def test_there_are_nine_keys():
    many = [ClusterId(number) for number in range(20)]
    assert list(clusters_by_digit(with_newcomers([], many, set(many)), set(many))) == list(range(1, 10))


def test_names_sort_as_people_count():
    names = ["img10.jpg", "img2.jpg", "IMG1.jpg", "img02b.jpg", "a", "img100.jpg", "img.jpg"]
    ordered = ["a", "img.jpg", "IMG1.jpg", "img2.jpg", "img02b.jpg", "img10.jpg", "img100.jpg"]
    assert in_natural_order(names) == ordered
    assert [name for _key, name in sorted(zip(natural_keys(names), names, strict=True))] == ordered
    assert in_natural_order(["b007", "b002", "b010"]) == ["b002", "b007", "b010"]
    assert in_natural_order(["x", "X"]) == in_natural_order(["X", "x"]) == ["X", "x"]
    assert (in_natural_order([]), natural_keys([])) == ([], [])
    assert in_natural_order([f"n{'9' * 30}", f"n1{'0' * 30}"]) == [f"n{'9' * 30}", f"n1{'0' * 30}"]


@pytest.mark.parametrize(
    ("name", "original"),
    [
        ("IMG_1-edited.jpg", "img_1"), ("IMG_1-edited(2).jpg", "img_1(2)"), ("IMG_1-EFFECTS (3).jpg", "img_1 (3)"),
        ("IMG_1_edited.jpeg", "img_1"), ("IMG_1-bearbeitet.jpg", "img_1"), ("IMG_E1234.JPG", "img_1234"),
        ("IMG_1_CR2_shotwell.jpg", "img_1"), ("IMG_1_NEF_embedded_2.jpg", "img_1"),
        ("IMG_1.jpg", None), ("-edited.jpg", None), ("edited-IMG_1.jpg", None), ("IMG_1-edited-more.jpg", None),
        ("IMG_1_JPG_shotwell.jpg", None),
    ],
)  # fmt: skip
def test_programs_call_what_they_made_after_its_original(name, original):
    assert made_from(name) == original


def test_a_download_is_called_after_the_end_of_its_address():
    assert Download("https://example.org/a/b/weights.onnx", "", 1, "MIT").file_name == "weights.onnx"


@pytest.mark.parametrize(
    ("marks", "verdict"),
    [
        (Marks(), (UNSAID, UNSAID, UNSAID)),
        (Marks(stars=0), (0, UNSAID, UNSAID)),
        (Marks(stars=4, label="red"), (4, UNSAID, 1)),
        (Marks(stars=REJECTED), (UNSAID, 1, UNSAID)),
        (Marks(label="WHITE"), (UNSAID, UNSAID, 9)),
        (Marks(label="mauve"), (UNSAID, UNSAID, UNSAID)),
        (Marks(pick=3), (UNSAID, 3, UNSAID)),
        (Marks(stars=REJECTED, pick=3), (UNSAID, 1, UNSAID)),
    ],
)
def test_what_other_programs_say_is_a_verdict(marks, verdict):
    assert verdict_of(marks) == verdict


@pytest.mark.parametrize(
    ("column", "value", "words"),
    [
        (STARS, UNSAID, "Leave 3 pictures as their files say"), (STARS, 0, "Give 3 pictures 0 stars"),
        (STARS, 5, "Give 3 pictures 5 stars"), (FLAG, 0, "Take the flag off 3 pictures"),
        (FLAG, 1, "Reject 3 pictures"), (FLAG, 2, "Mark 3 pictures as pending"), (FLAG, 3, "Pick 3 pictures"),
        (2, 0, "Take the label off 3 pictures"), (2, 1, "Label 3 pictures red"), (2, 9, "Label 3 pictures white"),
    ],
)  # fmt: skip
def test_a_step_of_marking_says_what_was_given(column, value, words):
    assert str(mark_label(column, value, 3)) == words


def test_small_looks_come_back_as_they_were_packed():
    random = np.random.default_rng(0)
    looks = [
        SmallLooks(
            random.integers(0, 256, (FIELDS, FIELDS, 3)).astype(np.uint8),
            random.normal(size=(WAVES, WAVES)).astype(np.float16),
        )
        for _ in range(3)
    ]
    many = many_looks([look.packed() for look in looks])
    assert len(many) == 3
    for place, look in enumerate(looks):
        np.testing.assert_array_equal(many.fields[place], look.fields)
        np.testing.assert_array_equal(many.waves[place], look.waves)
    packed = looks[0].packed()
    assert len(packed) == 16 * 16 * 3 + 2 * 8 * 8
    for wrong in (packed[:-1], packed + b"x"):
        with pytest.raises(ValueError, match="wrong length"):
            many_looks([packed, wrong])
    for value in (np.nan, np.inf):
        with pytest.raises(ValueError, match="no numbers"):
            many_looks([SmallLooks(looks[0].fields, np.full((WAVES, WAVES), value, np.float16)).packed()])
