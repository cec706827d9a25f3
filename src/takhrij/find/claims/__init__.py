"""In: a text. Out: what it says about its quotations: references, collections, numbers, narrators, grades.

Nothing is checked or linked here: each `RawClaim` has its span, the citation phrase it belongs to, and the
side on which its quotation is to be looked for.
"""

from takhrij.find.claims.find import find_claims
from takhrij.find.claims.isnad import find_isnads
from takhrij.find.claims.lexicon import sura_names
from takhrij.find.claims.model import Direction, Isnad, Meaning, RawClaim
from takhrij.find.claims.people import narrator_forms
from takhrij.find.claims.reading import Reading, read_for_claims
from takhrij.find.claims.segments import citation_quotations, citation_segments
from takhrij.find.claims.works import work_title

__all__ = [
    "Direction",
    "Isnad",
    "Meaning",
    "RawClaim",
    "Reading",
    "citation_quotations",
    "citation_segments",
    "find_claims",
    "find_isnads",
    "narrator_forms",
    "read_for_claims",
    "sura_names",
    "work_title",
]
