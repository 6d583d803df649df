"""What a README says that its repository is for: teaching, showing, developing, or nothing any more."""

import re

from grantlint.platform.pattern import Pattern

_FIRST_LINES = 20
_OPENING = 1500  # characters
_FIRST_WORDS = 400  # characters
_SAID = Pattern(
    r"(?i)"
    r"\b(?:files|code|repo(?:sitory)?|project|material|solutions?|labs?|exercises?)\b[^.\n]{0,40}\b(?:for|of|from|in)"
    r"\b[^.\n]{0,60}\b(?:course|class|workshop|bootcamp|tutorial|training|udemy)\b"
    r"|\b(?:home ?work|coursework|(?:school|student|study|university|group|college) project)\b"
    r"|\bfor (?:learning|educational|demonstration|teaching|study) purposes\b|\bbuilt to showcase\b"
    r"|\bhands[- ]on (?:project|lab|exercise)|\b(?:security|hardening|coding|training) exercise\b"
    r"|\bmade (?:of|by) (?:two|three|four|five|\d) [^.\n]{0,20}students?\b|\bhaute [eé]cole\b|\bl.atelier\b"
    r"|\b(?:bachelor|master|diploma)(?:.?s)? thesis\b|\bdiplomarbeit\b|\bbakalářsk|\btravaux pratiques\b"
    r"|\bcollection of quick ?starts\b|\bprojet (?:étudiant|scolaire)|\basignatura\b|\btrabajo práctico\b|домашн"
    r"|学习研究|供学习|学习项目|毕业设计|课程设计|为例"
    r"|\brun (?:this|these) examples?\b|\bcompanion (?:piece|repo(?:sitory)?|code|project) (?:to|for|of)\b"
    r"|(?:\A|[\n.>])\s*(?:an? )?(?:simple )?example (?:of an? (?:<\w+>)?\w+ )?"
    r"(?:app(?:lication)?|module|project|cluster)\b"
    r"|\b(?:simple|basic|minimal|toy) (?:\w+ )?(?:flask|express|node(?:\.?js)?|php|laravel|django|spring(?: ?boot)?"
    r"|react|java|python|golang|crud|rest(?:ful)?|to-?do)(?: \w+)? (?:app(?:lication)?|api|project|web ?site)\b"
    r"|\b(?:two|three|2|3)[- ]tier (?:\w+ ){0,2}(?:app(?:lication)?|project|architecture)\b"
    r"|\ba sample (?:app(?:lication)?|database|project|schema)\b"
    r"|\b(?:filled|initiali[sz]ed|loaded|populated|seeded) with (?:\w+ )?(?:dummy|fake|mock|sample|test) data\b"
    r"|\b(?:intentionally|deliberately) (?:vulnerable|insecure)\b|\bcyber ?ranges?\b"
    r"|\bthis (?:project|repo(?:sitory)?|module|chart|role|collection) (?:is|has been) (?:no longer"
    r" (?:supported|maintained|used)|deprecated|archived|decommissioned|unmaintained|abandoned)\b"
)
"""What is said at the beginning of the README of what is for teaching, an example, or looked after by nobody."""
_PHRASES = (
    "capstone project", "semester project", "final year project", "final-year project", "graduation project",
    "learning project", "practice project", "portfolio project", "project for learning", "purely educational",
    "learning devops", "learning ansible", "learning docker", "learning kubernetes", "coding challenge",
    "test project", "toy project", "experimenting with", "tech task", "technical task", "coding task", "coding test",
    "tech test", "interview task", "technical challenge", "code challenge", "hiring challenge",
    "take-home assignment", "take-home test", "take-home challenge", "technical assessment", "technical test",
    "proof of concept", "proof-of-concept", "quickstart template", "quick start template", "demonstrates how",
    "demonstrating how", "42 school", "42 cursus", "not intended for production", "not meant for production",
    "not production ready", "not production-ready", "projet de fin d", "projet de formation", "cadre de la formation",
    "cadre de ma formation", "cadre d'un cours", "cadre du cours", "cadre du module", "proyecto final de",
    "trabajo final", "proyecto académico", "proyecto de curso", "trabalho final", "trabalho acadêmico",
    "projeto acadêmico", "projeto de estudo", "projeto final", "fins de estudo", "fins educacionais", "alura ",
    "progetto universitario", "abschlussprojekt", "lehrveranstaltung", "schulprojekt", "zu lernzwecken", "курсовая",
    "курсовой проект", "дипломный", "дипломная", "учебный проект", "учебного проекта", "## задание",
    "лабораторная работа",
    "disusun oleh", "mata kuliah", "tugas besar", "tugas akhir", "đồ án", "môn học", "bài tập lớn", "bitirme proje",
    "ödevi", "projet est fictif", "projet fictif", "fictional project", "fictitious company", "fictional company",
    "proyecto ficticio", "empresa ficticia", "projeto fictício", "vagrant box", "historical purposes",
    "for historical", "historical reference",
)  # fmt: skip
"""Words that only what nobody runs for others begins with; looked for as they are, which costs little."""
_SIGNS = (
    "부트캠프",
    "졸업작품",
    "졸업 작품",
    "스터디",
    "실습",
    "팀원소개",
    "팀원 소개",
    "토이 프로젝트",
    "学習用",
    "ハンズオン",
    "大作业",
    "实训",
    "练手",
    "课设",
    "毕设",
    "团队分工",
    "小组成员",
)
"""The same in scripts whose words are not parted."""
_DEVELOPS = (
    r"(?:\b(?:dev|development)\b[ -]*(?:env|environment|machine|server|vm|box|stack)s?\b|\blocal (?:dev|development)\b"
    r"|środowisk\w+ deweloperski|\benvironnement de développement\b|\bentorno de desarrollo\b"
    r"|\bambiente de desenvolvimento\b|\bentwicklungsumgebung\b)"
)
_IS_FOR = (
    r"\b(?:contains?|provides?|is (?:an?|the|my|our|for)|sets? up|states (?:to|for)|creates?|zawiera|contient|contiene"
    r"|contém|enthält)\b[^.\n]{0,60}"
)
_YEAR = Pattern(r"\b20(\d\d) ?/ ?(?:20)?(\d\d)\b(?!/)")
"""An academic year, where the second follows the first."""
_WORKPLACE = Pattern(
    rf"(?i)\A[^\n]*{_DEVELOPS}|{_IS_FOR}{_DEVELOPS}|(?:建置|搭建|构建|建立)[^\n]{{0,4}}(?:开发环境|開發環境)"
)
_RUNS = Pattern(r"(?i)\b(?:prod|production|live|staging)\b")
_WORD = Pattern(r"[a-z]+")
_LINK = Pattern(r"\[([^\[\]]*)\]\([^()]*\)")
_EMPHASIS = str.maketrans("*`>", "   ")  # of Markdown, around a phrase or before its line
_TAG = Pattern(r"<[^<>]*>|!?\[[^\[\]]*\]\([^()]*\)")
_ANYWHERE = frozenset({
    "demo", "demos", "demonstration", "tutorial", "tutorials", "example", "examples", "homework", "bootcamp",
    "practica", "practicas", "crud", "vagrant",
})  # fmt: skip
_AT_THE_END = frozenset({
    "assignment", "assignments", "course", "curso", "exercise", "exercises", "kurs", "lab", "labs", "notes",
    "playground", "poc", "practice", "practise", "sample", "samples", "sandbox", "snippets", "study", "training",
    "workshop", "workshops",
})  # fmt: skip
"""Words that end a title of such a thing, and elsewhere name products: `Course Management System`."""
_WHOLE = frozenset({"cheat sheet", "cheatsheet", "inception", "knowledge base", "notes", "snippets"})
"""Titles of collections that nobody runs, and of a task that a school sets."""
_ABANDONED = frozenset({"abandoned", "decommissioned", "deprecated", "unmaintained"})
"""Words that begin or end a title of what nobody looks after."""


