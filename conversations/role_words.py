"""Roles in words: what each is called, and what it means for the person who is asked to take it."""

from __future__ import annotations

from domain.people import Role
from locales import _


def title(role: Role) -> str:
    return {
        Role.RESIDENT: _("resident"),
        Role.MEMBER: _("member"),
        Role.LEADER: _("leader"),
        Role.TRUSTEE: _("trustee"),
        Role.DEPUTY: _("deputy"),
        Role.OFFICIAL: _("official"),
        Role.FOCAL_POINT: _("gender focal point"),
        Role.COORDINATOR: _("coordinator"),
    }[role]


def meaning(role: Role, group: str) -> str:
    """Said before anybody accepts; `group` is empty outside of groups."""
    match role:
        case Role.LEADER:
            return _(
                "You are asked to lead the self-help group “{group}”. A leader invites members, reads with them what "
                "neighbours wrote before others see it, records what officials promise, and looks whether it is kept."
            ).format(group=group)
        case Role.MEMBER:
            return _(
                "You are asked to join the self-help group “{group}”. Members ask neighbours what the village needs, "
                "read what they wrote before others see it, and look whether promises are kept."
            ).format(group=group)
        case Role.COORDINATOR:
            return _(
                "You are asked to be a coordinator. Coordinators make groups, invite people and officials, open polls, "
                "announce trainings, and see all counts."
            )
        case Role.FOCAL_POINT:
            return _(
                "You are asked to speak here for gender equality in the municipality: as the focal point, or for the "
                "gender equality council. Groups say whom a promise helps, women or men; you confirm it or answer, and "
                "your answers are shown in public with your office. A coordinator confirms first that it is you."
            )
        case _office:
            return _(
                "You are asked to speak here for your office ({office}). You will be asked how promises stand, and "
                "your answers are shown in public under your name. A coordinator confirms first that it is you."
            ).format(office=title(role))
