"""Exports articles for other programs: Markdown, HTML, WordPress, tables."""
