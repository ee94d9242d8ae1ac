"""Articles: written at the desk, frozen by approval, read by the public."""
