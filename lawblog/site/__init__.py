"""What public pages share: Jinja environment, languages, structured data, drawings."""
