"""Rules as values, and the engine that asks them: judged servers in, findings out.

`rule` says what a rule is, `finding` what it says, `registry` where rules come from; `engine` asks them and
`suppression` takes away what a comment silences. `faults` are the findings about a file itself.
"""
