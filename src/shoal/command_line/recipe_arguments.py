"""What can be said about a recipe: from where the clusters and the map come, step by step."""

from argparse import ArgumentParser

from shoal.command_line.typed_words import ALGORITHMS, algorithm_with_numbers, cluster_counts, reducing_words, seed
from shoal.domain.recipe_steps import NORMALISE


def add_recipe(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--recipe",
        metavar="FILE|NAME",
        default="",
        help="do all as this recipe.toml says, or a recipe that shoal recipes lists; options beside it come first",
    )
    add_preparing(parser)
    parser.add_argument(
        "--map",
        dest="laid",
        metavar="R",
        type=reducing_words,
        help="draw the map to the letter of a library: umap:2,n_neighbors=5,min_dist=0.1,seed=42 or pca:2",
    )
    parser.add_argument(
        "--clusters",
        metavar="auto|N|A-B",
        type=cluster_counts,
        default=None,
        help="how many clusters (auto); A-B: look for the best number from A to B, to the letter",
    )
    algorithm = parser.add_argument(
        "--algorithm",
        metavar="A[:P=N,...]",
        type=algorithm_with_numbers,
        default=None,
        help="how to cluster: {names} (auto); with a library's own parameters, such as kmeans:n_init=10, to the letter",
    )
    algorithm.catalogue = ALGORITHMS  # type: ignore[attr-defined]  # for the help
    parser.add_argument("--seed", metavar="N", type=seed, default=None, help="another number gives another map (0)")


def add_preparing(parser: ArgumentParser) -> None:
    """What becomes of the numbers before anything is done with them."""
    parser.add_argument(
        "--normalize",
        choices=NORMALISE,
        default=None,
        help="to the letter: rows of unit length, columns through StandardScaler, or raw as the network gives them",
    )
    parser.add_argument(
        "--reduce",
        metavar="R",
        type=reducing_words,
        default=None,
        help="to the letter: none, pca:N or umap:N[,n_neighbors=15,min_dist=0.1,metric=euclidean,seed=42]",
    )
