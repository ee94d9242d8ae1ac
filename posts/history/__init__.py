"""What an article said at every save and in every edition: compared, and put back."""
