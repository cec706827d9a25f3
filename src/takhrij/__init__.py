"""takhrij: trace every Qur'an and hadith quotation in a text to all its sources, word by word.

    import takhrij
    report = takhrij.check("fatwa.txt")
    for finding in report.findings:
        print(finding.text, finding.match, finding.sources[0].ref)

It reports and never rules: same words does not mean authentic, rightly understood, or that the conclusion
follows.
"""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from takhrij.api import check, check_many, cite, compare, find, lookup
    from takhrij.errors import TakhrijError
    from takhrij.model import Finding, Quotation, Report, Sheet, SourceMatch

__version__ = "0.1.0"
__all__ = [
    "Finding",
    "Quotation",
    "Report",
    "Sheet",
    "SourceMatch",
    "TakhrijError",
    "__version__",
    "check",
    "check_many",
    "cite",
    "compare",
    "find",
    "lookup",
]
_HOMES = {
    **dict.fromkeys(("check", "check_many", "cite", "compare", "lookup"), "takhrij.api"),
    **dict.fromkeys(("Finding", "Quotation", "Report", "Sheet", "SourceMatch"), "takhrij.model"),
    "TakhrijError": "takhrij.errors",
}


def __getattr__(name: str) -> Any:  # late, so that `takhrij --help` and `import takhrij` stay quick
    if name == "find":
        return import_module("takhrij.find")
    if name in _HOMES:
        globals()[name] = getattr(import_module(_HOMES[name]), name)
        return globals()[name]
    raise AttributeError(f"module 'takhrij' has no attribute {name!r}")


class _Find(ModuleType):
    """The room `find`, called as the function of that name; so `import takhrij.find.view` works as well."""

    def __call__(self, *args: Any, **options: Any) -> tuple[Quotation, ...]:
        from takhrij.api import find

        return find(*args, **options)


class _Package(ModuleType):
    def __setattr__(self, name: str, value: Any) -> None:
        if name == "find" and isinstance(value, ModuleType):  # importing a room binds it to its name here
            value.__class__ = _Find
        super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Package
