"""Articles in forms that other programs read: Markdown, HTML, WordPress's, tables."""
