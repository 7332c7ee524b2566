"""The list of documents that an export may have.

To add one: one file in `delivering` that ends with its SPEC, one entry here.
"""

from shoal.delivering import cluster_tables, contact_sheets, parquet_table, plots, recipe_file
from shoal.delivering.document import DocumentSpec
from shoal.domain.catalogue import Catalogue

DOCUMENTS: Catalogue[DocumentSpec] = Catalogue(
    *cluster_tables.SPECS, *contact_sheets.SPECS, *recipe_file.SPECS, *plots.SPECS, *parquet_table.SPECS
)
