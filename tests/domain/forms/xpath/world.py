"""A small form to evaluate in: a document, a clock in Tbilisi, and what an expression may ask for."""

import random
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from domain.forms.reading import parse
from domain.forms.tree import Node
from domain.forms.xpath.environment import Context, Environment, Value
from domain.forms.xpath.expression import compile as compile_xpath

NOW = datetime(2026, 11, 22, 10, 30, tzinfo=UTC)  # 14:30 in Tbilisi
TBILISI = ZoneInfo("Asia/Tbilisi")
FORM = """
<data id="survey">
  <name>Nino</name><age>42</age><born>1984-05-05</born><needs>water road</needs><empty/><blank>  </blank>
  <household><member><who>Ana</who><years>7</years></member><member><who>Gia</who><years>40</years></member>
  <member><who>Eka</who><years>12</years></member></household>
  <point>41.7 44.8 400 5</point>
</data>
"""
VILLAGES = """
<instance><root>
  <item><name>v1</name><label>Akhmeta</label><district>d1</district></item>
  <item><name>v2</name><label>Duisi</label><district>d1</district></item>
  <item><name>v3</name><label>Omalo</label><district>d2</district></item>
</root></instance>
"""


def world(xml: str = FORM, *, zone: str = "Asia/Tbilisi", language: str | None = None) -> Environment:
    numbers = iter(range(1000))
    return Environment(
        root=parse(xml),
        now=lambda: NOW,
        zone=ZoneInfo(zone),
        random=random.Random(1).random,
        uuid=lambda: f"{next(numbers):08x}-0000-4000-8000-000000000000",
        language=language,
        instances={"villages": parse(VILLAGES).elements[0]},
        choice_name=lambda value, question: f"{question.name} is {value}",
        itext=lambda text_id: f"words of {text_id}",
        properties={"deviceid": "phone"},
        version="2026-1",
    )


def at(env: Environment, path: str = "/data") -> Node:
    return compile_xpath(path).nodes(Context(env.root, env))[0]


def value(expression: str, path: str = "/data", env: Environment | None = None) -> Value:
    """What it comes to at the first node of the path; node-sets as their words."""
    env = env or world()
    return compile_xpath(expression).evaluate(Context(at(env, path), env))


def words(expression: str, path: str = "/data", env: Environment | None = None) -> str:
    env = env or world()
    return compile_xpath(expression).string(Context(at(env, path), env))


def truth(expression: str, path: str = "/data", env: Environment | None = None) -> bool:
    env = env or world()
    return compile_xpath(expression).boolean(Context(at(env, path), env))


def number(expression: str, path: str = "/data", env: Environment | None = None) -> float:
    env = env or world()
    return compile_xpath(expression).number(Context(at(env, path), env))


def texts(expression: str, path: str = "/data", env: Environment | None = None) -> list[str]:
    env = env or world()
    return [node.text for node in compile_xpath(expression).nodes(Context(at(env, path), env))]
