from lawblog import registering


class PostsConfig(registering.Registering):
    name = "posts"
    verbose_name = "Articles"
