"""Scripts and SQL in YAML: charts, Compose, cloud-init, Kubernetes, tasks of Ansible."""

from collections.abc import Callable, Iterable
from textwrap import dedent

import pytest
from hypothesis import given
from hypothesis import strategies as st

from draws import examples
from grantlint.model import Declarations
from grantlint.model.location import Implied, Located, Source
from grantlint.reader.files.formats import format_named
from grantlint.reader.formats.ansible import document as ansible
from grantlint.reader.formats.compose import document as compose
from grantlint.reader.formats.kubernetes import document as kubernetes
from grantlint.reader.formats.yaml_scripts import document as yaml_scripts

Read = Callable[[Source], Iterable[Declarations]]


def shown(text: str, read: Read) -> list[str]:
    """Each account and grantee with what is written at its place, joined lines apart."""
    lines: list[str] = []
    for found in read(Source("values.yaml", text)):
        pairs = [(one.user, one.host) for one in (*found.accounts, *found.grants)]
        for user, host in pairs:
            names = [leaf.value if isinstance(leaf, Located) else "?" for leaf in (user, host)]
            lines.append("@".join(names))
            written = text[host.start : host.end]
            assert names[1].strip("?") in written or isinstance(host, Implied)
    return lines


@pytest.mark.parametrize(
    "text",
    [
        """
        initdbScripts:
          init.sql: |
            CREATE USER 'app'@'10.%';
            GRANT SELECT ON shop.* TO 'app'@'10.%';
        """,
        """
        mariadb:
          initdbScriptsConfigMap: other
          initdbScripts:
            setup.sh: |
              #!/bin/sh
              mysql -u root <<EOF
              CREATE USER 'app'@'10.%';
              EOF
              mysql -e "GRANT SELECT ON shop.* TO \\"app\\"@\\"10.%\\""
        """,
        """
        runcmd:
          - mysql -e "CREATE USER 'app'@'10.%'"
          - [sh, -c, "mysql -e \\"GRANT SELECT ON shop.* TO 'app'@'10.%'\\""]
        """,
        """
        write_files:
          - path: /docker-entrypoint-initdb.d/a.sql
            content: |
              CREATE USER 'app'@'10.%';
              GRANT SELECT ON shop.* TO 'app'@'10.%';
        """,
        """
        {{- if .Values.enabled }}
        initdbScripts:
          a.sql: |
            {{- range .Values.users }}
            CREATE USER 'app'@'10.%';
            {{- end }}
            GRANT SELECT ON shop.* TO 'app'@'10.%' ;
        {{- end }}
        """,
        """
        initdbScripts:
          a.sql: "CREATE USER \\"app\\"@'10.%';\\nGRANT SELECT ON shop.* TO 'app'@'10.%';"
        """,
        """
        spec:
          containers:
            - command: ["bash", "-c"]
              args:
                - >
                  mysql -e "CREATE USER 'app'@'10.%';
                  GRANT SELECT ON shop.* TO 'app'@'10.%'"
        """,
    ],
)
def test_a_script_in_yaml_is_read_at_its_place(text: str) -> None:
    text = dedent(text)
    assert shown(text, yaml_scripts.read) == ["app@10.%", "app@10.%"]
    known = format_named("yaml")
    assert known is not None
    assert known.claims("values.yaml", text)


def test_what_a_template_puts_in_is_unresolved() -> None:
    text = "initdbScripts:\n  a.sql: |\n    CREATE USER '{{ .Values.user }}'@'10.%';\n"
    assert shown(text, yaml_scripts.read) == ["?@10.%"]


@pytest.mark.parametrize(
    "text",
    [
        "- name: Create user app; then GRANT ALL ON a.* TO 'b'@'%'\n  debug:\n",
        "description: |\n  Run mysql -e \"GRANT ALL ON a.* TO 'b'@'%'\" yourself.\n",
        "initdbScripts:\n  a.sql: |\n    CREATE USER app WITH PASSWORD 'x';\n    GRANT ALL ON DATABASE app TO app;\n",
        "query: GRANT ALL ON a.* TO b@'%'\n",
        "init.py: |\n  execute(\"GRANT ALL ON a.* TO b@'%'\")\n",
        "run: psql -c 'CREATE USER app'\n",
    ],
)
def test_prose_examples_and_other_servers_give_nothing(text: str) -> None:
    assert shown(text, yaml_scripts.read) == []


def test_test_runs_are_not_claimed() -> None:
    known = format_named("yaml")
    assert known is not None
    text = "run: mysql -e \"CREATE USER a@'%'\"\n"
    assert known.claims("deploy.yml", text)
    assert not known.claims(".github/workflows/test.yml", text)


def test_a_script_of_a_config_map_is_read() -> None:
    text = dedent("""
        apiVersion: v1
        kind: ConfigMap
        data:
          init.sh: |
            mysql <<EOF
            CREATE USER 'app'@'10.%' IDENTIFIED BY '$PASSWORD';
            EOF
          more.sql: |
            GRANT SELECT ON shop.* TO 'app'@'10.%';
    """)
    assert shown(text, kubernetes.read) == ["app@10.%", "app@10.%"]


def test_a_config_of_compose_is_read() -> None:
    text = dedent("""
        services:
          db: {image: "mysql:8.4", environment: {MYSQL_ROOT_PASSWORD: x, MYSQL_ROOT_HOST: localhost}}
          setup: {image: "mysql:8.4", command: mysql -h db -e "CREATE USER 'app'@'10.%'"}
        configs:
          init.sql:
            content: |
              GRANT SELECT ON shop.* TO 'app'@'10.%';
    """)
    assert shown(text, compose.read)[-2:] == ["app@10.%", "app@10.%"]


def test_a_shell_task_of_ansible_is_read() -> None:
    text = dedent("""
        - hosts: db
          tasks:
            - name: Create user
              shell: mysql -u root -e "CREATE USER 'app'@'10.%'"
            - ansible.builtin.command:
                cmd: mysql -e "GRANT SELECT ON shop.* TO 'app'@'10.%'"
            - raw: "echo \\"GRANT INSERT ON other.* TO 'app'@'10.%'\\" | mysql -P {{ port }}"
    """)
    assert shown(text, ansible.read) == ["app@10.%", "app@10.%", "app@10.%"]


PIECES = [
    *("a.sql: |\n", "content: >\n", "x: ", "  ", "\n", "- ", '"', "'", '\\"'),
    *("GRANT ALL ON *.* TO 'u'@'%';", 'mysql -e "', "{{ x }}"),
]


@examples(300)
@given(st.lists(st.sampled_from(PIECES), max_size=25).map("".join) | st.text(max_size=60))
def test_any_text_is_read_with_places_inside_it(text: str) -> None:
    for found in yaml_scripts.read(Source("a.yaml", text)):
        for one in (*found.grants, *found.accounts):
            assert 0 <= one.host.start <= one.host.end <= len(text)


@pytest.mark.parametrize(
    "task",
    [
        """
        - shell: >
            echo "update user set plugin='mysql_native_password' where user='root' and host='localhost';" | \\
            sudo -H -u root mysql mysql
        """,
        """
        - command: mysql -u root mysql -e "update user set plugin='unix_socket' where user='root' and host='localhost'"
        """,
    ],
)
def test_a_command_whose_client_is_told_the_database_of_accounts_is_read(task: str) -> None:
    text = dedent(task)
    taken = format_named("yaml")
    assert taken is not None
    assert taken.claims("tasks.yml", text)
    assert shown(text, yaml_scripts.read) == ["root@localhost"]
    assert shown(text, ansible.read) == ["root@localhost"]
