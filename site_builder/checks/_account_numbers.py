"""Owns how the number of a bank account or card is told from any other row of digits: by its own check digits."""

from __future__ import annotations

import re
from collections.abc import Iterator

_CARD = re.compile(r"(?<![\w./-])(?:4|5[1-5]|2[2-7]|3[47]|35|6)(?:[ -]?\d){11,18}(?![\w/-])")
"""A row of digits that begins as cards do (ISO/IEC 7812)."""
_ACCOUNT = re.compile(r"(?<![\w./-])[A-Z]{2}\d{2}(?:[ ]?[A-Z0-9]{4}){2,7}(?:[ ]?[A-Z0-9]{1,3})?(?![\w/-])")
"""A text in the form of an international account number (ISO 13616): country, two check digits, up to 30 signs."""
CARD_LENGTHS = range(13, 20)


def account_numbers(text: str) -> Iterator[re.Match[str]]:
    """Yield the places of what must be a number of an account or card, as its check digits are right."""
    yield from (match for match in _ACCOUNT.finditer(text) if _is_account(match.group()))
    yield from (match for match in _CARD.finditer(text) if _is_card(match.group()))


def _is_account(written: str) -> bool:
    """Whether the check digits of an account number are right: its remainder by 97 is one (ISO 7064)."""
    number = written.replace(" ", "")
    if not 15 <= len(number) <= 34:
        return False
    return int("".join(str(int(sign, 36)) for sign in number[4:] + number[:4])) % 97 == 1


def _is_card(written: str) -> bool:
    """Whether the last digit checks the others by the method of Luhn (ISO/IEC 7812)."""
    digits = [int(sign) for sign in written if sign.isdigit()]
    if len(digits) not in CARD_LENGTHS or len(set(digits)) == 1:
        return False
    doubled = (digit * 2 for digit in digits[-2::-2])
    return (sum(digits[-1::-2]) + sum(number - 9 if number > 9 else number for number in doubled)) % 10 == 0
