"""A row of the outbox as an e-mail message."""

from email.message import EmailMessage
from email.policy import SMTP
from email.utils import formatdate
from urllib.parse import urlsplit

from django.conf import settings

from actions.monitoring.models import OutgoingMail
from actions.monitoring.outbox.letters import Letter


def build(mail: OutgoingMail, letter: Letter) -> EmailMessage:
    """Text and HTML in one message, with headers that keep auto-replies and loops away
    (RFC 3834) and a Message-ID that is the same each time it is sent."""
    host = urlsplit(settings.SPOOR_BASE_URL).hostname or "localhost"
    message = EmailMessage(policy=SMTP)
    message["From"] = settings.SPOOR_MAIL_FROM
    message["To"] = mail.recipient
    if letter.reply_to:
        message["Reply-To"] = letter.reply_to
    message["Subject"] = letter.rendered.subject
    message["Date"] = formatdate()
    message["Message-ID"] = mail.message_id
    message["Auto-Submitted"] = "auto-generated"
    message["X-Auto-Response-Suppress"] = "All"
    message["List-Id"] = f"Spoor <{mail.kind}.{host}>"
    if mail.uncertain_count:
        message["X-Spoor-Sent-Again"] = str(mail.uncertain_count)
    message.set_content(letter.rendered.text, cte="quoted-printable")
    message.add_alternative(letter.rendered.html, subtype="html", cte="quoted-printable")
    return message
