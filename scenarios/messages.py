"""Every message about an input, by code: what was found, what is needed, what to do."""

from __future__ import annotations

from scenarios.findings.accounting import ACCOUNTING
from scenarios.findings.mapping import MAPPING
from scenarios.findings.mending import MENDING
from scenarios.findings.nested import NESTED
from scenarios.findings.page import PAGE
from scenarios.findings.reading import READING
from scenarios.findings.running import RUNNING
from scenarios.findings.scenario_file import SCENARIO_FILE
from scenarios.findings.sense import SENSE
from scenarios.findings.tracking import TRACKING
from scenarios.wording import Catalogue

MESSAGES = Catalogue.of(READING, SCENARIO_FILE, ACCOUNTING, TRACKING, SENSE, RUNNING, MAPPING, MENDING, NESTED, PAGE)
