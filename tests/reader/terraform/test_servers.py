"""Containers, pods, tasks and charts of a configuration that run a server."""

from collections.abc import Callable

import pytest

from grantlint.model import Declarations, Secrecy
from grantlint.reader.files.formats import FORMATS

Reading = Callable[..., list[Declarations]]

DOCKER = """
resource "docker_container" "db" {
  name  = "db"
  image = IMAGE
  env = [
    "MYSQL_ROOT_PASSWORD=geheim1",
    "MYSQL_USER=${var.user}",
    "MYSQL_PASSWORD=${var.password}",
    "MYSQL_DATABASE=shop",
  ]
  ports {
    internal = 3306
    external = 3306
  }
}
resource "docker_image" "db" {
  name = "mysql:8.4"
}
variable "user" {
  default = "app"
}
variable "password" {
  default = "geheim2"
}
"""
POD = """
resource "kubernetes_deployment_v1" "db" {
  spec {
    template {
      spec {
        container {
          image = "mariadb:11.8"
          env {
            name  = "MARIADB_ROOT_PASSWORD"
            value = "geheim1"
          }
          env {
            name = "MARIADB_PASSWORD"
            value_from {
              secret_key_ref {
                name = kubernetes_secret.db.metadata[0].name
                key  = "password"
              }
            }
          }
          env_from {
            config_map_ref {
              name = "db"
            }
          }
          args = ["--bind-address=0.0.0.0"]
        }
      }
    }
  }
}
resource "kubernetes_secret" "db" {
  metadata {
    name = "credentials"
  }
  data = {
    password = "geheim2"
  }
}
resource "kubernetes_config_map" "db" {
  metadata {
    name = "db"
  }
  data = {
    MARIADB_USER     = "app"
    MARIADB_DATABASE = "shop"
  }
}
"""
TASK = """
resource "aws_ecs_task_definition" "db" {
  container_definitions = jsonencode([{
    name  = "db"
    image = "mysql:8.4"
    environment = [
      { name = "MYSQL_ROOT_PASSWORD", value = "geheim1" },
      { name = "MYSQL_USER", value = "app" },
      { name = "MYSQL_DATABASE", value = "shop" },
    ]
    secrets = [{ name = "MYSQL_PASSWORD", valueFrom = aws_secretsmanager_secret.db.arn }]
  }])
}
"""
CHART = """
resource "helm_release" "db" {
  repository = "https://charts.bitnami.com/bitnami"
  chart      = "mysql"
  values = [
    <<-EOF
      auth:
        rootPassword: ${var.root}
        username: other
        database: shop
    EOF
  ]
  set {
    name  = "auth.username"
    value = "app"
  }
  set_sensitive {
    name  = "auth.password"
    value = "geheim2"
  }
}
"""
LISTED = CHART.replace("set_sensitive {", "set_sensitive = [{").replace('"geheim2"\n  }', '"geheim2"\n  }]')


def plain(found: list[Declarations]) -> list[str]:
    """Return the passwords that stand in the text, which are hidden there."""
    told: list[str] = []
    for account in (account for part in found for account in part.accounts):
        credential = account.authentication.credential if account.authentication else None
        if credential is not None and credential.secrecy is Secrecy.PLAIN:
            source, start, end = credential.span
            assert any(first <= start and end <= last for first, last in source.secrets)
            told.append(source.text[start:end].strip('"'))
    return told


@pytest.mark.parametrize("image", ['"mysql:8.4"', "docker_image.db.image_id", "docker_image.db.name"])
def test_a_container_of_docker(image: str, reading: Reading) -> None:
    (found,) = reading(DOCKER.replace("IMAGE", image))
    assert [str(account) for account in found.accounts] == ["'root'@'%'", "'root'@'localhost'", "'app'@'%'"]
    assert plain([found]) == ["geheim1", "geheim1", "geheim2"]
    assert found.server is not None
    assert found.server.container is not None
    assert found.server.container.published is not None


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (POD, ["geheim1", "geheim1", "geheim2"]),
        (TASK, ["geheim1", "geheim1"]),
        (CHART, ["geheim2"]),
        (LISTED, ["geheim2"]),
        (TASK.replace("mysql:8.4", "nginx"), []),
        (POD.replace("mariadb:11.8", "wordpress"), []),
        (POD.replace("kubernetes_secret.db.metadata[0].name", '"credentials"'), ["geheim1", "geheim1", "geheim2"]),
    ],
)
def test_what_other_resources_start(body: str, told: list[str], reading: Reading) -> None:
    found = reading(body)
    assert plain(found) == told
    assert any("'app'@'%'" in str(account) for part in found for account in part.accounts) == bool(told)


def test_settings_of_a_pod_are_the_servers(reading: Reading) -> None:
    (found,) = reading(POD)
    assert found.server is not None
    assert "bind_address" in found.server.settings


def test_a_server_is_known_by_its_image_and_variables() -> None:
    sign = next(one for one in FORMATS if one.name == "terraform").claims
    assert sign("main.tf", CHART)
    assert not sign("main.tf", POD.replace("mariadb:11.8", "nginx").replace("MARIADB", "PG"))
