from django.apps import AppConfig


class OperationsConfig(AppConfig):
    name = "tracker.operations"
    label = "operations"
    verbose_name = "Operations"
