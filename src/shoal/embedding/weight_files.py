"""Weights on disk: where downloaded ones are kept, and that they are what they should be.

Many publishers tell only the first digits of a file's hash. Then those are compared, and the whole hash is written
down when the file is first seen: from then on nothing but that very file passes.
"""

from pathlib import Path
from urllib.parse import urlsplit

from shoal.domain.errors import DownloadNeeded, ModelUnavailable
from shoal.domain.extension_points import Download, LoadOptions
from shoal.domain.sentence import Sentence
from shoal.embedding.weight_hashes import WeightFile, sha256_of
from shoal.files.safe_files import replace_own

REMEMBERED = ".sha256"


def find_weights(model: str, source: Download, options: LoadOptions) -> WeightFile:
    """The user's own file if one was named; else the official one, from the weights folder or downloaded now.

    Raises `ModelUnavailable` with where to get it and where to put it, `DownloadNeeded`, `StorageFull`, `Cancelled`.
    """
    if options.weights is not None:
        path = options.weights.expanduser().absolute()
        return WeightFile(path, sha256_of(path))
    assert options.weights_folder is not None, "whoever offers models with downloads says where these are kept"
    path = options.weights_folder / source.file_name
    if not path.exists():
        if options.offline:
            raise _not_here(model, source, path)
        if not options.may_download:
            raise DownloadNeeded(
                Sentence(
                    "The weights of {model} have to be downloaded: {megabytes} MB from {netloc}, licence {licence}.",
                    model=model,
                    megabytes=source.megabytes,
                    netloc=urlsplit(source.url).netloc,
                    licence=source.licence,
                ),
                Sentence("Choose the model to download them."),
            )
        from shoal.embedding.downloading import download  # the window must not wait for what speaks with servers

        download(source, path, options.task)
    return WeightFile(path, _checked(path, source), official=True)


def is_here(source: Download, weights_folder: Path) -> bool:
    """Whether choosing the model will download nothing."""
    return (weights_folder / source.file_name).is_file()


def _not_here(model: str, source: Download, path: Path) -> ModelUnavailable:
    return ModelUnavailable(
        Sentence("The weights of {model} are not on this computer, and Shoal is set to work offline.", model=model),
        Sentence(
            "Get {url} ({megabytes} MB, {licence}) and put it into {folder}, "
            "or name a file of your own with --weights.",
            url=source.url,
            megabytes=source.megabytes,
            licence=source.licence,
            folder=path.parent,
        ),
    )


def _checked(path: Path, source: Download) -> str:
    """The file's hash, if it is the one it should have, as far as anybody knows."""
    digest = sha256_of(path)
    memory = path.with_name(path.name + REMEMBERED)
    expected = source.sha256
    if len(expected) < len(digest) and memory.is_file():
        expected = memory.read_text(encoding="ascii", errors="replace").strip()
    if not digest.startswith(expected):
        raise ModelUnavailable(
            Sentence(
                "{path} is not the file that was published: its SHA-256 is {found}..., not {expected}...",
                path=path,
                found=digest[:16],
                expected=expected[:16],
            ),
            Sentence("Delete it and choose the model again, or name it with --weights if it is a file of your own."),
        )
    if not memory.is_file():
        replace_own(memory, digest.encode("ascii"))
    return digest
