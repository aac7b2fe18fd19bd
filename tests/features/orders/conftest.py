from collections.abc import Iterator
import pytest
from crmdesk.core.feature import load
from crmdesk.core.store import Store
@pytest.fixture
def store() -> Iterator[Store]:
    opened = Store.memory(load(("customers", "timeline", "orders")).derived())
    yield opened
    opened.close()
