"""The desk's own pages for articles, and the admin's forms."""
