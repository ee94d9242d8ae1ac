"""Of what apps bring as static files only what a browser asks for is collected."""

from lawblog.site.staticfiles import is_served

EDITOR, SELECT2 = "ckeditor/ckeditor", "admin/js/vendor/select2"
OURS = [f"{EDITOR}/lang/en.js", f"{EDITOR}/lang/es.js", f"{SELECT2}/i18n/en.js"]
OTHERS = [
    f"{EDITOR}/lang/fr-ca.js",
    f"{EDITOR}/plugins/a11yhelp/dialogs/lang/fr.js",
    f"{SELECT2}/i18n/fr.js",
]


def test_words_are_served_in_the_languages_of_the_site(settings):
    assert all(map(is_served, OURS)) and not any(map(is_served, OTHERS))
    settings.LANGUAGES = [*settings.LANGUAGES, ("fr", "French")]
    assert all(map(is_served, [*OURS, *OTHERS]))


def test_what_the_admin_takes_in_debug_alone_is_served_then(settings):
    assert is_served("admin/js/vendor/jquery/jquery.min.js")
    assert not is_served("admin/js/vendor/jquery/jquery.js")
    settings.DEBUG = True
    assert is_served("admin/js/vendor/jquery/jquery.js")
