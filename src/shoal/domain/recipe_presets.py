"""Recipes by the names that people know: each does to the letter what they have read."""

from dataclasses import dataclass, replace

from shoal.domain.catalogue import Catalogue
from shoal.domain.recipe import Letter, Recipe, Reducing
from shoal.domain.sentence import Sentence


@dataclass(frozen=True, slots=True)
class Preset:
    """`same_as`: the code of the libraries that gives the same, for people to compare."""

    name: str
    label: Sentence
    summary: Sentence
    recipe: Recipe
    same_as: str


def _named(preset: Preset) -> Preset:
    return replace(preset, recipe=replace(preset.recipe, name=preset.name))


PRESETS: Catalogue[Preset] = Catalogue(
    *map(
        _named,
        (
            Preset(
                "shoal",
                Sentence("As Shoal thinks best"),
                Sentence("What has served best on the sets that Shoal was measured with. Nothing need be chosen."),
                Recipe(),
                "",
            ),
            Preset(
                "yolo-umap-kmeans",
                Sentence("YOLO11, StandardScaler, UMAP, k-means"),
                Sentence("What YOLO11 sees, evened out, 16 numbers by UMAP, and k-means with a number of your own."),
                Recipe(
                    model="yolo11m",
                    algorithm="kmeans",
                    letter=Letter(
                        "standard",
                        Reducing("umap", 16, n_neighbors=10, min_dist=0.01, seed=42),
                        (("n_init", 10), ("random_state", 42)),
                    ),
                    map=Reducing("umap", 2, n_neighbors=5, min_dist=0.1, seed=42),
                ),
                "YOLO.embed(files, imgsz=640, rect=False), StandardScaler, umap.UMAP(16, 10, 0.01, 42), "
                "KMeans(k, n_init=10, random_state=42)",
            ),
            Preset(
                "yolov5-features",
                Sentence("YOLOv5, the first nine layers"),
                Sentence("The maps of the first nine layers, pooled 3 x 3 and 2 x 2 and laid out in a row."),
                Recipe(model="yolov5su", layer="8 grid"),
                "model.model[:9], max_pool2d(3), max_pool2d(2), flatten, L2",
            ),
            Preset(
                "resnet50-retrieval",
                Sentence("ResNet-50 without its last layer"),
                Sentence("2,048 numbers as ImageNet's usual way gives them, compared by cosine."),
                Recipe(model="resnet50", preprocessing="resize-256"),
                "resnet50, fc=Identity; Resize(256), CenterCrop(224), ImageNet's mean and deviation",
            ),
            Preset(
                "vgg16-kmeans",
                Sentence("VGG-16 fc1 and k-means"),
                Sentence("4,096 raw numbers of VGG-16, fed with the colours in OpenCV's order, in five clusters."),
                Recipe(
                    model="vgg16",
                    layer="fc1",
                    preprocessing="tutorial-bgr",
                    algorithm="kmeans",
                    clusters=5,
                    letter=Letter("none", Reducing(), (("random_state", 42),)),
                ),
                "cv2.imread, centre 512, resize 448, / 255; features, avgpool, classifier[0]; "
                "KMeans(5, random_state=42)",
            ),
        ),
    )
)
