"""A pen: how one writer puts numbers, money, times and dates."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import datetime as dt
    import random

SIGNS = {"USD": "$", "EUR": "\u20ac", "GBP": "\u00a3"}
CODES = ("USD", "EUR", "GBP", "CHF", "SEK", "JPY", "NOK")
ZONES = (("UTC", "+00:00"), ("CET", "+01:00"), ("JST", "+09:00"), ("EDT", "-04:00"))
PERIODS = (("day", 1), ("day", 1), ("hour", 24), ("week", 7), ("month", 30))


class Pen:
    """One writer's habits."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.comma = chance.random() < 0.2
        marks = (".", ".", "\u202f", " ") if self.comma else (",", ",", ",", "'", "")
        self.mark = chance.choice(marks)
        self.dates = chance.choice(("iso", "iso", "day month", "dotted", "month day", "slashed"))
        self.zone = chance.choice(ZONES)
        self.code = chance.choice(CODES)
        self.sign = chance.choice(("before", "before", "after", "sign"))
        self.gap = chance.choice(("", "", " "))

    def whole(self, number: int) -> str:
        """Write a whole number."""
        if number % 1000 == 0 and 0 < number < 1_000_000 and self.chance.random() < 0.15:
            return f"{number // 1000}k"
        return f"{number:,}".replace(",", self.mark)

    def decimal(self, words: str) -> str:
        """Write a decimal number."""
        return words.replace(".", ",") if self.comma else words

    def percent(self, words: str) -> str:
        """Write a percentage."""
        return f"{self.decimal(words)}{self.gap}%"

    def money(self, number: int, code: str = "") -> str:
        """Write an amount."""
        code = code or self.code
        words = self.whole(number)
        if self.sign == "sign" and code in SIGNS:
            return SIGNS[code] + words
        return f"{words} {code}" if self.sign == "after" else f"{code} {words}"

    def seconds(self, value: float) -> str:
        """Write a time in the unit that fits."""
        if value < 1:
            return f"{round(value * 1000)} ms"
        if value >= 120 and value % 60 == 0:
            return f"{int(value // 60)} {self.chance.choice(('min', 'minutes'))}"
        return self.decimal(f"{value:g}") + self.chance.choice((" s", " seconds"))

    def date(self, day: dt.date) -> str:
        """Write a date."""
        if self.dates == "iso":
            return day.isoformat()
        if self.dates == "slashed":
            return f"{day:%Y/%m/%d}"
        if self.dates == "dotted":
            return f"{day:%d.%m.%Y}"
        if self.dates == "month day":
            return f"{day:%B} {day.day}, {day.year}"
        return f"{day.day} {day:%B} {day.year}"

    def moment(self, day: dt.date) -> tuple[str, Any]:
        """Write a date with or without its time; give the words and the truth."""
        if self.chance.random() < 0.5:
            return self.date(day), day.isoformat()
        clock = f"{self.chance.randint(0, 23):02}:{self.chance.choice((0, 5, 12, 30, 41)):02}"
        name, offset = self.zone
        return f"{self.date(day)} {clock} {name}", f"{day.isoformat()}T{clock}:00{offset}"
