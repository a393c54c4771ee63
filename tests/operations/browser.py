"""A person with a browser, as far as forms need one: cookies, CSRF, redirects."""

import http.cookiejar
import re
import urllib.error
import urllib.parse
import urllib.request


class Person:
    """Opens pages and submits forms of one installation."""

    def __init__(self, address: str) -> None:
        self.address = address
        jar = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        self.opener = urllib.request.build_opener(jar)
        self.url = ""

    def open(self, path: str, data: dict[str, str] | None = None) -> str:
        """The page's text; a refusal is an error with what the page said."""
        body = urllib.parse.urlencode(data).encode() if data is not None else None
        url = urllib.parse.urljoin(self.address, path)
        headers = {"Referer": url, "Accept-Language": "en"}
        request = urllib.request.Request(url, data=body, headers=headers)
        try:
            with self.opener.open(request, timeout=30) as answer:
                self.url = urllib.parse.urlsplit(answer.url).path
                return answer.read().decode()
        except urllib.error.HTTPError as error:
            raise AssertionError(f"{path}: {error.code} {error.read().decode()[:2000]}") from error

    def submit(self, path: str, **fields: str) -> str:
        """Load the form first, as a browser does, and post it with its token."""
        page = self.open(path)
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
        assert token, f"{path} has no form"
        return self.open(path, {"csrfmiddlewaretoken": token[1], **fields})

    def sign_in(self, email: str, password: str) -> None:
        self.submit("/sign-in/", username=email, password=password)
        assert self.url != "/sign-in/", "could not sign in"


def words(page: str) -> str:
    """What a page says, without its markup."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))
