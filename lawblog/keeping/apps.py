from lawblog.registering import Registering


class KeepingConfig(Registering):
    name = "lawblog.keeping"
    label = "keeping"
