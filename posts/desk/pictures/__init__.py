"""The library of pictures at the desk: described, replaced, and where each is used."""
