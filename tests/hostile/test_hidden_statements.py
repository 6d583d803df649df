"""SQL that makes an account in a way that a search for its words would miss: read, or counted with its place."""

from pathlib import Path

import pytest

from .conftest import Run

READ = {
    "a comment between the words": "CREATE/**/USER evil@'%';",
    "comments and blanks": "CREATE/*x*/ /* y */USER evil@'%';",
    "a comment to the end of the line": "CREATE -- x\n USER evil@'%';",
    "a comment of the client": "CREATE # x\n USER evil@'%';",
    "a tab": "CREATE\tUSER\tevil@'%';",
    "line breaks": "CREATE\nUSER\nevil@'%';",
    "carriage returns": "SELECT 1;\rCREATE\rUSER evil@'%';\r",
    "a comment of some versions": "/*!50000 CREATE USER evil@'%' */;",
    "one for each word": "/*!50000 CREATE*/ /*!50000 USER*/ evil@'%';",
    "no blank behind it": "/*!CREATE*/USER evil@'%';",
    "a comment of MariaDB": "/*M!100100 CREATE USER evil@'%' */;",
    "comments around names of tables": "INSERT INTO `mysql`/**/./**/`user` SET Host='%', User='evil';",
    "comments in USE": "USE/**/mysql; INSERT/**/INTO/**/user SET Host='%', User='evil';",
    "a string that names another database": "CREATE USER evil IDENTIFIED BY 'plpgsql'; GRANT ALL ON *.* TO evil;",
    "another statement's string": "INSERT INTO t VALUES ('OWNER TO');\nCREATE USER evil; GRANT ALL ON *.* TO evil;",
    "a comment behind a statement": "CREATE USER evil; # MergeTree\nGRANT ALL ON *.* TO evil;",
    "another delimiter": "DELIMITER |\nCREATE USER evil@'%'|\n",
    "a variable that looks like a mode": 'SET @x = \'ANSI_QUOTES\'; CREATE USER "evil"@"%";',
    "a byte order mark": "\ufeffCREATE USER evil@'%';",
}

COUNTED = {  # what is counted stands on the second line
    "an event": "DELIMITER //\nCREATE EVENT e ON SCHEDULE AT NOW() DO BEGIN CREATE USER evil@'%'; END//",
    "an event without a delimiter": "CREATE EVENT e ON SCHEDULE EVERY 1 DAY\nDO CREATE USER evil@'%'",
    "a procedure": "DELIMITER $$\nCREATE DEFINER=`root`@`localhost` PROCEDURE p() BEGIN GRANT ALL ON *.* TO e@h; END$$",
    "a trigger": "DELIMITER //\nCREATE TRIGGER t BEFORE INSERT ON x FOR EACH ROW "
    "INSERT INTO mysql.user (User, Host) VALUES ('evil', '%')//",
    "a text in a procedure": "DELIMITER //\nCREATE PROCEDURE p() "
    "BEGIN SET @s = 'DROP USER x'; PREPARE y FROM @s; END//",
    "a compound statement": "DELIMITER //\nIF (SELECT 1) THEN CREATE USER evil@'%'; END IF//",
    "a text in pieces": "SELECT 1;\nSET @s = CONCAT('CRE', 'ATE US', 'ER x@y'); PREPARE x FROM @s; EXECUTE x;",
    "a text in hexadecimal": "SELECT 1;\nSET @s = 0x435245415445; PREPARE x FROM @s; EXECUTE x;",
    "a text of a function": "SELECT 1;\nSET @s = UNHEX('435245'); PREPARE x FROM @s; EXECUTE x;",
    "a text of a table": "SELECT 1;\nSELECT c INTO @s FROM t; PREPARE x FROM @s; EXECUTE x;",
}


@pytest.mark.parametrize("text", READ.values(), ids=READ)
def test_a_statement_is_read_however_it_is_written(text: str, here: Path, process: Run) -> None:
    (here / "a.sql").write_bytes(text.encode())
    ran = process("--no-config", "--quiet", ".")
    assert ran.status == 1, ran.err
    assert "'evil'@'%'" in ran.out


@pytest.mark.parametrize("text", COUNTED.values(), ids=COUNTED)
def test_what_only_a_run_would_tell_is_counted_with_its_place(text: str, here: Path, process: Run) -> None:
    (here / "a.sql").write_text(text)
    ran = process("--no-config", "--scope", ".", "--allow-empty", "a.sql")
    assert ran.status == 0, ran
    assert "1 x statement: " in ran.out
    assert "(first at a.sql:2:" in ran.out


