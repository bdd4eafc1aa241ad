"""Owns the configuration of Sveltia CMS, a web editor: a collection for each folder, a widget for each key.

Texts in several languages are mappings by language, as the content has them, and not Sveltia's own translations.
Strings are written in double quotes, so that no reader of YAML takes a code or a day for something else, and fields
left empty are not written at all.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from site_builder.nouns.record import Catalog
from site_builder.nouns.text import Text
from site_builder.readers.blanks import Blank, Line, Shape
from site_builder.writers.editors.json_schema import FIRST_YEAR, ID, LAST_YEAR, PARTIAL_DAY, WEB
from site_builder.writers.yaml_text import Code, Value

Tree = dict[str, Value]
CONTENT = "content"
NO_REPOSITORY = "OWNER/REPOSITORY"
"""Stands where the site does not say in which repository it is kept."""
SHOWN_ID = "a-z 0-9 -"
YES_OR_NO = ("true", "false")
_GITHUB = re.compile(r"https://github\.com/([\w.-]+/[\w.-]+?)(?:\.git)?/?\Z")


def sveltia_config(blanks: Iterable[Blank], catalog: Catalog) -> Tree:
    """Return the configuration for the plans, rounds and frameworks that the content has."""
    kinds, setting = tuple(blanks), _Setting(catalog)
    return {
        "backend": {"name": Code("github"), "repo": Code(_repository(catalog))},
        "publish_mode": Code("editorial_workflow"),
        "media_folder": Code("media"),
        "output": {
            "omit_empty_optional_fields": True,
            "yaml": {"quote": Code("double"), "indent_size": 2, "indent_sequences": True},
        },
        "collections": [item for blank in kinds for item in setting.collections(blank)],
        "singletons": [item for blank in kinds for item in setting.singletons(blank)],
    }


def _repository(catalog: Catalog) -> str:
    match = _GITHUB.match(str(catalog.site.get("repository_url") or ""))
    return match[1] if match else NO_REPOSITORY


def _below(path: str) -> Tree:
    """Return where files stand below the folder of their collection: in it, in a folder of each, in those of rounds."""
    first, _, rest = path.partition("/")
    if not rest:
        return {}
    if "{" in rest:
        return {"nested": {"depth": 2, "subfolders": False}, "meta": {"path": {"label": first.strip("{}")}}}
    return {"path": f"{{{{slug}}}}/{rest}"}


@dataclass(frozen=True)
class _Setting:
    """The content for which a configuration is made."""

    catalog: Catalog

    def collections(self, blank: Blank) -> Iterator[Tree]:
        """Yield a collection for each folder in which files of a kind stand, or may stand."""
        for names, path in self._paths(blank.kind.path):
            if "{" not in path:
                continue
            folder, below = path[: path.index("{")].rstrip("/"), path[path.index("{") :].removesuffix(".yaml")
            yield {
                "name": Code("-".join([blank.name, *names])),
                "label": self._label(blank.labels, names),
                "folder": Code(f"{CONTENT}/{folder}"),
                **_below(below),
                "extension": Code("yaml"),
                "format": Code("yaml"),
                "identifier_field": self._identifier(blank),
                # what is deleted needs a tombstone: an id is for ever
                "delete": False,
                "slug": {"editable": [Code("create")], "pattern": [ID, SHOWN_ID]},
                "fields": [self.field(line) for line in blank.lines],
            }

    def singletons(self, blank: Blank) -> Iterator[Tree]:
        """Yield the files of a kind of which there is one, or one in each framework."""
        for names, path in self._paths(blank.kind.path):
            if "{" not in path:
                yield {
                    "name": Code("-".join([blank.name, *names])),
                    "label": self._label(blank.labels, names),
                    "file": Code(f"{CONTENT}/{path}"),
                    "format": Code("yaml"),
                    "fields": [self.field(line) for line in blank.lines],
                }

    def _paths(self, path: str) -> Iterator[tuple[tuple[str, ...], str]]:
        """Yield the paths of a kind in the plan of the site, else in all, and in every framework."""
        plan = self.catalog.site.get("plan_id")
        plans = [str(plan)] if plan else [record.id for record in self.catalog.rows("plans")]
        places = {"{framework}": [record.id for record in self.catalog.rows("frameworks")], "{plan}": plans}
        for part, names in places.items():
            if part in path:
                yield from (((name,), path.replace(part, name)) for name in names)
                return
        yield (), path

    def _identifier(self, blank: Blank) -> Code:
        """Return the key by which a record is listed: the first text, as it is in the first language."""
        texts = [line.key for line in blank.lines if line.shape is Shape.TEXTS]
        return Code(f"{texts[0]}.{self.catalog.codes[0]}" if texts else blank.lines[0].key)

    def _label(self, labels: Mapping[str, str], names: Iterable[str]) -> str:
        return " ".join([self.text(labels), *(f"({name})" for name in names)])

    def text(self, texts: Mapping[str, str]) -> str:
        """Return a text in all languages of the site, on one line."""
        known = Text(texts)
        return " · ".join(dict.fromkeys(known.shown(code)[0] for code in self.catalog.codes))

    def field(self, line: Line) -> Tree:
        """Return the field of a key."""
        named: Tree = {
            "name": Code(line.key),
            "label": self.text(line.labels),
            "hint": self.text(line.descriptions),
            "required": line.required,
        }
        if line.shape is Shape.RECORDS:
            inner: Tree = {"fields": [self.field(item) for item in line.lines]}
            return {**named, "widget": Code("list"), "collapsed": Code("auto"), **inner}
        if line.shape is Shape.RECORD:
            inner = {"fields": [self.field(item) for item in line.lines]}
            return {**named, "widget": Code("object"), "collapsed": Code("auto"), **inner}
        if line.shape is Shape.TEXTS:
            return {**named, "widget": Code("object"), "fields": [*self._texts(line)]}
        if line.shape is Shape.CODES and not (line.item and line.item.codelist):
            return {**named, "widget": Code("list")}
        return {**named, **self._value(line)}

    def _texts(self, line: Line) -> Iterator[Tree]:
        """Yield a field in each language; the first one is asked for where the text must be there."""
        longest = line.item.constraints.get("maxLength") if line.item else None
        for place, language in enumerate(self.catalog.languages):
            yield {
                "name": Code(language.code),
                "label": language.name,
                "widget": Code("text"),
                "required": line.required and place == 0,
                **({"maxlength": longest} if longest else {}),
            }

    def _value(self, line: Line) -> Tree:
        item = line.item
        assert item is not None
        if item.codelist:
            options = [*self._options(item.codelist)]
            return {"widget": Code("select"), "options": options, "multiple": line.shape is Shape.CODES}
        if item.type == "boolean":
            # a box that is not ticked would say no where nobody said anything
            return {"widget": Code("select"), "options": list(YES_OR_NO)}
        if item.type == "date":
            kind: Tree = {"type": Code("date"), "format": "YYYY-MM-DD"}
            return {"widget": Code("datetime"), **kind}
        if item.type in ("integer", "number"):
            limits = {key[:3]: item.constraints[key] for key in ("minimum", "maximum") if key in item.constraints}
            value_type = "int" if item.type == "integer" else "float"
            return {"widget": Code("number"), "value_type": Code(value_type), **limits}
        return {"widget": Code("string"), **self._form(line)}

    def _form(self, line: Line) -> Tree:
        """Return what a text on one line must look like."""
        assert line.item is not None
        form = str(line.item.constraints.get("pattern") or "")
        shown = form
        if line.item.partial_date:
            form, shown = PARTIAL_DAY, f"{FIRST_YEAR}–{LAST_YEAR}, YYYY-MM, YYYY-MM-DD"
        elif line.item.format == "uri":
            form, shown = WEB, "https://…"
        elif line.refers_to:
            form, shown = ID, SHOWN_ID
        return {"pattern": [form, shown]} if form else {}

    def _options(self, codelist: str) -> Iterator[Tree]:
        for record in self.catalog.codes_of.get(codelist, ()):
            label = self.text(self.catalog.text(record, "label").by_language)
            # in quotes: a code of digits is a text
            yield {"label": label, "value": str(record.get("code"))}
