"""What the software promises readers, each sentence with the test that proves it.

Printed on the page of record of that kind, below the firm's own words, which are not
claimed to be tested; the tests stand beside them in docs/promises.md alone, since
readers have no use for their names. tests/unit/test_promises.py fails when a named test
is not there.
"""

from django.utils.translation import gettext_noop as _

# {kind of page: ((sentence, test), …)}; a test is "file.py::function" in tests/.
PROMISES: dict[str, tuple[tuple[str, str], ...]] = {
    "privacy": (
        (
            _("Our pages set no cookie and keep nothing in your browser's storage."),
            "test_unseen.py::test_a_visit_leaves_nothing_in_the_browser",
        ),
        (
            _("Our pages load nothing from any other site."),
            "test_unseen.py::test_a_visit_asks_no_other_host",
        ),
        (
            _("Our pages run no script, and read the same with JavaScript turned off."),
            "test_unseen.py::test_without_javascript_the_site_reads_the_same",
        ),
        (
            _(
                "The software of this site and its own server never write down your "
                "address, your browser, the page you came from or what you search for."
            ),
            "test_unseen_served.py::test_the_server_writes_down_nothing_of_a_visit",
        ),
        (
            _(
                "Nor does a web server in front of it, when it is set up with the "
                "configuration for nginx that comes with the software."
            ),
            "test_unseen_served.py::test_nginx_writes_down_nothing_of_a_visit",
        ),
        (
            _("A link to another site does not tell that site where you came from."),
            "test_unseen.py::test_a_link_elsewhere_does_not_say_where_you_came_from",
        ),
        (
            _("Our pages take in no data, whoever sends it."),
            "test_addresses.py::test_the_public_site_takes_nothing_in",
        ),
        (
            _("The search box is the only form. No page asks for data about you."),
            "test_unseen.py::test_the_search_box_is_the_only_form",
        ),
        (
            _(
                "“Leave this site” is a plain link: nothing is sent to the other page "
                "until you follow it."
            ),
            "test_unseen.py::test_the_exit_is_a_plain_link_on_every_page",
        ),
    ),
    "accessibility": (
        (
            _("No page makes you scroll sideways on a narrow screen."),
            "test_pages_seen.py::test_no_page_is_wider_than_the_screen",
        ),
        (
            _("With a keyboard, the first link on each page skips to its text."),
            "test_pages_seen.py::test_the_first_tab_stop_skips_to_the_text",
        ),
        (
            _("With a keyboard, you can always see where you are on the page."),
            "test_pages_seen.py"
            "::test_the_keyboard_reaches_all_in_order_and_each_stop_is_seen",
        ),
        (
            _("Text stands out from what is behind it, in light and in dark colors."),
            "test_pages_seen.py::test_all_text_has_enough_contrast",
        ),
        (
            _("Text at twice the size still fits the page, on a small screen too."),
            "test_pages_seen.py::test_no_page_is_wider_than_the_screen",
        ),
        (
            _("Links and buttons are large enough for a finger on a phone."),
            "test_pages_seen.py::test_what_readers_press_is_no_dot",
        ),
        (
            _(
                "The accessibility checker axe finds no fault on our pages, in light, "
                "dark or forced colors."
            ),
            "test_pages_seen.py::test_axe_finds_nothing_on_a_public_page",
        ),
    ),
}