def is_no_production(text: str) -> bool:
    """Return whether a README says that nobody runs this for others.

    >>> is_no_production("# Docker training"), is_no_production("# Shop"), is_no_production("")
    (True, False, False)
    """
    return bool(text) and (says_example(title_of(text)) or is_taught(text) or is_workplace(text) or _is_of_a_year(text))


def _is_of_a_year(text: str) -> bool:
    """Return whether a README begins with an academic year: `2017/2018`."""
    found = _YEAR.search(text[:_FIRST_WORDS])
    return found is not None and int(found[2]) == int(found[1]) + 1


def title_of(text: str) -> str:
    r"""Return the title of a README.

    It is the first line that is more than badges and tags.

    >>> title_of("[![build](x.svg)](y)\n\n# Ansible workshop\n")
    'ansible workshop'
    """
    for line in text.splitlines()[:_FIRST_LINES]:
        words = _WORD.findall(_TAG.sub("", _TAG.sub("", line)).lower())
        if words:
            return " ".join(words)
    return ""


def is_taught(text: str) -> bool:
    """Return whether a README begins with words of teaching or leaving.

    >>> is_taught("Files for the Salt course of 2020"), is_taught("A course manager for schools.")
    (True, False)
    >>> is_taught("> **PROOF OF CONCEPT**, not for others")
    True
    """
    opening = text[:_OPENING].translate(_EMPHASIS)
    words = _LINK.sub(r"\1", opening).lower().split() if "](" in opening else opening.lower().split()
    folded = f" {' '.join(words)} "
    if any(f" {phrase}" in folded for phrase in _PHRASES) or any(sign in folded for sign in _SIGNS):
        return True
    return _SAID.search(opening) is not None


def is_workplace(text: str) -> bool:
    r"""Return whether a README begins with a machine for development.

    Words of another that runs for others keep it from being one.

    >>> is_workplace("# Shop\nStates for your development machines."), is_workplace("# Shop\nDevelopment follows.")
    (True, False)
    """
    first, *_ = re.split(r"\n##", text.lstrip()[:_FIRST_WORDS], maxsplit=1)
    return _WORKPLACE.search(first) is not None and _RUNS.search(first) is None


def says_example(title: str) -> bool:
    """Return whether a title is that of an example.

    >>> says_example("mysql ha lab"), says_example("lab inventory")
    (True, False)
    """
    words = title.split()
    if title in _WHOLE:
        return True
    if not _ABANDONED.isdisjoint((*words[:1], *words[-1:])):
        return True
    if "clone" in words[1:]:  # of what others run
        return True
    return not _ANYWHERE.isdisjoint(words) or (len(words) > 1 and words[-1] in _AT_THE_END)
