"""Articles at the desk, asked for as a browser does."""

LIST = "/admin/posts/post/"


def withdraw(client, post, **fields):
    """Withdraws an article on its page as that is now."""
    address = f"{LIST}{post.pk}/withdraw/"
    seen = client.get(address).context["standing"]
    return client.post(address, {"at": "", "standing": seen, **fields})


def give_back(client, post, note):
    """Returns an article to staff on its page as that is now."""
    address = f"{LIST}{post.pk}/return/"
    seen = client.get(address).context["version_token"]
    return client.post(address, {"note": note, "version_token": seen})


def page(client, address, **options):
    return client.get(address, **options).content.decode()
