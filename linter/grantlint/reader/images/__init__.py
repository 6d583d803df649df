"""The images of database servers: what their entry points make of a container's variables and options."""
