"""Whatever stands in a Compose file, reading it ends, and every place lies in its text."""

from hypothesis import given
from hypothesis import strategies as st

from grantlint.model.location import Source
from grantlint.reader.formats.compose.document import read
from grantlint.reader.formats.compose.interpolation import expanded

PIECES = st.sampled_from(
    ["services:\n", "  db:\n", "    image: mysql\n", "    environment:\n", "      - MYSQL_ROOT_PASSWORD=", "x", "${A}",
     "      MYSQL_USER: app\n", "    command: --skip-name-resolve ", "'", '"', "\n", "{{ x }}", "{% if %}\n", "$", "${",
     "    <<: *a\n", "&a ", "    volumes: [./a:/docker-entrypoint-initdb.d]\n", "\t", "é", "    env_file: .env\n", ": "]
)  # fmt: skip


@given(st.lists(PIECES, max_size=25).map("".join))
def test_any_text_is_read_and_every_place_lies_in_it(text: str) -> None:
    source = Source("compose.yml", "services:\n  db:\n    image: mysql\n" + text)
    for found in read(source):
        spans = [span for account in found.accounts for span in (account.span, account.user.span, account.host.span)]
        spans += [one.span for one in found.not_checked]
        if found.server:
            spans += [value.span for value in found.server.settings.values()]
        assert all(0 <= span.start <= span.end <= len(source.text) for span in spans)
        assert all(0 <= start <= end <= len(source.text) for start, end in source.secrets)


@given(
    st.text(alphabet="${}:-?+ABab_ ", max_size=30), st.dictionaries(st.sampled_from(["A", "B"]), st.text(max_size=3))
)
def test_expanding_any_text_ends_with_a_value_or_a_reason(text: str, variables: dict[str, str]) -> None:
    value = expanded(text, variables)
    assert (value.text is None) == bool(value.reason)
