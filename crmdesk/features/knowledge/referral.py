"""The word-of-mouth option: what a customer's good or bad word is worth, with its sign."""

from __future__ import annotations

from dataclasses import dataclass
from math import fsum

from crmdesk.features.knowledge.facts import Voice
from crmdesk.features.knowledge.judgement import Judgement


@dataclass(frozen=True, slots=True)
class Newcomers:
    """What a newcomer is worth to the firm, and how many a customer brings in a year on average."""

    value: float
    rate: float = 0.0


def sign(voice: Voice, detractor: float) -> float:
    """Whether a customer speaks well, not at all, or badly of us."""
    if voice.reference or (voice.rating is not None and voice.rating >= 9):
        return 1.0
    if voice.rating is not None and voice.rating <= 6:
        return -detractor
    return 1.0 if voice.won else 0.0


def yearly_rate(voice: Voice, firm: float) -> float:
    """The newcomers a customer brings in a year: its own record with one year of the firm's mean."""
    standing = 2.0 ** ((min(max(voice.prestige, 1), 5) - 3) / 2)
    return float((voice.won + firm) / (voice.years + 1) * standing)


def strength(voice: Voice) -> float:
    """How strong the tie is: its age up to five years, less what stands in its way."""
    return min(max(voice.years / 5, 0.2), 1.0) * (1 - voice.resistance / 200)


def word_of_mouth(voice: Voice, newcomers: Newcomers, judgement: Judgement) -> float:
    """The worth of a customer's word over the horizon; a bad word costs only those who would have come."""
    side = sign(voice, judgement.detractor / 100)
    if not side:
        return 0.0
    others, cost = judgement.not_otherwise / 100, judgement.winning_cost
    good = others * (newcomers.value + cost) + (1 - others) * cost
    each = good if side > 0 else others * newcomers.value
    return side * referred(yearly_rate(voice, newcomers.rate) * strength(voice), each, judgement)


def referred(rate: float, each: float, judgement: Judgement) -> float:
    """So many newcomers a year over the horizon, discounted at mid-year."""
    years = range(1, judgement.years + 1)
    return fsum(rate * each / (1 + judgement.yearly) ** (k - 0.5) for k in years)
