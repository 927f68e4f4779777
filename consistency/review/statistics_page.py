def show(ask):
    return ask.go("/")
