"""Commands about the configuration: what holds (`config`) and a first one (`init`)."""
