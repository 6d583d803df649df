"""Accounts in Puppet: resources of the module puppetlabs-mysql in manifests, and its parameters in Hiera data.

Nothing is run and no function evaluated. What only a run could know is carried as unresolved.
"""
