"""Which page of the guide explains which page of the product."""

from __future__ import annotations

# the namespace of a page, or its whole name, to the guide that explains it
GUIDES = {
    "sequencing:propose": "order",
    "sequencing:proposal": "order",
    "sequencing:rules": "order",
    "sequencing:rule": "order",
    "sequencing:step": "order",
    "sequencing:question": "questions",
    "cockpit": "home",
    "cockpit:team": "my-team",
    "reports": "analyse",
    "reports:packs": "packs",
    "reports:new-pack": "packs",
    "reports:pack": "packs",
    "reports:pack-changes": "packs",
    "reports:templates": "packs",
    "portfolio": "portfolio",
    "portfolio:roadmap": "roadmap",
    "load": "load",
    "interactions": "findings",
    "resources": "resources",
    "selection": "selection",
    "benefits": "benefits",
    "impacts": "impacts",
    "impacts:assumptions": "assumptions",
    "org": "organisation",
    "org:capacity": "capacity",
    "strategy": "strategy",
    "exchange": "import",
    "journal": "journal",
    "governance": "committees",
    "governance:decisions": "decisions",
    "governance:decision": "decisions",
    "governance:decide": "decisions",
    "governance:verdict": "decisions",
    "governance:why": "decisions",
    "governance:actions": "decisions",
    "governance:action": "decisions",
    "governance:matters": "decisions",
    "governance:raci": "decisions",
    "sequencing": "scenarios",
    "access": "access",
    "runs": "load",
    "demo": "demo",
    "weather": "weather",
}


def guide_of(view_name: str, there: frozenset[str]) -> str:
    """Return the guide of a page among those that exist, empty when there is none."""
    for name in (view_name, view_name.partition(":")[0]):
        found = GUIDES.get(name, "")
        if found in there:
            return found
    return ""
