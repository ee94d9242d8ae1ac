from lawblog.registering import Registering


class PostsConfig(Registering):
    name = "posts"
    verbose_name = "Articles"
