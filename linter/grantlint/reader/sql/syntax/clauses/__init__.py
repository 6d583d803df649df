"""The parts that several statements share: accounts, authentication, options, privileges."""
