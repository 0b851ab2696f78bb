"""Small forms, written as a coordinator would: tables of an XLSForm in Markdown."""

from collections.abc import Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from pyxform.xls2xform import convert

from domain.forms.form import Form, compile_form
from domain.forms.session import Session, Setting

NOW = datetime(2026, 11, 25, 10, 30, tzinfo=ZoneInfo("Asia/Tbilisi"))
TBILISI = Setting(NOW, seed=7, properties={"username": "nino", "deviceid": "phone-1", "phonenumber": "+995555000000"})


def xml(table: str) -> str:
    return str(convert(table, form_name="data", file_type=".md").xform)


def form(table: str, media: Mapping[str, bytes] | None = None) -> Form:
    return compile_form(xml(table), media or {})


def begin(table: str, media: Mapping[str, bytes] | None = None, setting: Setting = TBILISI) -> Session:
    return Session(form(table, media), setting)
