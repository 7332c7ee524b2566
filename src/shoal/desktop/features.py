"""Everything that the window can do: one entry per capability. What is new is a folder of its own and one line here."""

from shoal.features.attention.attention import FEATURE as ATTENTION
from shoal.features.browsing.browsing import FEATURE as BROWSING
from shoal.features.classes.classes import FEATURE as CLASSES
from shoal.features.comparing.comparing import FEATURE as COMPARING
from shoal.features.culling.culling import FEATURE as CULLING
from shoal.features.curating.curating import FEATURE as CURATING
from shoal.features.curating.parenting import FEATURE as PARENTING
from shoal.features.duplicates.duplicates import FEATURE as DUPLICATES
from shoal.features.exporting.exporting import FEATURE as EXPORTING
from shoal.features.finding.searching import FEATURE as FINDING
from shoal.features.help.helping import FEATURE as HELP
from shoal.features.importing.importing import FEATURE as IMPORTING
from shoal.features.inspecting.inspecting import FEATURE as INSPECTING
from shoal.features.keys.keys import FEATURE as KEYS
from shoal.features.merging.merging import FEATURE as MERGING
from shoal.features.models.choosing_models import FEATURE as MODELS
from shoal.features.moving.moving import FEATURE as MOVING
from shoal.features.naming.naming import FEATURE as NAMING
from shoal.features.noticing.noticing import FEATURE as NOTICING
from shoal.features.opening.folders import FEATURE as OPENING
from shoal.features.outliers.outliers import FEATURE as OUTLIERS
from shoal.features.palette.palette import FEATURE as PALETTE
from shoal.features.problems.listing import FEATURE as PROBLEMS
from shoal.features.projects.projects import FEATURE as PROJECTS
from shoal.features.recent.recent import FEATURE as RECENT
from shoal.features.recipes.recipes import FEATURE as RECIPES
from shoal.features.settings.preferences import FEATURE as PREFERENCES
from shoal.features.splitting.splitting import FEATURE as SPLITTING
from shoal.features.stacking.stacking import FEATURE as STACKING
from shoal.features.suggesting.suggesting import FEATURE as SUGGESTING
from shoal.features.teaching.teaching import FEATURE as TEACHING
from shoal.features.working.working import FEATURE as WORKING
from shoal.setup.settings import SETTINGS
from shoal.widgets.actions import in_order
from shoal.widgets.feature import Feature

FEATURES: tuple[Feature, ...] = (
    WORKING,
    OPENING,
    PROJECTS,
    RECIPES,
    CURATING,
    CULLING,
    PARENTING,
    MOVING,
    NOTICING,
    BROWSING,
    PROBLEMS,
    INSPECTING,
    STACKING,
    SUGGESTING,
    SPLITTING,
    MERGING,
    NAMING,
    CLASSES,
    TEACHING,
    FINDING,
    OUTLIERS,
    DUPLICATES,
    COMPARING,
    EXPORTING,
    IMPORTING,
    MODELS,
    PREFERENCES,
    KEYS,
    PALETTE,
    HELP,
    RECENT,
    ATTENTION,
)

ROWS = in_order(row for feature in FEATURES for row in feature.actions)
"""All menu entries, as they stand in the menus."""

PAGES = [feature.name for feature in sorted(FEATURES, key=lambda feature: feature.page) if feature.page]
"""Of the guide, in their order."""

SETTINGS.extend([row for feature in FEATURES for row in feature.settings])
