"""Its vocabulary and the descriptions of its models lie beside the code."""

from PyInstaller.utils.hooks import collect_data_files

datas = collect_data_files("open_clip")
