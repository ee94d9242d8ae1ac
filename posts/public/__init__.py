"""The pages, lists and feeds of articles that readers see."""
