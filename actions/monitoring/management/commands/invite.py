"""`manage.py invite`: let somebody in, beginning with the first administrator."""

from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from actions.monitoring.services import invite
from actions.organisations.models import Role


class Command(BaseCommand):
    help = (
        "Makes an account and mails an invitation with a link to choose a password. Again for "
        "somebody who has not chosen one yet: mails a new link. The mail leaves as soon as a "
        "worker runs."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email", help="the address that becomes the login")
        parser.add_argument("--name", default="", help="full name; owed for somebody new")
        parser.add_argument(
            "--administrator",
            action="store_true",
            help="somebody of the programme office who may also use the administration",
        )
        parser.add_argument("--role", choices=Role.values, default=Role.OFFICE)
        parser.add_argument("--language", choices=["nl", "en"], default="nl")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["administrator"] and options["role"] != Role.OFFICE:
            raise CommandError(
                "An administrator belongs to the programme office: leave out --role."
            )
        try:
            person = invite(
                email=options["email"],
                full_name=options["name"],
                role=options["role"],
                is_staff=options["administrator"],
                language=options["language"],
                actor=None,
            )
        except ValidationError as error:
            raise CommandError(_in_one_sentence(error)) from error
        self.stdout.write(
            f"An invitation to {person.email} is in the outbox; it leaves when the worker runs."
        )


def _in_one_sentence(error: ValidationError) -> str:
    """The refusals by the option that mends them."""
    names = {"full_name": "--name", "email": "the address"}
    return "; ".join(
        f"{names.get(field, field)}: {' '.join(texts)}"
        for field, texts in error.message_dict.items()
    )
