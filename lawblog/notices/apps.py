from lawblog import registering


class NoticesConfig(registering.Registering):
    name = "lawblog.notices"
    label = "notices"
