"""Files for editors, made from the schemas: what a text editor and a web editor know of each kind of file."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from site_builder.nouns.record import Catalog
from site_builder.nouns.schema import Schemas
from site_builder.readers.blanks import blanks
from site_builder.writers.editors.json_schema import json_schema
from site_builder.writers.editors.sveltia import sveltia_config
from site_builder.writers.yaml_text import yaml_text

SCHEMAS = ".vscode/schemas"
EXTENSION = "redhat.vscode-yaml"
SVELTIA = "editors/sveltia/config.yml"


def editor_files(catalog: Catalog, schemas: Schemas) -> dict[str, bytes]:
    """Return every file for editors by its path in the project."""
    kinds = blanks(schemas, catalog.codes)
    files = {f"{SCHEMAS}/{blank.name}.json": _json(json_schema(blank, catalog)) for blank in kinds}
    bound = {f"{SCHEMAS}/{blank.name}.json": f"content/{_glob(blank.kind.path)}" for blank in kinds}
    files[".vscode/settings.json"] = _json(
        {
            "yaml.schemas": {f"./{name}": pattern for name, pattern in bound.items()},
            "yaml.yamlVersion": "1.2",
            "yaml.format.enable": False,
            "files.eol": "\n",
            "[yaml]": {"editor.insertSpaces": True, "editor.tabSize": 2},
        }
    )
    files[".vscode/extensions.json"] = _json({"recommendations": [EXTENSION]})
    files[SVELTIA] = yaml_text(sveltia_config(kinds, catalog)).encode("utf-8")
    return dict(sorted(files.items()))


def _glob(path: str) -> str:
    """Return the pattern of the paths of a kind: `plans/*/commitments/*.yaml`."""
    parts = ("*" + part[part.rindex("}") + 1 :] if "{" in part else part for part in path.split("/"))
    return "/".join(parts)


def _json(tree: Mapping[str, Any]) -> bytes:
    return (json.dumps(tree, ensure_ascii=False, indent=1) + "\n").encode("utf-8")
