from lawblog import registering


class KeepingConfig(registering.Registering):
    name = "lawblog.keeping"
    label = "keeping"
