"""The one list of activities, in the order in which their sheets stand in the workbook."""

from eventkit.codebook import plan as codebook_plan
from eventkit.evaluation import plan as evaluation_plan
from eventkit.events import people
from eventkit.events.activity import Activity, Prepared
from eventkit.tables import background as tables_background
from eventkit.tables import pages as tables_pages
from eventkit.tables import plan as tables_plan
from eventkit.tables import rules as tables_rules
from eventkit.tables import saying as tables_saying
from eventkit.tables import sheets as tables_sheets
from eventkit.vignettes import background as vignettes_background
from eventkit.vignettes import pages as vignettes_pages
from eventkit.vignettes import places as vignettes_places
from eventkit.vignettes import plan as vignettes_plan
from eventkit.vignettes import rules as vignettes_rules
from eventkit.vignettes import saying as vignettes_saying
from eventkit.vignettes import sheets as vignettes_sheets
from eventkit.voting import pages as voting_pages
from eventkit.voting import plan as voting_plan
from eventkit.voting import rules as voting_rules
from eventkit.voting import saying as voting_saying
from eventkit.voting import sheets as voting_sheets
from eventkit.wall import background as wall_background
from eventkit.wall import pages as wall_pages
from eventkit.wall import places as wall_places
from eventkit.wall import plan as wall_plan
from eventkit.wall import rules as wall_rules
from eventkit.wall import saying as wall_saying
from eventkit.wall import sheets as wall_sheets

ACTIVITIES: tuple[Activity, ...] = (
    Activity("poll", voting_rules, voting_saying, voting_pages, each=True, sheets=voting_sheets, plan=voting_plan),
    Activity(
        "wall",
        wall_rules,
        wall_saying,
        wall_pages,
        places=wall_places,
        background=wall_background,
        sheets=wall_sheets,
        plan=wall_plan,
    ),
    Activity(
        "tables",
        tables_rules,
        tables_saying,
        tables_pages,
        background=tables_background,
        sheets=tables_sheets,
        plan=tables_plan,
    ),
    Activity(
        "vignettes",
        vignettes_rules,
        vignettes_saying,
        vignettes_pages,
        places=vignettes_places,
        background=vignettes_background,
        sheets=vignettes_sheets,
        plan=vignettes_plan,
    ),
)

PREPARED: tuple[Prepared, ...] = (
    Prepared("", people, before="tables"),
    Prepared("questionnaire", evaluation_plan),
    Prepared("", codebook_plan),
)
"""What a plan can prepare although no activity of it is built yet."""
