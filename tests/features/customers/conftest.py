"""A real store with the customers slice and the figures its list shows."""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QThreadPool
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from sqlalchemy import select
from sqlalchemy.orm import Session

from crmdesk.core import i18n
from crmdesk.core.feature import Feature, Features
from crmdesk.core.kept import Ids, Measure
from crmdesk.core.kinds import Kind
from crmdesk.core.settings import Settings
from crmdesk.core.store import Store
from crmdesk.features.customers import actions
from crmdesk.features.customers.feature import feature
from crmdesk.features.customers.records import Customer
from crmdesk.features.customers.ui.page import CustomersPage
from crmdesk.qt import theme
from crmdesk.qt.desk import Desk
from crmdesk.qt.job_runner import JobRunner
from crmdesk.qt.store_signals import StoreSignals
from crmdesk.qt.undo_actions import UndoActions
from crmdesk.qt.window import MainWindow


def _numbers(session: Session, ids: Ids) -> dict[str, int]:
    query = select(Customer.id, Customer.name)
    query = query if ids is None else query.where(Customer.id.in_(list(ids)))
    return {ident: zlib.crc32(name.encode()) for ident, name in session.execute(query)}


def _due(session: Session, ids: Ids, today: date) -> Mapping[str, Any]:
    found = _numbers(session, ids).items()
    return {
        ident: (today + timedelta(days=number % 40 - 10)).isoformat() for ident, number in found if number % 3
    }


def _what(session: Session, ids: Ids, today: date) -> Mapping[str, Any]:
    return {
        ident: "phone|Call about filters" for ident, number in _numbers(session, ids).items() if number % 3
    }


def _turnover(session: Session, ids: Ids, today: date) -> Mapping[str, Any]:
    return {ident: number % 4_000_000 for ident, number in _numbers(session, ids).items() if number % 5}


def _cluster(session: Session, ids: Ids, today: date) -> Mapping[str, Any]:
    names = ("key", "develop", "maintain", "marginal")
    return {ident: names[number % 4] for ident, number in _numbers(session, ids).items()}


STAND_INS = Feature(
    "stand_ins",
    measures=(
        Measure("next_due", "Next action", Kind.DATE, _due, (), indexed=True),
        Measure("next_what", "Next", Kind.TEXT, _what, ()),
        Measure("turnover_12m", "Turnover 12 m", Kind.MONEY, _turnover, (), indexed=True),
        Measure("cluster", "Cluster", Kind.TEXT, _cluster, ()),
    ),
)
FEATURES = Features((feature, STAND_INS))


@pytest.fixture
def store(monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> Iterator[Store]:
    """An empty store that keeps the customers slice's figures and stand-ins for those of others."""
    monkeypatch.setenv("CRMDESK_HOME", str(tmp_path))
    made = Store.memory(FEATURES.derived())
    yield made
    made.close()


@pytest.fixture
def window(store: Store, qtbot: QtBot, qapp: QApplication) -> Iterator[MainWindow]:
    """The real window with the customers page over a store of a few customers."""
    theme.apply(qapp, "light")
    with store.write("Begin") as session:
        for name in ("Bar Sport", "Caseificio Valsesia", "Hotel Belvedere"):
            customer = actions.create_customer(session, name, trade="Food")
            actions.add_address(session, customer, town="Stresa")
    made = MainWindow()
    region = i18n.region("it_IT")
    desk = Desk(
        store=store,
        settings=Settings(),
        region=region,
        jobs=JobRunner(made),
        actions=made.actions_registry,
        signals=StoreSignals(store, made),
        features=FEATURES,
        open_customer=lambda ident: made.go("customers", customer=ident),
        go=made.go,
        tell=made.tell,
        fail=made.fail,
    )
    made.set_desk(desk)
    UndoActions(desk)
    made.add_page(CustomersPage)
    made.resize(1440, 900)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    made.go("customers")
    yield made
    made.hide()
    QThreadPool.globalInstance().waitForDone(5000)
    made.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
