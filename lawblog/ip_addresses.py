"""Which IP addresses are public: no link makes this machine knock at a
door within the firm's own network. Pure."""

from ipaddress import ip_address, ip_network

# Ways to write an address of IPv4 in IPv6, relays, and networks of one's own, which
# Python, in some versions, takes for public ones.
NOT_PUBLIC = tuple(
    map(
        ip_network,
        (
            *("::/96", "::ffff:0:0:0/96", "64:ff9b::/96", "64:ff9b:1::/48"),
            *("2002::/16", "2001:20::/28", "3fff::/20", "5f00::/16", "fec0::/10"),
            *("100.64.0.0/10", "192.0.0.0/24", "192.88.99.0/24", "198.18.0.0/15"),
        ),
    )
)


def is_public_ip(address: str) -> bool:
    """ValueError for what is not an address."""
    found = ip_address(address)
    plain = getattr(found, "ipv4_mapped", None) or found
    within = any(plain in network for network in NOT_PUBLIC)
    return plain.is_global and not plain.is_multicast and not within
