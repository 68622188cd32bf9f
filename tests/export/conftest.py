"""The days that workbooks are made of."""

from collections.abc import Callable, Iterator
from functools import partial

import pytest
from sqlmodel import Session

from tests.export import day as days


@pytest.fixture
def session() -> Iterator[Session]:
    with days.database() as session:
        yield session


@pytest.fixture
def day(session: Session) -> Callable[..., days.Day]:
    return partial(days.day, session)


@pytest.fixture
def fife(session: Session) -> days.Day:
    return days.fife(session)
