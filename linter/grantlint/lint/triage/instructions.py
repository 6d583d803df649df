"""What a README tells people to run on their own machines: the Compose project, or a cluster on one machine."""

import re

from grantlint.platform.pattern import Pattern

COMPOSE_FILES = frozenset({"compose.yaml", "compose.yml", "docker-compose.yml", "docker-compose.yaml"})
"""What `docker compose up` takes in the folder that it is called in."""

_HEADING = Pattern(r"(#{1,6})[ \t]+(.*)")
_STARTS = Pattern(r"docker[- ]compose\b(?P<options>[^\n]*)\bup\b")
_OWN = Pattern(
    r"(?i)\b(?:local|locally|dev|develop|development|developers?|desarrollo|desenvolvimento|développement|lokal|entwicklung)"
    r"\b|локальн|разработ|本地|开发|開発|로컬|개발"
)
_OTHERS = Pattern(r"(?i)\b(?:prod|production|live|staging|deploy\w*|server|eks|gke|aks)\b|生产|部署|本番|배포|운영")
_BEYOND = Pattern(
    r"(?i)\b(?:prod|production|produção|producción|deploy\w*|staging|self-?host\w*|hosting|vps|domains?|proxy|kubernetes"
    r"|swarm|cloud)\b|生产|部署|本番|배포|운영|развёртывание|развертывание"
)
"""What a README speaks of whose project runs on more than the machine of its reader."""
_HERE = ("localhost", "127.0.0.1")
_ON_ONE_MACHINE = ("minikube", "kind create cluster", "k3d cluster create")


def runs_compose_locally(text: str) -> bool:
    r"""Return whether a README starts the Compose project for development alone.

    Each such command stands below a heading that says so, or all of the text speaks of localhost and of nothing beyond;
    those that name a file are of that file.

    >>> runs_compose_locally("# Shop\n## Local development\n`docker compose up`\n")
    True
    >>> runs_compose_locally("# Shop\n## Start\n`docker compose up`\n")
    False
    >>> runs_compose_locally("# Shop\n## Start\n`docker compose up`, and see http://localhost\n")
    True
    """
    headings: dict[int, str] = {}
    told: list[bool] = []
    is_shown = False
    for line in text.splitlines():
        is_shown ^= line.lstrip().startswith("```")
        heading = _HEADING.match(line) if not is_shown and line.startswith("#") else None
        if heading:
            depth = len(heading[1])
            headings = {at: words for at, words in headings.items() if at < depth} | {depth: heading[2]}
        started = _STARTS.search(line) if "compose" in line else None
        if started and not re.search(r"\s(?:-f|--file)\b", started["options"]):
            told.append(_is_own([words for depth, words in headings.items() if depth > 1]))
    return bool(told) and (all(told) or (any(name in text for name in _HERE) and _BEYOND.search(text) is None))


def _is_own(headings: list[str]) -> bool:
    """Return whether the nearest heading that says either is of developers' own machines."""
    for words in reversed(headings):
        if _OTHERS.search(words) is not None:
            return False
        if _OWN.search(words) is not None:
            return True
    return False


def runs_cluster_locally(text: str) -> bool:
    """Return whether a README has a cluster on one machine.

    One that names others or production has more than that.

    >>> runs_cluster_locally("Run `minikube start`."), runs_cluster_locally("minikube, or EKS in production")
    (True, False)
    """
    folded = text.lower()
    return any(name in folded for name in _ON_ONE_MACHINE) and _OTHERS.search(text) is None
