"""How the garbage collector is set while the program serves."""

from __future__ import annotations

import gc

YOUNG = 50_000  # objects: more than one batch of turns holds


def settle() -> None:
    """Called when everything is loaded: that lives as long as the program, and need not be walked again.

    A batch makes some ten thousand objects that its commit sets free without the collector's help; looking for cycles
    after every 700 of them, as Python does, walks over all of them for nothing.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG, 10, 10)
