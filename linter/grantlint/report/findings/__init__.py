"""The report of `check`: a Report in, a Page out. `outputs` lists the ways; `content` is what all of them are given.

people/: what somebody reads. machines/: what other programs read.
"""
