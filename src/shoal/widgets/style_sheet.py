"""The shapes of the window's controls: flat, a few grey levels, all distances from the theme's table of sizes."""

from shoal.widgets.theme import HALF, LINE, RADIUS, RING, ROW, UNIT, Theme


def style_sheet_of(theme: Theme) -> str:
    """For the window and everything in it."""
    return "\n".join((_tools(theme), _controls(theme), _panels(theme), _bars(theme)))


def _tools(theme: Theme) -> str:
    return f"""
        QToolBar {{ background: {theme.window}; border: none; spacing: {HALF}px; padding: {HALF}px; }}
        QToolBar#toolBar {{ border-bottom: {LINE}px solid {theme.border}; }}
        QToolBar::separator {{ background: {theme.border}; width: {LINE}px; margin: {HALF}px; }}
        QToolButton {{ border: {LINE}px solid transparent; border-radius: {RADIUS}px; padding: 3px; }}
        QToolButton:hover {{ background: {theme.raised}; }}
        QToolButton:checked, QToolButton:pressed {{ background: {theme.raised}; border-color: {theme.quiet_text}; }}
        QToolButton:focus {{ border-color: {theme.accent}; }}
        QToolButton:disabled {{ color: {theme.quiet_text}; }}
        QMenuBar {{ background: {theme.window}; }}
        QMenuBar::item {{ padding: {HALF}px {UNIT}px; background: transparent; }}
        QMenuBar::item:selected {{ background: {theme.raised}; }}
    """


def _controls(theme: Theme) -> str:
    return f"""
        QPushButton {{ background: {theme.raised}; color: {theme.text}; border: {LINE}px solid {theme.quiet_text};
            border-radius: {RADIUS}px; padding: 3px {2 * UNIT}px; min-height: {ROW - UNIT}px; }}
        QPushButton:hover {{ border-color: {theme.text}; }}
        QPushButton:pressed {{ background: {theme.border}; }}
        QPushButton:default {{ background: {theme.accent}; color: {theme.on_accent}; border-color: {theme.accent}; }}
        QPushButton:focus {{ border: {RING}px solid {theme.text}; padding: 2px {2 * UNIT - 1}px; }}
        QPushButton:disabled {{ color: {theme.quiet_text}; background: {theme.window}; border-color: {theme.border}; }}
        QLineEdit {{ background: {theme.panel}; border: {LINE}px solid {theme.quiet_text};
            border-radius: {RADIUS}px; padding: 2px {HALF}px; min-height: {ROW - UNIT}px; }}
        QLineEdit:focus {{ border-color: {theme.accent}; }}
        QLineEdit:disabled {{ color: {theme.quiet_text}; border-color: {theme.border}; }}
        QSlider::groove:horizontal {{ height: 3px; background: {theme.border}; border-radius: 1px; }}
        QSlider::sub-page:horizontal {{ background: {theme.quiet_text}; border-radius: 1px; }}
        QSlider::handle:horizontal {{ background: {theme.text}; width: 12px; margin: -5px 0; border-radius: 6px; }}
        QSlider::handle:horizontal:hover, QSlider::handle:horizontal:focus {{ background: {theme.accent}; }}
        QSlider::handle:horizontal:disabled, QSlider::sub-page:horizontal:disabled {{ background: {theme.border}; }}
        QProgressBar {{ background: {theme.raised}; border: none; border-radius: 3px; max-height: 6px; }}
        QProgressBar::chunk {{ background: {theme.accent}; border-radius: 3px; }}
    """


def _panels(theme: Theme) -> str:
    return f"""
        QDockWidget::title {{ background: {theme.window}; padding: {HALF}px {UNIT}px; }}
        QMainWindow::separator {{ background: {theme.window}; width: {HALF}px; height: {HALF}px; }}
        QMainWindow::separator:hover {{ background: {theme.accent}; }}
        QStatusBar {{ border-top: {LINE}px solid {theme.border}; }}
        QStatusBar::item {{ border: none; }}
        QAbstractScrollArea {{ border: none; }}
        QListWidget::item {{ padding: {HALF}px {UNIT}px; }}
        QListWidget::item:selected {{ background: {theme.accent}; color: {theme.on_accent}; }}
        QToolTip {{ background: {theme.raised}; color: {theme.text}; border: {LINE}px solid {theme.border};
            padding: {HALF}px; }}
    """


def _bars(theme: Theme) -> str:
    return f"""
        QScrollBar {{ background: transparent; }}
        QScrollBar:vertical {{ width: 12px; }}
        QScrollBar:horizontal {{ height: 12px; }}
        QScrollBar::handle {{ background: {theme.border}; border-radius: 3px; margin: 3px; }}
        QScrollBar::handle:vertical {{ min-height: {4 * UNIT}px; }}
        QScrollBar::handle:horizontal {{ min-width: {4 * UNIT}px; }}
        QScrollBar::handle:hover, QScrollBar::handle:pressed {{ background: {theme.quiet_text}; }}
        QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
        QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
    """
