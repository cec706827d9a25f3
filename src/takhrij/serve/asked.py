"""What can be asked for: the bodies of requests, as JSON or as a form with a file, read into plain values."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import PurePosixPath
from typing import Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, ValidationInfo, model_validator
from starlette.datastructures import UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import Request

from takhrij.options import INPUT_FORMATS
from takhrij.report.forms import FORMATS
from takhrij.serve.problems import Problem

ReportFormat = Literal[("ndjson", *(name for name in FORMATS if name != "guard"))]  # type: ignore[valid-type]
SheetFormat = Literal["json", "text", "html"]
MapFormat = Literal["json", "text", "svg", "html", "dot", "argdown", "aif"]
PlainFormat = Literal["json", "text"]
Json = Literal["json"]
Language = Literal["en", "ar"]
InputFormat = Literal[INPUT_FORMATS]  # type: ignore[valid-type]
_REF = r"^[^\s:]+:\S+$"
_WORDS = r"\S"
_MOST_FIELDS = 50


class Asked(BaseModel):
    """A body; what it does not know is refused."""

    model_config = ConfigDict(extra="forbid")


class Text(Asked):
    """A text, as itself or (in a form) as a file, and what it is compared with."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"required": ["text"]})
    text: str | None = Field(None, min_length=1, pattern=_WORDS, description="The text, as it is")
    name: str = Field("text", min_length=1, max_length=300, description="What to call the text")
    input_format: InputFormat | None = Field(
        None, description="How a file is read; told from its content and name by default"
    )
    sources: list[str] | None = Field(
        None, description="Search only these: ids as /api/sources has them, or quran, reports, translations"
    )
    without: list[str] = Field([], description="Leave these out")

    @model_validator(mode="after")
    def _there(self, info: ValidationInfo) -> Self:
        if self.text is None and getattr(self, "map", None) is None and not info.context:
            raise ValueError("there is no text; give it as text, or send a form with the part file")
        return self


class Map(Text):
    """A text of which a map is proposed, or a map."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={})
    map: dict[str, Any] | None = Field(None, description="A map, as /api/map gives it")
    keep: dict[str, Any] | None = Field(
        None, description="An earlier map of the text: what a person confirmed or rejected in it is kept"
    )


class Weigh(Map):
    """A map, and what is supposed of it."""

    semantics: Literal["grounded", "preferred", "stable"] = "grounded"
    speaker: str | None = Field(None, description="Only what this one concludes")
    scenarios: list[dict[str, Any]] = Field([], max_length=20, description="Scenarios, shown side by side")
    reject: list[str] = Field([], description="One more scenario: these parts rejected, by label, id or ref")


class Conditions(Map):
    """A map, and the conditions in it that are ticked."""

    ticked: list[str] = Field([], description="Conditions quoted in the map, by label or id")


class Comparison(Asked):
    """A wording, and the passage that it is compared with."""

    quote: str = Field(min_length=1, pattern=_WORDS, examples=["إنما الأعمال بالنية"])
    ref: str = Field(pattern=_REF, description="The passage: quran:5:6, bukhari:135", examples=["bukhari:1"])


class Passage(Asked):
    """A passage by its name."""

    ref: str = Field(pattern=_REF, description="The passage: quran:5:6, bukhari:135", examples=["bukhari:1"])


async def read_asked(request: Request, model: type[Asked]) -> dict[str, Any]:
    """The body of a request as plain values, with `data` where a file was sent; Problem where it is wrong."""
    media = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    with refused():
        if media == "application/json":
            return model.model_validate_json(await request.body()).model_dump()
        if media == "multipart/form-data" and issubclass(model, Text):
            return await _form(request, model)
    wanted = "application/json" + (" or multipart/form-data" if issubclass(model, Text) else "")
    raise Problem("UnknownMedia", f"the body is {media or 'of no stated type'}, not {wanted}", "Content-Type")


@contextmanager
def refused() -> Iterator[None]:
    """What does not fit a model inside the block is a Problem that says where."""
    try:
        yield
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(map(str, first["loc"])) or "body"
        raise Problem("BadRequest", f"{where}: {first['msg']}", where) from None


async def _form(request: Request, model: type[Asked]) -> dict[str, Any]:
    parser = MultiPartParser(request.headers, request.stream(), max_files=2, max_fields=_MOST_FIELDS)
    parser.spool_max_size = 2**62  # never to a file: no text is stored; the door keeps the size
    try:
        form = await parser.parse()
    except (MultiPartException, KeyError, ValueError) as error:
        raise Problem("BadRequest", f"the form cannot be read: {error}", "body") from None
    fields: dict[str, Any] = {}
    sent: list[UploadFile] = []
    for key, value in form.multi_items():
        if isinstance(value, UploadFile):
            sent.append(value)
        elif key in ("sources", "without", "reject", "ticked"):
            fields.setdefault(key, []).append(value)
        else:
            fields[key] = value
    if len(sent) > 1 or (sent and "text" in fields):
        raise Problem("BadRequest", "file: more than one text was sent; send each by itself", "file")
    asked = model.model_validate(fields, context={"file": bool(sent)}).model_dump()
    if sent:
        asked["data"] = await sent[0].read()
        if "name" not in fields:
            asked["name"] = PurePosixPath((sent[0].filename or "").replace("\\", "/")).name[:300] or "file"
    return asked
