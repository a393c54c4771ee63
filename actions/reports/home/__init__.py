"""What the first page of each role shows: the news first, then where it stands, then what it leads
to. Each home is one function and costs at most six queries, whatever the amount of data."""

from actions.reports.home.leadership import leadership_home
from actions.reports.home.office import office_home
from actions.reports.home.partner import partner_home

__all__ = ["leadership_home", "office_home", "partner_home"]
