from lawblog.registering import Registering


class NoticesConfig(Registering):
    name = "lawblog.notices"
    label = "notices"
