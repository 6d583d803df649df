from collections.abc import Callable
from pathlib import Path

import pytest

from grantlint.model import Declarations, Secrecy
from grantlint.model.location import Implied, Located, Source, Span
from grantlint.reader.formats.kubernetes.document import read
from grantlint.servers.grouping import group

Reading = Callable[..., list[Declarations]]
Shown = Callable[..., list[str]]

USER = """
apiVersion: k8s.mariadb.com/v1alpha1
kind: User
metadata:
  name: app
  namespace: shop
spec:
  mariaDbRef:
    name: mariadb
  passwordSecretKeyRef:
    name: app-db
    key: password
  maxUserConnections: 20
  host: 10.%
"""
GRANT = """
apiVersion: k8s.mariadb.com/v1alpha1
kind: Grant
metadata:
  name: app
  namespace: shop
spec:
  mariaDbRef:
    name: mariadb
  privileges:
    - "ALL PRIVILEGES"
  database: my-shop
  table: "*"
  username: app
  host: 10.%
  grantOption: true
"""


def written(span: Span) -> str:
    return span.source.text[span.start : span.end]


def test_user_and_grant_of_one_server_meet_and_leaves_keep_their_places(reading: Reading, accounts: Shown) -> None:
    assert accounts(USER + "---" + GRANT) == ["(app)@10.%: ALL ON `my-shop`.* +GRANT"]
    (found,) = reading(USER + "---" + GRANT)
    (account,), (grant,) = found.accounts, found.grants
    assert (written(account.user.span), written(account.host.span), written(account.span)) == ("app", "10.%", "User")
    assert written(grant.grant.privileges[0].span) == '"ALL PRIVILEGES"'
    assert written(grant.grant.target.span) == "my-shop"
    assert account.authentication is not None
    assert account.authentication.credential is not None
    assert account.authentication.credential.secrecy is Secrecy.REFERENCE
    (limit,) = account.limits
    assert (limit.name.value, written(limit.value.span)) == ("MAX_USER_CONNECTIONS", "20")


def test_files_of_one_server_meet_and_other_namespaces_do_not(reading: Reading, tmp_path: Path) -> None:
    other = USER.replace("namespace: shop", "namespace: blog")
    tree = {"users/app.yaml": USER, "grants/app.yaml": GRANT, "blog/app.yaml": other}
    parts = [part for name in tree for part in reading(name, tree=tree, at=tmp_path)]
    servers = group(parts)
    assert [(len(each.accounts), len(each.accounts[0].grants), len(each.grantees)) for each in servers] == [
        (1, 1, 0),
        (1, 0, 0),
    ]


def test_the_same_objects_in_another_folder_are_another_cluster(reading: Reading, tmp_path: Path) -> None:
    tree = {f"{cluster}/{name}.yaml": text for cluster in "ab" for name, text in (("user", USER), ("grant", GRANT))}
    servers = group([part for name in sorted(tree) for part in reading(name, tree=tree, at=tmp_path)])
    assert [(len(each.accounts), len(each.accounts[0].grants), len(each.grantees)) for each in servers] == [
        (1, 1, 0),
        (1, 1, 0),
    ]
    folders = [{account.span.source.path for account in each.accounts} for each in servers]
    assert folders[0].isdisjoint(folders[1])


def test_without_a_namespace_the_folder_tells_servers_apart(reading: Reading, tmp_path: Path) -> None:
    bare = USER.replace("  namespace: shop\n", "")
    tree = {"a/user.yaml": bare, "b/user.yaml": bare, "a/more.yaml": bare}
    units = [reading(name, tree=tree, at=tmp_path)[0].unit for name in tree]
    assert units[0] == units[2] != units[1]


def test_an_absent_host_is_any_and_an_absent_name_that_of_the_object(accounts: Shown) -> None:
    assert accounts(USER.replace("  host: 10.%\n", "")) == ["(app)@(%)"]
    assert accounts(USER.replace("spec:\n", "spec:\n  name: shop_rw\n")) == ["shop_rw@10.%"]
    assert accounts(
        GRANT.replace("  host: 10.%\n", "").replace("  database: my-shop\n", "").replace('  table: "*"\n', "")
    ) == ["+ app@(%): ALL ON (*.*) +GRANT"]


def test_a_user_without_any_password_is_locked() -> None:
    text = USER.replace("passwordSecretKeyRef", "somethingElse")
    (found,) = read(Source("user.yaml", text))
    assert found.accounts[0].is_locked
    (found,) = read(Source("user.yaml", text + "  require: {x509: true}\n"))
    assert not found.accounts[0].is_locked


def test_the_first_user_of_a_server_is_one_of_any_host(accounts: Shown) -> None:
    text = """
apiVersion: k8s.mariadb.com/v1alpha1
kind: MariaDB
metadata: {name: mariadb}
spec:
  username: app
  database: my_shop
"""
    assert accounts(text) == ["app@(%): (ALL) ON my_shop.*"]
    assert accounts(text.replace("  database: my_shop\n", "")) == []


def test_a_grant_without_privileges_is_not_checked(reading: Reading) -> None:
    (found,) = reading(GRANT.replace("privileges", "somethingElse"))
    assert [each.what for each in found.not_checked] == ["grant"]


def test_what_a_user_must_show() -> None:
    text = USER.rstrip("\n") + "\n  require:\n    issuer: '/CN=ca'\n    subject: '/CN=app'\n"
    (found,) = read(Source("user.yaml", text))
    requirements = [each.value for each in found.accounts[0].require if isinstance(each, Located)]
    assert requirements == ["SUBJECT '/CN=app'", "ISSUER '/CN=ca'"]


