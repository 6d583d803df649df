"""A server of the Language Server Protocol, for editors: `grantlint lsp`, with the extra grantlint[lsp].

`workspace` judges a folder with what the editor holds in place of its files, and knows nothing of the protocol;
`translation` has places and findings in the protocol's terms; `server` is pygls' part.
"""
