"""The only way words reach the public, with the counts that go along."""
