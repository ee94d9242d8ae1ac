"""Sample articles by the thousand, generated to try the site with."""
