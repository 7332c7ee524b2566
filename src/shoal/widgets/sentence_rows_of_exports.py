"""What `sentences.told` translates about writing results out and taking them back, as in `sentence_rows`."""

from shoal.widgets.translation import QT_TRANSLATE_NOOP

ROWS = (
    QT_TRANSLATE_NOOP("sentences", "Choose another export folder."),
    QT_TRANSLATE_NOOP("sentences", "Choose to copy instead."),
    QT_TRANSLATE_NOOP("sentences", "Copying pictures"),
    QT_TRANSLATE_NOOP("sentences", "Crops are new files, which cannot be moved or linked."),
    QT_TRANSLATE_NOOP("sentences", "Cutting out objects"),
    QT_TRANSLATE_NOOP("sentences", "Give the folder that was exported to."),
    QT_TRANSLATE_NOOP("sentences", "Linking pictures"),
    QT_TRANSLATE_NOOP("sentences", "Make room on it, then export again: it goes on from here."),
    QT_TRANSLATE_NOOP("sentences", "Moving pictures"),
    QT_TRANSLATE_NOOP("sentences", "No export into {0} is waiting to be finished."),
    QT_TRANSLATE_NOOP("sentences", "Past exports"),
    QT_TRANSLATE_NOOP("sentences", "Plug in or mount its drive, then export again: it goes on."),
    QT_TRANSLATE_NOOP("sentences", "Reading stars and labels"),
    QT_TRANSLATE_NOOP("sentences", "Sort by objects, the main one or every one."),
    QT_TRANSLATE_NOOP("sentences", "The drive cannot give these files a second name: it lies on another drive, or "
                                   "has no such links."),
    QT_TRANSLATE_NOOP("sentences", "The drive cannot share the contents of files between two names."),
    QT_TRANSLATE_NOOP("sentences", "The drive has no symbolic links, or you may not make them."),
    QT_TRANSLATE_NOOP("sentences", "The export folder {0} lies inside {1}, the folder that is being sorted."),
    QT_TRANSLATE_NOOP("sentences", "The export needs {0}, and the drive of {1} has {2} left."),
    QT_TRANSLATE_NOOP("sentences", "The journal of this export has gone."),
    QT_TRANSLATE_NOOP("sentences", "The pictures were sorted whole, so nothing can be cut out."),
    QT_TRANSLATE_NOOP("sentences", "This export is being worked on by another window."),
    QT_TRANSLATE_NOOP("sentences", "This export was made by a newer version of the program."),
    QT_TRANSLATE_NOOP("sentences", "Undoing the export"),
    QT_TRANSLATE_NOOP("sentences", "What was exported is safe, but stays as it is."),
    QT_TRANSLATE_NOOP("sentences", "What was exported stays as it is."),
    QT_TRANSLATE_NOOP("sentences", "Writing into {0} failed ({1})."),
    QT_TRANSLATE_NOOP("sentences", "it changed while the export was being undone"),
    QT_TRANSLATE_NOOP("sentences", "it has changed since it was exported"),
    QT_TRANSLATE_NOOP("sentences", "it is no longer in the export folder"),
    QT_TRANSLATE_NOOP("sentences", "its original has changed since, and this may be the last copy of what it was"),
    QT_TRANSLATE_NOOP("sentences", "{0} holds no export that can be undone."),
)  # fmt: skip
