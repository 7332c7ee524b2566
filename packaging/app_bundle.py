"""What macOS wants to know of Shoal.app: its name, and that it opens project files and folders.

The keys are those of Apple's Information Property List reference.
"""

from typing import Any

BUNDLE_ID = "io.github.shoal.Shoal"
PROJECT_TYPE = "io.github.shoal.project"


def properties(version: str) -> dict[str, Any]:
    """For Info.plist, beyond what PyInstaller writes there by itself."""
    return {
        "CFBundleDisplayName": "Shoal",
        "CFBundleShortVersionString": version,
        "CFBundleLocalizations": ["en", "zh_CN"],
        "LSApplicationCategoryType": "public.app-category.photography",
        "LSMinimumSystemVersion": "12.0",
        "NSHighResolutionCapable": True,
        "NSRequiresAquaSystemAppearance": False,
        "CFBundleDocumentTypes": [
            {
                "CFBundleTypeName": "Shoal project",
                "CFBundleTypeRole": "Editor",
                "CFBundleTypeIconFile": "shoal-project.icns",
                "LSItemContentTypes": [PROJECT_TYPE],
                "LSHandlerRank": "Owner",
            },
            {
                "CFBundleTypeName": "Folder of pictures",
                "CFBundleTypeRole": "Viewer",
                "LSItemContentTypes": ["public.folder"],
                "LSHandlerRank": "Alternate",
            },
        ],
        "UTExportedTypeDeclarations": [
            {
                "UTTypeIdentifier": PROJECT_TYPE,
                "UTTypeDescription": "Shoal project",
                "UTTypeConformsTo": ["public.database", "public.data"],
                "UTTypeIconFile": "shoal-project.icns",
                "UTTypeTagSpecification": {"public.filename-extension": ["shoal"]},
            }
        ],
    }
