"""The documents that an export can be read back from: which picture is in which cluster."""

from collections.abc import Mapping

from shoal.delivering.document import Delivered, DocumentSpec
from shoal.domain.sentence import Sentence
from shoal.exports.tables import clusters_csv, clusters_json


def _csv(export: Delivered) -> Mapping[str, bytes]:
    return {"": clusters_csv(export.rows)}


def _json(export: Delivered) -> Mapping[str, bytes]:
    return {"": clusters_json(export.rows, export.images.facts)}


SPECS = (
    DocumentSpec("clusters.csv", Sentence("A table for spreadsheets (clusters.csv)"), _csv),
    DocumentSpec("clusters.json", Sentence("The same for programs (clusters.json)"), _json),
)
