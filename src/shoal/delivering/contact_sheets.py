"""A page with the map and the most typical pictures of each cluster: as one file, or with its pictures beside it."""

from collections.abc import Mapping

from shoal.delivering.document import Delivered, DocumentSpec
from shoal.domain.sentence import Sentence
from shoal.exports.contact_sheet import contact_sheet, contact_sheet_folder


def _page(export: Delivered) -> Mapping[str, bytes]:
    return {"": contact_sheet(export.plan.root.name, export.clusters)}


def _folder(export: Delivered) -> Mapping[str, bytes]:
    return contact_sheet_folder(export.plan.root.name, export.clusters)


SPECS = (
    DocumentSpec("contact-sheet.html", Sentence("A page to look at (contact sheet)"), _page),
    DocumentSpec("contact-sheet", Sentence("The same page with its pictures in a folder"), _folder),
)
