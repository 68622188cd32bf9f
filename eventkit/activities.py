"""The one list of activities, in the order in which their sheets stand in the workbook."""

from eventkit.events.activity import Activity
from eventkit.voting import pages as voting_pages
from eventkit.voting import plan as voting_plan
from eventkit.voting import rules as voting_rules
from eventkit.voting import saying as voting_saying
from eventkit.voting import sheets as voting_sheets

ACTIVITIES: tuple[Activity, ...] = (
    Activity("poll", voting_rules, voting_saying, voting_pages, each=True, sheets=voting_sheets, plan=voting_plan),
)
