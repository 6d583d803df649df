"""Which files without a format may be run on a server all the same, by their names.

What is left out is what nobody runs there: documents, pictures, archives, data, the source of applications.
"""

_ENDINGS = """
md markdown mdx rst adoc asciidoc tex html htm xhtml css scss sass less map svg po pot mo ipynb js mjs cjs
jsx ts tsx vue svelte go mod sum java kt kts scala class c h cc cpp cxx hpp hh m mm swift rs cs fs vb dart
ex exs erl hrl hs ml clj elm zig proto graphql snap lock log csv tsv diff patch png jpg jpeg gif ico webp
bmp tif tiff pdf psd ai eps woff woff2 ttf otf eot mp3 mp4 mov avi wav ogg webm zip tar gz tgz bz2 xz 7z
rar zst jar war so o a dll dylib exe bin pyc pyo pyd whl egg pem crt cer key asc sig gpg parquet avro db
sqlite sqlite3 ibd frm d2 drawio docx xlsx pptx odt ods doc xls ppt gitignore gitattributes editorconfig
dockerignore
"""
_NO_STATEMENTS = frozenset(f".{ending}" for ending in _ENDINGS.split())
_DOCUMENTS = (
    *("readme", "changelog", "changes", "license", "licence", "copying", "authors", "contributors", "notice", "news"),
    *("history", "todo"),
)
_PACKED = (".gz", ".xz", ".bz2", ".zst", ".lz4", ".zip", ".7z", ".gpg", ".enc", ".age")


def looked_into(ending: str) -> bool:
    """Whether files with this ending may hold what servers run. `ending`: of the name, from the last dot on."""
    return ending.lower() not in _NO_STATEMENTS


def is_document(path: str) -> bool:
    """Whether a file is documentation, such as a README."""
    return path[path.rfind("/") + 1 :].lower().startswith(_DOCUMENTS)


def is_env_file(path: str) -> bool:
    """Whether a name is that of an environment file, such as `db.env`."""
    name = path[path.rfind("/") + 1 :].lower()
    return name.endswith(".env") or name.startswith(".env.")


def is_packed_sql(name: str) -> bool:
    """Whether a name is that of compressed SQL: `dump.sql.gz`."""
    return name.lower().endswith(_PACKED) and ".sql." in name[name.rfind("/") + 1 :].lower()
