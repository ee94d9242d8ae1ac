from lawblog import registering


class OfficesConfig(registering.Registering):
    name = "offices"
    verbose_name = "The firm"
