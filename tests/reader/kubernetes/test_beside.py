"""Secrets and ConfigMaps that stand in another file of the folder."""

import os
from pathlib import Path

import pytest

from grantlint.model import Declarations
from grantlint.model.location import Located, Source
from grantlint.reader.formats.kubernetes.document import read

OTHER = "apiVersion: v1\nkind: Secret\nmetadata: {name: db}\nstringData: {user: app, pass: geheim}\n"
POD = """\
apiVersion: v1
kind: Pod
metadata: {name: mysql}
spec:
  containers:
    - name: mysql
      image: mysql:8.0
      env:
        - {name: MYSQL_ROOT_PASSWORD, valueFrom: {secretKeyRef: {name: db, key: pass}}}
        - {name: MYSQL_USER, valueFrom: {secretKeyRef: {name: db, key: user}}}
        - {name: MYSQL_PASSWORD, valueFrom: {secretKeyRef: {name: db, key: pass}}}
"""


def reading(folder: Path, **files: str) -> Declarations:
    (folder / "pod.yml").write_text(POD, encoding="utf-8")
    for name, text in files.items():
        (folder / name.replace("_", ".")).write_text(text, encoding="utf-8")
    path = str(folder / "pod.yml")
    (found,) = read(Source(path, POD, (os.path.realpath(folder),)))
    return found


def users(found: Declarations) -> list[str | None]:
    return [one.user.value if isinstance(one.user, Located) else None for one in found.accounts][-1:]


def test_a_password_of_another_file_stands_there(tmp_path: Path) -> None:
    found = reading(tmp_path, secret_yaml=OTHER)
    assert users(found) == ["app"]
    authentication = found.accounts[-1].authentication
    assert authentication is not None
    assert authentication.credential is not None
    place = authentication.credential.span
    assert place.source.path == str(tmp_path / "secret.yaml")
    assert place.source.text[place.start : place.end] == "geheim"
    assert any(place.source.text[start:end] == "geheim" for start, end in place.source.secrets)


def test_base64_is_decoded(tmp_path: Path) -> None:
    found = reading(
        tmp_path, s_yml=OTHER.replace("stringData: {user: app, pass: geheim}", "data: {user: YXBw, pass: eA==}")
    )
    assert users(found) == ["app"]


@pytest.mark.parametrize(
    "files",
    [
        {},
        {"a_yml": OTHER, "b_yml": OTHER.replace("app", "web")},
        {"a_yml": OTHER.replace("kind: Secret", "kind: ConfigMap")},
        {"a_yml": OTHER.replace("name: db", "name: other")},
        {"a_yml": OTHER.replace("geheim", "{{ .Values.password }}")},
        {"a_yml": f"{OTHER} [\n"},
        {"a_json": OTHER},
        {"a_yml": OTHER + "# " + "x" * (1 << 18)},
    ],
)
def test_what_no_one_file_tells_is_not_known(tmp_path: Path, files: dict[str, str]) -> None:
    assert users(reading(tmp_path, **files)) == [None]


def test_a_file_that_leads_out_of_the_tree_is_not_read(tmp_path: Path) -> None:
    inside = tmp_path / "inside"
    inside.mkdir()
    (tmp_path / "secret.yml").write_text(OTHER, encoding="utf-8")
    (inside / "secret.yml").symlink_to("../secret.yml")
    assert users(reading(inside)) == [None]


def test_text_of_no_file_has_nothing_beside_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "secret.yml").write_text(OTHER, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    (found,) = read(Source("pod.yml", POD))
    assert users(found) == [None]
