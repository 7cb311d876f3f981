"""The read models there are: every module of this package that has a PROJECTION."""

import pkgutil
from functools import cache
from importlib import import_module

import projections
from projections.projection import Projection


@cache
def read_models() -> dict[str, Projection]:
    """Return every read model by name."""
    modules = [
        import_module(f"projections.{module.name}") for module in pkgutil.iter_modules(projections.__path__)
    ]
    found = [module.PROJECTION for module in modules if hasattr(module, "PROJECTION")]
    return {projection.name: projection for projection in found}
