"""`grantlint why`, the command itself, against real servers."""

import json
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest

from live.accounts import measure
from live.cases import Case, random_case
from live.servers import LiveServer, Said

pytestmark = pytest.mark.live
_FROM_A_FILE = 12
_LETTER = re.compile("[a-z]", re.IGNORECASE).search  # the command takes a name without any for a broken address


def grantlint(*words: str) -> subprocess.CompletedProcess[str]:
    return _module("grantlint", *words)


def _module(name: str, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", name, *words], capture_output=True, text=True, check=False)


def a_case(name: str, dice: Random, server: LiveServer) -> Case:
    kind = {"skip_name_resolve": server.skip_name_resolve, "ipv6": server.ipv6, "loopback": not server.namespace}
    return random_case(name, dice, **kind)


def fits(winner: object, said: Said) -> bool:
    """Return whether an answer of the command, an error number or accounts that tie, is the server's."""
    return winner == said.error if isinstance(winner, int) else said.current_user in winner


def test_a_file_of_cases_is_answered_as_the_server_does(
    server: LiveServer, dice: Random, cases: int, count: Callable[[str], None], tmp_path: Path
) -> None:
    """The cases are handed over as they are: which accounts a server refuses is for the command to know."""
    wanted = [a_case(f"{number}", dice, server) for number in range(max(cases // 4, 1))]
    file = tmp_path / "cases.jsonl"
    file.write_text("".join(json.dumps(case) + "\n" for case in wanted))
    done = _module("grantlint.oracle", "why", str(file), "--server", server.target.label)
    assert done.returncode == 0, done.stderr
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert [answer["id"] for answer in answers] == [case["id"] for case in wanted]
    wrong = []
    asked = 0
    for case, answer in zip(wanted, answers, strict=True):
        measured = measure(server, case)
        asked += len(measured.said)
        for client, said, winner in zip(case["clients"], measured.said, answer["winner"], strict=True):
            if not fits(winner, said):
                wrong.append(f"{client}: {said.error or said.current_user}, not {winner}\n{json.dumps(case)}")
    count(f"{len(wanted)} cases, {asked:,} connections, asked of `python -m grantlint.oracle why`")
    assert not wrong, "\n".join(wrong[:3])


def test_a_policy_file_is_answered_as_the_server_does(
    server: LiveServer, dice: Random, count: Callable[[str], None], tmp_path: Path
) -> None:
    case: Case = {**a_case("policy", dice, server), "rows_made_by": "create_flush"}
    measured = measure(server, case)
    policy = tmp_path / "policy.yml"
    users = [f"  - user: {json.dumps(user)}\n    host: {json.dumps(host)}\n" for user, host in measured.accounts]
    setting = f"  settings:\n    skip_name_resolve: {json.dumps(case['skip_name_resolve'])}\n"
    policy.write_text(f"server:\n  product: {server.target.label}\n{setting}users:\n{''.join(users)}")
    pairs = zip(case["clients"], measured.said, strict=True)
    asked = [(client, said) for client, said in pairs if _LETTER(case["names"].get(client[1], "no name"))]
    for (user, source), said in dice.sample(asked, min(_FROM_A_FILE, len(asked))):
        name = case["names"].get(source)
        client = f"{name}={source}" if name else source
        done = grantlint("why", user, f"--from={client}", "--format", "json", str(policy))
        told = f"{user!r} from {client}, {said}\nstatus {done.returncode} {done.stderr}\n{policy.read_text()}"
        assert done.returncode == (said.error is not None), told
        (answer,) = json.loads(done.stdout)["answers"]
        winner = answer["error"] or [f"{row['user']}@{row['host']}" for row in answer["winners"]]
        assert fits(winner, said), f"{winner}: {told}"
    count(f"{min(_FROM_A_FILE, len(asked))} clients asked of `grantlint why USER --from CLIENT`")
