"""A recipe as a file: written beside what was sorted with it, and read to sort something else with."""

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from shoal.delivering.document import Delivered, DocumentSpec
from shoal.delivering.new_file import write_new_file
from shoal.domain.errors import UserFacingError
from shoal.domain.recipe import NoRecipe, Recipe
from shoal.domain.recipe_presets import PRESETS
from shoal.domain.recipe_text import RECIPE_SUFFIX, recipe_from, recipe_text
from shoal.domain.sentence import Sentence

DOCUMENT: Final = "recipe.toml"
LARGEST: Final = 1 << 20
UNKNOWN: Final = "# It was not written down how these pictures were sorted.\n"


def recipe_called(word: str) -> Recipe:
    """A preset by its name, or what a file says. Raises UserFacingError."""
    preset = PRESETS.named(word)
    return read_recipe(Path(word)) if preset is None else preset.recipe


def read_recipe(path: Path) -> Recipe:
    """Raises UserFacingError for a file that holds none."""
    try:
        if path.stat().st_size > LARGEST:
            raise NoRecipe(Sentence("it is too large"))
        return recipe_from(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise UserFacingError(
            Sentence("{path} cannot be read ({reason}).", path=path, reason=error.strerror or error), _CHOOSE
        ) from error
    except UnicodeDecodeError as error:
        raise _unfit(path, Sentence("it is no text")) from error
    except NoRecipe as error:
        raise _unfit(path, error.args[0]) from error


_CHOOSE = Sentence("Name a recipe.toml, or a recipe that shoal recipes lists.")


def _unfit(path: Path, reason: Sentence) -> UserFacingError:
    return UserFacingError(
        Sentence("{path} is no recipe: {reason}.", path=path, reason=str(reason).rstrip(".")), _CHOOSE
    )


def write_recipe(path: Path, recipe: Recipe) -> None:
    """A new file; see `write_new_file`. Raises UserFacingError."""
    write_new_file(path.with_suffix(RECIPE_SUFFIX), recipe_text(recipe).encode())


def _made(export: Delivered) -> Mapping[str, bytes]:
    recipe = export.images.recipe
    return {"": (UNKNOWN if recipe is None else recipe_text(recipe)).encode()}


SPECS = (DocumentSpec(DOCUMENT, Sentence("How it was sorted, to do it again (recipe.toml)"), _made),)
