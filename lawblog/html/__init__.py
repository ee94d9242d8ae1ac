"""The one place that knows HTML: cleaning, tokens, blocks, excerpts, differences."""
