from django.apps import AppConfig


class DemoConfig(AppConfig):
    """The example; installed in embedded mode only."""

    name = "tracker.demo"
    label = "demo"
