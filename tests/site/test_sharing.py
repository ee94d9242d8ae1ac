"""An article is sent on by plain links, with its title and address in them."""

import re


def test_an_article_is_sent_on_by_plain_links(client, set_up, publish):
    publish("Rights & duties: what to know?", slug="a-title")
    page = client.get("/posts/a-title/").content.decode().replace("&amp;", "&")
    address = "http%3A//127.0.0.1%3A8000/posts/a-title/"
    title = "Rights%20%26%20duties%3A%20what%20to%20know%3F"
    share = page.partition('<div class="share">')[2].partition("</div>")[0]
    assert re.findall(r'<a href="([^"]*)" rel="noopener noreferrer">', share) == [
        f"mailto:?subject={title}&body={address}",
        f"https://wa.me/?text={title}%20{address}",
        f"sms:?&body={title}%20{address}",
    ]
    assert 'value="http://127.0.0.1:8000/posts/a-title/" readonly' in share
