"""Resources that make a server, and accounts on it: of platforms, and as containers of an image.

`administrators` and `platforms` are of managed servers; `environment` reads the variables of a container, `containers`
those of Docker and of tasks of ECS, `pods` those of Kubernetes, `charts` releases of Helm.
"""
