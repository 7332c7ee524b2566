"""What `shoal sort` was asked for, and what came of it."""

from dataclasses import dataclass, field
from pathlib import Path

from shoal.command_line.loaded import Model
from shoal.delivering.exporting import ExportResult
from shoal.domain.export_plan import ExportOptions, ExportPlan
from shoal.domain.extension_points import LoadOptions
from shoal.domain.grouping import Grouping
from shoal.domain.objects import WHOLE_PICTURES, ObjectChoice
from shoal.domain.recipe import Recipe
from shoal.domain.where import Condition
from shoal.looking.content_names import NameStyle
from shoal.looking.extracted import Extraction
from shoal.looking.known import Found
from shoal.looking.plain_names import NUMBERS
from shoal.projects.cluster_summary import GroupingSummary
from shoal.projects.from_folders import Disagreement
from shoal.projects.naming import NameOffer


@dataclass(frozen=True, slots=True)
class Order:
    """Everything that was asked for. `recipe`: how to cluster and to draw the map. `clusters_from`: a table that says
    where some go.

    `model` empty: the one that sorted the folder before, else the usual one. `names`: a list of words to name clusters
    from, instead of what `style` would call them. `include`: folders to look into that are left alone otherwise.
    `pin` what the table says; `release` what was pinned before, and cluster again. `where`: only pictures of which this
    is so are written; all are sorted. `outliers`: the cluster that pictures unlike all others go to; empty: none.
    `scheme`: named bins to fall into; `save_scheme`: where those of now are kept.
    `from_folders`: the sub-folders are the clusters, and what the network would put elsewhere is told. `only_tops`: of
    stacks only the top is written. `moment`: how much it counts beside looks, 0 to 1; None: as before.
    `vectors`: what another program saw, instead of a model; the project of the folder stays as it is then.
    `run`: the name under which the result is kept; empty: under none.
    """

    folder: Path
    to: Path
    model: str = ""
    recipe: Recipe = Recipe()  # noqa: RUF009  # it cannot change
    options: ExportOptions = field(default_factory=ExportOptions)
    dry_run: bool = False
    load: LoadOptions = field(default_factory=LoadOptions)
    clusters_from: Path | None = None
    names: Path | None = None
    objects: ObjectChoice = WHOLE_PICTURES
    style: NameStyle = NUMBERS
    include: tuple[str, ...] = ()
    pin: bool = False
    release: bool = False
    where: Condition | None = None
    outliers: str = ""
    scheme: Path | None = None
    save_scheme: Path | None = None
    from_folders: bool = False
    only_tops: bool = False
    vectors: Path | None = None
    moment: float | None = None
    run: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Delivery:
    """What came of it. `written` is None after a dry run, and where no picture could be read.

    `unknown`: paths in the table that was read in that belong to no picture here; `offers`: what clusters were called.
    `unwritten`: so many were sorted, but are not as asked for. `seconds` of wall time per stage. `keeps_its_model`: the
    folder was sorted by another than the usual one before. `recipe`: all of how it was done.
    """

    order: Order
    model: Model
    found: Found
    extraction: Extraction
    grouping: Grouping
    summary: GroupingSummary
    plan: ExportPlan
    written: ExportResult | None
    unknown: tuple[str, ...]
    offers: tuple[NameOffer, ...]
    seconds: dict[str, float]
    keeps_its_model: bool = False
    unwritten: int = 0
    disagreements: tuple[Disagreement, ...] = ()
    recipe: Recipe = Recipe()  # noqa: RUF009  # it cannot change
