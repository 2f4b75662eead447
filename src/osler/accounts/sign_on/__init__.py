"""Signing in by an identity provider (OpenID Connect, authorization code with PKCE).

``provider`` asks the provider, ``id_token`` judges what it says, ``errand`` is what a browser carries
there and back, ``code_flow`` puts the three together, ``ties`` says whose account it is. Reads no clock
and no chance by itself; reaches the network through ``net`` alone.
"""
