"""The one place that knows HTML: toolbar and allow-list side by side, tokens, blocks, excerpts, differences."""
