"""Judges and publishes any split: needs only a scenario and a table of rates."""

from reports.record import PlanRecord, ProvinceRecord, RegionRecord
from reports.verification import Check, Slip, Verification, verify_rates

__all__ = ["Check", "PlanRecord", "ProvinceRecord", "RegionRecord", "Slip", "Verification", "verify_rates"]