SCRIPTS = {
    "a comment between the words": "mysql -e \"CREATE/**/USER 'evil'@'%'\"",
    "quotes between the words": "mysql -e \"CRE\"\"ATE USER 'evil'@'%'\"",
    "escapes of Bash": "mysql -e $'CREATE\\x20\\125SER \\'evil\\'@\\'%\\''",
    "escaped blanks": "mysql -e CREATE\\ USER\\ evil@\\'%\\'",
    "a mark that is a variable": "D=EOF\nmysql <<$D\nCREATE USER 'evil'@'%';\n$D",
}


@pytest.mark.parametrize("text", SCRIPTS.values(), ids=SCRIPTS)
def test_a_statement_of_a_script_is_read_however_it_is_quoted(text: str, here: Path, process: Run) -> None:
    (here / "a.sh").write_text(f"#!/bin/bash\n{text}\n")
    ran = process("--no-config", "--quiet", ".")
    assert ran.status == 1, ran.err
    assert "'evil'@'%'" in ran.out


MANIFESTS = {
    "a virtual resource": ("@mysql_user { 'evil@%': ensure => present }", "'evil'@'%'"),
    "an exported one": ("@@mysql_user { 'evil@%': ensure => present }", "'evil'@'%'"),
    "a type in a variable": ("$t = 'mysql_user'\ncreate_resources($t, {'evil@%' => {}})", "not checked: 1"),
    "a type by its name": ("Resource['mysql_user'] { 'evil@%': ensure => present }", "not checked: 1"),
    "a type that is put together": ("$t = \"mysql_${k}\"\ncreate_resources($t, {'evil@%' => {}})", "not checked: 1"),
    "a type that is put together in place": ("create_resources(\"mysql_${k}\", {'evil@%' => {}})", "not checked: 1"),
    "a function behind its argument": ("'mysql_user'.create_resources({'evil@%' => {}})", "not checked: 1"),
}


@pytest.mark.parametrize(("text", "says"), MANIFESTS.values(), ids=MANIFESTS)
def test_a_resource_is_read_or_counted_however_it_is_made(text: str, says: str, here: Path, process: Run) -> None:
    (here / "a.pp").write_text(f"{text}\n")
    assert says in process("--no-config", ".").out


DECODED = {
    "pipe": "echo Q1JF | base64 -d | mysql",
    "string": "base64 --decode <<< Q1JF | mysql -uroot",
    "substituted": "mysql < <(base64 -d x.b64)",
    "argument": 'mysql -e "$(echo Q1JF | base64 -d)"',
    "printed": 'echo "$(echo Q1JF|base64 -d)" | mysql -u x',
    "continued": "echo Q1JF | base64 -d \\\n  | gunzip | sudo docker exec -i db mysql -uroot",
    "lines": "echo Q1JF |\n base64 -d |\n mysql",
    "hex": "xxd -r -p x | mysql",
    "long": f"base64 -d <<< {'Q1JF' * 2_000} | mysql",
    "behind much": f"echo {'Q1JF' * 2_000} | base64 -d | mysql",
    "openssl": "openssl enc -d -base64 -in x | mariadb",
}
UNDECODED = (
    'mysql -uroot -p"$(kubectl get secret x | base64 -d)" -e "SELECT 1"',
    "P=$(echo x | base64 -d)\nmysql -p$P < x.sql",
    "mysqldump x | base64 | mysql-tool",
    "# echo Q1JF | base64 -d | mysql",
    "echo x | base64 -d | psql",
)


@pytest.mark.parametrize("name", DECODED)
def test_what_is_decoded_for_a_client_is_counted(name: str, here: Path, process: Run) -> None:
    (here / "a.sh").write_text(f"#!/bin/bash\n{DECODED[name]}\n")
    lines = "".join(f"      {line}\n" for line in DECODED[name].splitlines())
    (here / "a.yml").write_text(f"- hosts: db\n  tasks:\n  - shell: |\n{lines}")
    ran = process("--no-config", ".")
    assert ran.status == 0, ran
    assert "2 x statements: a command decodes what the client gets" in ran.out


def test_a_password_that_is_decoded_is_not_counted(here: Path, process: Run) -> None:
    (here / "a.sh").write_text("#!/bin/bash\n" + "\n".join(UNDECODED) + "\n")
    assert process("--no-config", ".").status == 4
