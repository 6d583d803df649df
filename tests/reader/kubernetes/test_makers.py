"""Objects that are whole servers, whose operators make accounts of their own accord: counted."""

import pytest

from grantlint.model.location import Source
from grantlint.reader.formats.kubernetes.document import read
from grantlint.reader.formats.kubernetes.sign import claims


@pytest.mark.parametrize(
    ("version", "kind", "counted"),
    [
        ("mysql.oracle.com/v2", "InnoDBCluster", 1),
        ("mysql.oracle.com/v2", "MySQLBackup", 0),
        ("mysql.presslabs.org/v1alpha1", "MysqlCluster", 1),
        ("kubedb.com/v1", "MySQL", 1),
        ("kubedb.com/v1", "Postgres", 0),
        ("k8s.mariadb.com/v1alpha1", "MariaDB", 1),
        ("moco.cybozu.com/v1beta2", "MySQLCluster", 1),
    ],
)
def test_what_an_operator_makes_for_a_server_is_counted(version: str, kind: str, counted: int) -> None:
    text = f"apiVersion: {version}\nkind: {kind}\nmetadata: {{name: c}}\nspec: {{secretName: s}}\n"
    assert claims("c.yaml", text)
    found = [one.what for part in read(Source("c.yaml", text)) for one in part.not_checked]
    assert found == ["accounts"] * counted
