"""The command `schema`."""

from __future__ import annotations

from allocator.commands.printing import print_json


def schema() -> None:
    """方案文件的 JSON Schema / JSON Schema of the scenario file."""
    from scenarios.file.schema import ScenarioFile

    print_json(ScenarioFile.model_json_schema())
