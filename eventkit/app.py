"""Joins the parts: routers under their guards, the database to the hub, and what happens at start and stop."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import Depends, FastAPI
from fastapi.telemetry import TelemetryConfig
from sqlmodel import Session
from starlette.routing import Route

from eventkit import deletion
from eventkit.activities import ACTIVITIES
from eventkit.database import Database
from eventkit.events import guards
from eventkit.events.control import control
from eventkit.events.guards import Admissions
from eventkit.events.pages import public
from eventkit.events.waiting import Waiting
from eventkit.events.wrong_codes import WrongCodes
from eventkit.evidence import pages as evidence
from eventkit.evidence.budget import Budget
from eventkit.export import template
from eventkit.export.pages import downloads, offered
from eventkit.live.hub import Hub
from eventkit.live.sockets import keep_beating
from eventkit.plan import import_pages, row_pages
from eventkit.plan import pages as plan_pages
from eventkit.plan.held import Uploads
from eventkit.rehearsal import pages as rehearsal
from eventkit.rehearsal import simulation
from eventkit.sealing.keys import Keys
from eventkit.sealing.rules import Boxes, destroy_stray_keys
from eventkit.settings import Settings
from eventkit.stage import pages as stage
from eventkit.stage import places, presses, programme
from eventkit.stage.desk import desk
from eventkit.stage.frames import make_render
from eventkit.vignettes import assigning
from eventkit.web.address import Address
from eventkit.web.answers import install_errors
from eventkit.web.headers import Headers
from eventkit.web.rendering import Renderer
from eventkit.web.static import static_file

MAX_BODY = 64 * 1024
# Signals, logs and traces to other hosts stay off: they would carry texts of errors away.
NO_TELEMETRY: TelemetryConfig = {"tracing": False, "metrics": False, "logs": False, "auto_configure": False}


def create_app(settings: Settings, database: Database, control: str = "") -> FastAPI:
    """The server on an open, migrated database. `control` is the word that the command line must know, "" for none."""
    app = FastAPI(
        redirect_slashes=False,
        docs_url=None, redoc_url=None, openapi_url=None, lifespan=_lifespan, max_body_size=MAX_BODY,
        telemetry=NO_TELEMETRY,
    )  # fmt: skip
    renderer = Renderer(settings.templates)
    address = Address.read(settings.address or f"http://{settings.host}:{settings.port}")
    app.state.boxes = Boxes(Keys(settings.key_dir if settings.key == "file" else None, database.path))
    app.state.hub = Hub(make_render(database, renderer, address))
    database.on_commit.append(app.state.hub.touched)
    app.state.database, app.state.budget, app.state.wrong_codes = database, Budget(), WrongCodes()
    app.state.renderer, app.state.address, app.state.control = renderer, address, control
    app.state.downloads, app.state.write_plan, app.state.uploads = offered, template.write, Uploads.empty()
    app.state.transcripts = Waiting()
    _remember(app, database)
    _mount(app)
    install_errors(app)
    guards.install_slowness(app)
    # Outermost, because the answers to a fault of ours and to a body too large are made outside added middleware.
    app.middleware_stack = Headers(app.build_middleware_stack())
    return app


def _remember(app: FastAPI, database: Database) -> None:
    """What is kept in memory beside the database, and changed by its writer too."""
    admissions = app.state.admissions = Admissions()
    app.state.rehearsing, app.state.simulations = guards.rehearsing, {}
    app.state.command = presses.command
    database.info |= {
        "boxes": app.state.boxes,
        "languages": admissions.languages,
        "passes": admissions.passes,
        "rehearsals": admissions.rehearsals,
        "simulations": app.state.simulations,
        "current_step": programme.current,
        "programme": programme.steps,
        "begun_tables": assigning.begun_tables,
    }
    for activity in ACTIVITIES:
        database.info |= activity.background.memory() if activity.background else {}


def _mount(app: FastAPI) -> None:
    """A view's routers stand under its guard, so that no route can be without one."""
    for activity in ACTIVITIES:
        app.router.routes.extend(activity.pages.FIRST)
    beside = [places.routers(activity) for activity in ACTIVITIES if activity.places]
    own_entries = [activity.pages.ROUTERS["entry"] for activity in ACTIVITIES if "entry" in activity.pages.ROUTERS]
    for entry in (stage.entry, *(own["entry"] for own in beside), *own_entries):
        app.include_router(entry)
    app.include_router(public)
    app.include_router(control)
    app.include_router(deletion.control)
    views = {
        "public": ("/e/{code}", guards.screen, [evidence.public]),
        "phone": ("/e/{code}", guards.phone, [stage.phone, evidence.phone]),
        "screen": ("/s/{code}/screen", guards.screen, [stage.screen]),
        "console": ("/s/{code}/console", guards.console, [stage.console, presses.console, rehearsal.console]),
        # Names are typed here: no cookie's path leads to it, least of all the pass's.
        "seat": ("/seat/{code}", guards.screen, []),
        "host": ("/s/{code}/host/{ref}", guards.host, []),
        "desk": ("/s/{code}/desk", guards.desk, [desk, downloads, plan_pages.desk, import_pages.desk, row_pages.desk]),
    }
    for view, (prefix, guard, routers) in views.items():
        own = [activity.pages.ROUTERS[view] for activity in ACTIVITIES if view in activity.pages.ROUTERS]
        for router in [*routers, *own, *(each[view] for each in beside if view in each)]:
            app.include_router(router, prefix=prefix, dependencies=[Depends(guard)])
    app.router.routes.append(Route("/static/{hash}/{name:path}", static_file))


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    database: Database = app.state.database
    await deletion.sweep(database)
    await simulation.wipe_left_over(database)
    await database.write(None, _restore)
    with database.reading() as session:
        app.state.admissions.load(session)
    own = [task(database) for activity in ACTIVITIES if activity.background for task in activity.background.TASKS]
    forever = (keep_beating(app.state.hub), deletion.keep_sweeping(app), *own)
    tasks = [asyncio.create_task(each) for each in forever]
    yield
    await simulation.stop_all(app)
    for task in tasks:
        task.cancel()
    await asyncio.wait(tasks)


def _restore(session: Session) -> None:
    for activity in ACTIVITIES:
        activity.rules.restore(session)
    destroy_stray_keys(session)
