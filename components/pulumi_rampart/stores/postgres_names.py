"""Which names a database and its users may have in Aurora PostgreSQL."""

import re
from dataclasses import dataclass

# https://www.postgresql.org/docs/17/sql-syntax-lexical.html#SQL-SYNTAX-IDENTIFIERS
MAX_NAME_BYTES = 63
OWNER = "owner"
"""The user that RDS makes with the cluster; it owns the database and has a password."""

# https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstance.html (`DBName`):
# no word that the engine reserves. https://www.postgresql.org/docs/17/sql-keywords-appendix.html
RESERVED = frozenset(
    """
    all analyse analyze and any array as asc asymmetric both case cast check collate column
    constraint create current_catalog current_date current_role current_time current_timestamp
    current_user default deferrable desc distinct do else end except false fetch for foreign from
    grant group having in initially intersect into lateral leading limit localtime localtimestamp
    not null offset on only or order placing primary references returning select session_user some
    symmetric system_user table then to trailing true union unique user using variadic when where
    window with
    """.split()  # noqa: SIM905  # a list of this length is read like a page
)
# RDS refuses `admin` and `rdsadmin` too, and every cluster has the templates already.
_TAKEN_DATABASES = frozenset({"admin", "rdsadmin", "template0", "template1"})
# https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Appendix.PostgreSQL.CommonDBATasks.Roles.html
# https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/rds-proxy-setup.html
_TAKEN_USERS = frozenset(
    {
        "rds_ad",
        "rds_iam",
        "rds_password",
        "rds_replication",
        "rds_superuser",
        "rdsadmin",
        "rdsproxyadmin",
    }
)
# https://www.postgresql.org/docs/17/sql-createrole.html
_NO_USERS = frozenset({"none", "public"})


@dataclass(frozen=True)
class DatabaseName:
    """A rule for names of databases."""

    def problem(self, value: str) -> str | None:
        """Judge a name."""
        if not re.fullmatch(rf"[a-zA-Z][a-zA-Z0-9_]{{0,{MAX_NAME_BYTES - 1}}}", value):
            return (
                f"RDS takes 1 to {MAX_NAME_BYTES} letters, digits and _, a letter first; write it "
                "like shop_orders."
            )
        if value.lower() in RESERVED | _TAKEN_DATABASES:
            return "PostgreSQL or RDS keeps this word for itself; take another, such as shop."
        return None


@dataclass(frozen=True)
class UserName:
    """A rule for names of users that log in by IAM."""

    def problem(self, value: str) -> str | None:
        """Judge a name."""
        size = len(value.encode())
        if not 1 <= size <= MAX_NAME_BYTES or "\0" in value:
            return (
                f"PostgreSQL takes names of 1 to {MAX_NAME_BYTES} bytes, not {size}; name a user "
                "that a migration creates."
            )
        if value == OWNER:
            return (
                "this user is the database's owner, who logs in by a password that RDS keeps; "
                "name another one, and use `own()` for migrations."
            )
        if value in _TAKEN_USERS | _NO_USERS or value.startswith("pg_"):
            return "PostgreSQL or RDS keeps this name for itself; name a user of your own."
        # https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
        if re.search(r"[*?]|\$\{", value):
            return (
                "IAM would read it as a pattern of several users; name each user by itself, with "
                "none of * ? ${ in its name."
            )
        return None
