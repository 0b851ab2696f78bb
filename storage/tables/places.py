"""Municipalities, their communities, and the villages of these."""

from __future__ import annotations

from sqlalchemy import Column, Float, ForeignKey, Integer, String, Table, UniqueConstraint

from storage.tables.meta import Id, metadata

municipalities = Table(
    "municipalities",
    metadata,
    Column("id", Id, primary_key=True),
    Column("code", String(32), nullable=False, unique=True),
    Column("name_ka", String(120), nullable=False),
    Column("name_en", String(120), nullable=False),
)

communities = Table(
    "communities",
    metadata,
    Column("id", Id, primary_key=True),
    Column("municipality_id", Id, ForeignKey("municipalities.id"), nullable=False),
    Column("name_ka", String(120), nullable=False),
    Column("name_en", String(120), nullable=False),
    UniqueConstraint("municipality_id", "name_ka"),
)

villages = Table(
    "villages",
    metadata,
    Column("id", Id, primary_key=True),
    Column("community_id", Id, ForeignKey("communities.id"), nullable=False, index=True),
    Column("code", String(48), nullable=False, unique=True),  # in the village's own link: never changed
    Column("name_ka", String(120), nullable=False),
    Column("name_en", String(120), nullable=False),
    Column("voters", Integer),
    Column("population", Integer),
    Column("lat", Float),
    Column("lon", Float),
    UniqueConstraint("community_id", "name_ka"),
)
