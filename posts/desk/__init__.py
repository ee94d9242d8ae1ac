"""The admin's own pages for articles, and what they ask of the rules around them."""
