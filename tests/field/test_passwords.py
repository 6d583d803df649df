"""Passwords that reach the server otherwise than a file shows them; none of them is ever shown."""

from base64 import b64encode

import pytest

from looks import Look

RULE = "password-changed"


def secret(field: str, value: str) -> str:
    return f"apiVersion: v1\nkind: Secret\nmetadata: {{name: s}}\n{field}: {value}\n---\n"


USERS = {
    "presslabs": "apiVersion: mysql.presslabs.org/v1alpha1\nkind: MysqlUser\nmetadata: {name: u}\nspec:\n  user: app\n"
    "  clusterRef: {name: c}\n  password: {name: s, key: p}\n  allowedHosts: [10.0.3.7]\n",
    "mariadb": "apiVersion: k8s.mariadb.com/v1alpha1\nkind: User\nmetadata: {name: u}\nspec:\n  name: app\n"
    "  mariaDbRef: {name: c}\n  passwordSecretKeyRef: {name: s, key: p}\n  host: 10.0.3.7\n",
    "pod": "apiVersion: v1\nkind: Pod\nmetadata: {name: u}\nspec:\n  containers:\n"
    "    - name: db\n      image: mysql:8.4\n"
    "      env:\n        - {name: MYSQL_ROOT_PASSWORD, valueFrom: {secretKeyRef: {name: s, key: p}}}\n",
}


@pytest.mark.parametrize("user", ["presslabs", "mariadb"])
@pytest.mark.parametrize(("text", "found"), [("sesame123\n", 1), ("sesame123", 0)])
def test_a_line_end_in_base64_is_part_of_the_password(user: str, text: str, found: int, look: Look) -> None:
    encoded = b64encode(text.encode()).decode()
    seen = look({"u.yaml": secret("data", f"{{p: {encoded}}}") + USERS[user]})
    assert seen.of(RULE) == ["u.yaml:4"] * found
    assert encoded not in seen.messages
    assert "sesame" not in seen.messages


@pytest.mark.parametrize("user", ["presslabs", "mariadb", "pod"])
@pytest.mark.parametrize(("block", "found"), [("|", 1), ("|-", 0), (">-", 0)])
def test_a_line_end_of_a_block_is_part_of_the_password(user: str, block: str, found: int, look: Look) -> None:
    seen = look({"u.yaml": secret("stringData", f"\n  p: {block}\n    sesame123") + USERS[user]})
    assert len(set(seen.of(RULE))) == found
    assert "sesame" not in seen.messages


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        ('      - MYSQL_PASSWORD="sesame"\n', 1),
        ("      - 'MYSQL_PASSWORD=\"sesame\"'\n", 1),
        ("      - MYSQL_PASSWORD=sesame\n", 0),
        ('      - "MYSQL_PASSWORD=sesame"\n', 0),
        ("      - MYSQL_PASSWORD=ses$ame\n", 1),
        ("      - MYSQL_PASSWORD=ses$$ame\n", 0),
        ("      - MYSQL_PASSWORD=$ame\n", 0),
        ("      - MYSQL_PASSWORD=pre-${ame}\n", 0),
        ("      - MYSQL_PASSWORD=pre-$STAGE\n", 0),
        ("      MYSQL_PASSWORD: 0123\n", 1),
        ("      MYSQL_PASSWORD: '0123'\n", 0),
        ("      MYSQL_PASSWORD: 1e3\n", 1),
        ("      MYSQL_PASSWORD: 1.10\n", 1),
        ("      MYSQL_PASSWORD: 1.5\n", 0),
        ("      MYSQL_PASSWORD: 123\n", 0),
        ("      MYSQL_PASSWORD: yes\n", 0),
        ('      MYSQL_PASSWORD: "a\\_b"\n', 1),
        ("      MYSQL_PASSWORD: sesame\n", 0),
    ],
)
def test_what_compose_makes_of_a_password(lines: str, found: int, look: Look) -> None:
    listed = lines.lstrip().startswith("-")
    others = (
        ("- MYSQL_ROOT_PASSWORD=${R}", "- MYSQL_USER=app")
        if listed
        else ("MYSQL_ROOT_PASSWORD: ${R}", "MYSQL_USER: app")
    )
    written = "".join(f"      {other}\n" for other in others)
    text = f"services:\n  db:\n    image: mysql:8.4\n    environment:\n{written}{lines}"
    seen = look({"compose.yml": text})
    assert seen.of(RULE) == ["compose.yml:7"] * found
    assert "sesame" not in seen.messages


@pytest.mark.parametrize(
    ("line", "found"),
    [("MYSQL_PASSWORD=ses #ame", 1), ("MYSQL_PASSWORD=ses # of the shop", 0), ("MYSQL_PASSWORD='ses #ame'", 0),
     ("MYSQL_PASSWORD=ses#ame", 0)],
)  # fmt: skip
def test_a_blank_and_a_sign_cut_a_value_of_an_environment_file(line: str, found: int, look: Look) -> None:
    compose = "services:\n  db:\n    image: mysql:8.4\n    env_file: db.env\n"
    seen = look({"compose.yml": compose, "db.env": f"MYSQL_ROOT_PASSWORD=$R\nMYSQL_USER=app\n{line}\n"})
    assert seen.of(RULE) == ["db.env:3"] * found


@pytest.mark.parametrize(
    ("value", "found"),
    [("0123", 1), ("yes", 1), ("1e3", 0), ("12:30:45", 1), ("~", 0), ("123", 0), ("0x1F", 1), ("1_000", 1),
     ("'0123'", 0), ("1.10", 1), ("sesame", 0), ('"a\\_b"', 1)],
)  # fmt: skip
def test_what_ansible_and_salt_make_of_a_password(value: str, found: int, look: Look) -> None:
    task = f"- mysql_user:\n    name: app\n    host: 10.0.3.7\n    password: {value}\n"
    state = f"app:\n  mysql_user.present:\n    - host: 10.0.3.7\n    - password: {value}\n"
    seen = look({"tasks.yml": task, "users.sls": state})
    assert sorted(seen.of(RULE)) == ["tasks.yml:4", "users.sls:4"] * found


@pytest.mark.parametrize(
    ("command", "found"),
    [
        ("mysql -e 'CREATE USER a@h IDENTIFIED BY \"$PW\"'", 1),
        ("mysql -e \"CREATE USER a@h IDENTIFIED BY '$PW'\"", 0),
        ("mysql -e 'CREATE USER a@h IDENTIFIED BY \"'\"$PW\"'\"'", 0),
        ("mysql <<'EOF'\nCREATE USER a@h IDENTIFIED BY '${PW}';\nEOF", 1),
        ("mysql <<EOF\nCREATE USER a@h IDENTIFIED BY '${PW}';\nEOF", 0),
        ("envsubst <<'EOF' | mysql\nCREATE USER a@h IDENTIFIED BY '${PW}';\nEOF", 0),
        ('sh -c "mysql -e \'CREATE USER a@h IDENTIFIED BY \\"$PW\\"\'"', 0),
        ("mysql -e 'CREATE USER a@h IDENTIFIED BY \"{{ pw }}\"'", 0),
    ],
)
def test_quotes_of_the_shell_that_stop_a_variable(command: str, found: int, look: Look) -> None:
    seen = look({"a.sh": f"#!/bin/sh\n{command}\n"})
    assert "a@h" in seen.declared
    assert len(seen.of(RULE)) == found
