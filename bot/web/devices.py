"""Which visits of the open web came from one device: a keyed digest, new every day, and never the address itself.

From the digest nobody gets back to the address, without the program's secret not even by trying all of them; and what
came on two days cannot be told to be the same.
"""

from __future__ import annotations

import hashlib
import hmac
from collections import OrderedDict
from datetime import date

MOST = 20_000  # visitors of today whose device was noted already


class Devices:
    def __init__(self, secret: bytes) -> None:
        self._secret = secret
        self._noted: OrderedDict[tuple[str, date], None] = OrderedDict()

    def digest(self, address: str, agent: str, day: date) -> str:
        message = "\0".join((day.isoformat(), address, agent)).encode("utf-8", "replace")
        return hmac.new(self._secret, message, hashlib.sha256).hexdigest()[:32]

    def is_new(self, visitor: str, day: date) -> bool:
        """Whether it is still to be noted with which device this visitor came on this day."""
        return (visitor, day) not in self._noted

    def noted(self, visitor: str, day: date) -> None:
        self._noted[visitor, day] = None
        if len(self._noted) > MOST:
            self._noted.popitem(last=False)
