"""Imported figures never change, and keep their file."""

from collections.abc import Iterator
from decimal import Decimal
from hashlib import sha256

import pytest
from sqlmodel import Session, SQLModel, create_engine, select

from eventkit.errors import BadInput
from eventkit.events.plan import create_event
from eventkit.evidence.models import SourceFile, Statistic
from eventkit.evidence.vintages import RawFile, findings, import_figure, source_file
from eventkit.sheet import Level, Plan, Value
from tests.plan.writing import EVENT, opened, toml

PICKED: dict[str, Value] = {
    "statistic_id": "homeless",
    "measure": "Homelessness applications",
    "value": Decimal(34973),
    "unit": "applications",
    "geography_name": "Scotland",
    "geography_code": "S92000003",
    "period_label": "2015/16",
    "publisher": "Scottish Government",
    "dataset": "Homelessness",
    "evidence_grade": "A",
}
FIRST, SECOND = (RawFile(name, name.encode(), "own_template") for name in ("first.csv", "second.csv"))


@pytest.fixture
def session(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    engine = create_engine("sqlite://")
    SQLModel.metadata.create_all(engine)
    with Session(engine) as session:
        plan: Plan = opened(toml(tmp_path_factory.mktemp("plan"), EVENT))[0]
        create_event(session, plan, "K7M4PDX")
        yield session
    engine.dispose()


def _figures(session: Session) -> list[tuple[str, str, str]]:
    return [(each.statistic_id, str(each.value), each.supersedes) for each in session.exec(select(Statistic))]


def test_imported_figure_keeps_its_file_byte_for_byte(session: Session) -> None:
    assert import_figure(session, 1, PICKED, FIRST) == "homeless"
    figure = session.exec(select(Statistic)).one()
    digest = sha256(b"first.csv").hexdigest()
    assert (figure.importer, figure.file_sha256, figure.value) == ("own_template", digest, Decimal(34973))
    kept = source_file(session, 1, digest)
    assert kept is not None
    assert (kept.file_name, kept.content, kept.importer) == ("first.csv", b"first.csv", "own_template")
    assert source_file(session, 2, digest) is None


def test_revised_figure_is_a_new_one_that_supersedes_the_last(session: Session) -> None:
    import_figure(session, 1, PICKED, FIRST)
    assert import_figure(session, 1, {**PICKED, "value": Decimal(34969)}, SECOND) == "homeless-v2"
    assert import_figure(session, 1, {**PICKED, "value": Decimal(34970)}, SECOND) == "homeless-v3"
    assert _figures(session) == [
        ("homeless", "34973", ""),
        ("homeless-v2", "34969", "homeless"),
        ("homeless-v3", "34970", "homeless-v2"),
    ]
    assert len(session.exec(select(SourceFile)).all()) == 2


def test_same_figure_of_the_same_file_is_stored_once(session: Session) -> None:
    import_figure(session, 1, PICKED, FIRST)
    assert import_figure(session, 1, PICKED, FIRST) == "homeless"
    assert len(_figures(session)) == 1


def test_two_figures_of_one_file_share_it(session: Session) -> None:
    import_figure(session, 1, PICKED, FIRST)
    import_figure(session, 1, {**PICKED, "statistic_id": "other", "value": Decimal(5)}, FIRST)
    assert len(session.exec(select(SourceFile)).all()) == 1
    assert [figure.position for figure in session.exec(select(Statistic))] == [1, 2]


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"unit": "%", "value": Decimal(140)}, "value: A percentage lies between 0 and 100. If this is a change, say"),
        ({"unit": ""}, "unit: This must be filled in."),
        ({"measure": None}, "measure: This must be filled in."),
        ({"url": "javascript:alert(1)"}, "url: An address starts with https:// or http://."),
    ],
)
def test_figure_that_must_be_mended_is_not_stored(session: Session, changed: dict[str, Value], sentence: str) -> None:
    with pytest.raises(BadInput) as refused:
        import_figure(session, 1, {**PICKED, **changed}, FIRST)
    assert refused.value.sentence.startswith(sentence)
    assert _figures(session) == []
    assert session.exec(select(SourceFile)).all() == []


def test_what_misleads_is_told_before_the_import(session: Session) -> None:
    picked = {**PICKED, "geography_code": "S12000047"}
    assert [(each.column, each.level) for each in findings(session, 1, picked)] == [("geography_code", Level.WARN)]
    assert import_figure(session, 1, picked, FIRST) == "homeless"


def test_long_id_stays_within_its_length(session: Session) -> None:
    long = "x" * 40
    import_figure(session, 1, {**PICKED, "statistic_id": long}, FIRST)
    assert import_figure(session, 1, {**PICKED, "statistic_id": long}, SECOND) == "x" * 37 + "-v2"
