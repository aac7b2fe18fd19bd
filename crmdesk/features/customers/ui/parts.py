"""What customers put on the screen: the page with list and card, and two panels of the card."""

from __future__ import annotations

from crmdesk.features.customers.ui.details_panel import DetailsPanel
from crmdesk.features.customers.ui.page import CustomersPage
from crmdesk.features.customers.ui.people_panel import PeoplePanel
from crmdesk.qt.page import Page, Panel

PAGES: tuple[type[Page], ...] = (CustomersPage,)
PANELS: tuple[type[Panel], ...] = (PeoplePanel, DetailsPanel)