def test_the_server_is_mariadb_and_its_image_says_which() -> None:
    text = """
apiVersion: k8s.mariadb.com/v1alpha1
kind: MariaDB
metadata: {name: mariadb, namespace: shop}
spec:
  image: docker-registry1.example.org/library/mariadb:11.4.2
"""
    (server,) = group([*read(Source("mariadb.yaml", text)), *read(Source("user.yaml", USER))])
    products = [fact.product for fact in server.facts]
    assert [(product.value, type(product)) for product in products if isinstance(product, Located)] == [
        ("mariadb-11.4.2", Located),
        ("mariadb", Implied),
    ]


CROSSPLANE = """
apiVersion: mysql.sql.crossplane.io/v1alpha1
kind: User
metadata:
  name: {name}
spec:
  forProvider:
    resourceOptions:
      maxUserConnections: 10
---
apiVersion: mysql.sql.m.crossplane.io/v1alpha1
kind: Grant
metadata:
  name: grant
spec:
  forProvider:
    privileges:
      - SELECT
      - UPDATE (`status`, `updated_at`)
      - GRANT OPTION
    userRef:
      name: app
    databaseRef:
      name: shop
    table: orders
"""


def test_crossplane_splits_the_name_at_the_first_at(accounts: Shown) -> None:
    text = CROSSPLANE.format(name="app@10.%").partition("---")[0]
    assert accounts(text) == ["app@10.%"]
    assert accounts(text.replace("app@10.%", "app")) == ["(app)@(%)"]
    assert accounts(text.replace("metadata:", "metadata:\n  annotations: {crossplane.io/external-name: a@b@c}")) == [
        "a@b@c"
    ]


def test_a_crossplane_grant_names_its_user_by_reference(accounts: Shown) -> None:
    text = "---" + CROSSPLANE.partition("---")[2]
    assert accounts(text) == ["+ app@(%): SELECT,UPDATE (status, updated_at) ON shop.orders +GRANT"]
    selected = text.replace("userRef:\n      name: app", "userSelector: {matchLabels: {a: b}}")
    assert accounts(selected) == ["+ ?@?: SELECT,UPDATE (status, updated_at) ON shop.orders +GRANT"]


PRESSLABS = """
apiVersion: mysql.presslabs.org/v1alpha1
kind: MysqlUser
metadata:
  name: app
spec:
  user: app_rw
  clusterRef: {name: main, namespace: db}
  password: {name: secret, key: PASSWORD}
  allowedHosts: ["10.%", localhost]
  permissions:
    - schema: shop
      tables: ["*"]
      permissions: [SELECT, INSERT]
    - schema: "*"
      tables: ["*"]
      permissions: [PROCESS]
  resourceLimits:
    MAX_USER_CONNECTIONS: 5
"""


def test_a_user_of_the_presslabs_operator_has_an_account_for_each_host(accounts: Shown) -> None:
    grants = "SELECT,INSERT ON shop.*; PROCESS ON *.*"
    assert accounts(PRESSLABS) == [f"app_rw@10.%: {grants}", f"app_rw@localhost: {grants}"]
    (found,) = read(Source("user.yaml", PRESSLABS))
    assert found.unit == "kubernetes:mysql.presslabs.org/db/main"


def test_a_user_of_radondb(accounts: Shown) -> None:
    text = """
apiVersion: mysql.radondb.com/v1alpha1
kind: MysqlUser
metadata: {name: app}
spec:
  user: app
  hosts: ["%"]
  withGrantOption: true
  permissions:
    - {database: "*", tables: ["*"], privileges: [SELECT]}
  userOwner: {clusterName: sample, nameSpace: default}
  secretSelector: {secretName: s, secretKey: k}
"""
    assert accounts(text) == ["app@%: SELECT ON *.* +GRANT"]


@pytest.mark.parametrize(
    ("version", "kind"),
    [("pxc.percona.com/v1", "PerconaXtraDBCluster"), ("ps.percona.com/v1", "PerconaServerMySQL")],
)
def test_users_of_a_percona_cluster(accounts: Shown, version: str, kind: str) -> None:
    text = f"""
apiVersion: {version}
kind: {kind}
metadata: {{name: c}}
spec:
  users:
    - name: app
      dbs: [shop, blog]
      hosts: ["10.%"]
      grants: [SELECT, "DELETE, INSERT"]
      withGrantOption: true
      passwordSecretRef: {{name: s, key: k}}
    - name: everything
      grants: [ALL]
    - name: bare
"""
    assert accounts(text) == [
        "app@10.%: SELECT,DELETE,INSERT ON shop.* +GRANT; SELECT,DELETE,INSERT ON blog.* +GRANT",
        "everything@(%): ALL ON (*.*)",
        "bare@(%)",
    ]


def test_lists_and_objects_in_objects_are_read(accounts: Shown) -> None:
    inside = "\n".join(f"    {line}" for line in USER.strip().splitlines())
    assert accounts(f"apiVersion: v1\nkind: List\nitems:\n  -\n{inside}\n") == ["(app)@10.%"]
    assert accounts(f"apiVersion: x/v1\nkind: Composition\nspec:\n  base:\n{inside}\n") == ["(app)@10.%"]


def test_definitions_of_kinds_and_other_kinds_give_nothing(reading: Reading) -> None:
    definition = """
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
spec:
  names: {kind: User}
  example:
    apiVersion: k8s.mariadb.com/v1alpha1
    kind: User
    metadata: {name: x}
"""
    assert reading(definition) == []
    assert reading(USER.replace("kind: User", "kind: Backup")) == []
    assert reading("apiVersion: user.openshift.io/v1\nkind: User\nmetadata: {name: x}\n") == []
