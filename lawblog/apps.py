from lawblog.registering import Registering


class LawblogConfig(Registering):
    name = "lawblog"
