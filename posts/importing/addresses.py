"""Addresses of the old site. Pure."""


def is_web(address: str) -> bool:
    return address.startswith(("http://", "https://"))


def web_addresses(*addresses: str) -> list[str]:
    return [address for address in addresses if is_web(address)]
