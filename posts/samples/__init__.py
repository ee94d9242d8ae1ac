"""Articles by the thousand, made by a program to try the site with."""
