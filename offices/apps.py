from lawblog.registering import Registering


class OfficesConfig(Registering):
    name = "offices"
    verbose_name = "The firm"
