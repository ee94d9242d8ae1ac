from lawblog import registering


class LawblogConfig(registering.Registering):
    name = "lawblog"
