"""SQL and shell scripts inside YAML: initialization scripts of charts, configs of Compose, cloud-init, commands.

What a value is, its key says (`init.sql`, `setup.sh`), or the keys above it (`initdbScripts`, `configs`), or a client
of the server that is called in it. Prose and examples give nothing.
"""
