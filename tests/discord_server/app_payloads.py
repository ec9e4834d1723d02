"""The application and its team as Discord's JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.discord_server import payloads

if TYPE_CHECKING:
    from tests.discord_server.model import Application, Team, User

Json = dict[str, Any]


def application(one: Application) -> Json:
    return {
        "id": str(one.id),
        "name": one.name,
        "icon": None,
        "description": "",
        "type": None,
        "bot_public": True,
        "bot_require_code_grant": False,
        "verify_key": "0" * 64,
        "flags": 0,
        "flags_new": "0",
        "redirect_uris": [],
        "interactions_endpoint_url": None,
        "role_connections_verification_url": None,
        "owner": payloads.user(one.owner),
        "approximate_guild_count": 1,
        "approximate_user_install_count": 0,
        "approximate_user_authorization_count": 0,
        "explicit_content_filter": 0,
        "team": team(one.team) if one.team else None,
        "eligible_oauth2_scopes": [],
    }


def team(one: Team) -> Json:
    def seat(person: User) -> Json:
        role = "admin" if person is one.owner else "developer"
        return {
            "membership_state": 2,
            "permissions": ["*"],
            "role": role,
            "team_id": str(one.id),
            "user": payloads.user(person),
        }

    return {
        "id": str(one.id),
        "name": one.name,
        "icon": None,
        "owner_user_id": str(one.owner.id),
        "members": [seat(person) for person in one.members],
    }
