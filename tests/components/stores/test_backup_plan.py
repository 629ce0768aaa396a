from pulumi_rampart.stores.backup_plan import BackupPlan
from pulumi_rampart.testing import Graph
from tests.components.inside import BOUNDARY, recorded, refusal

STORE = "arn:aws:rds:eu-central-1:123456789012:cluster:shop"


def plan(**choices: object) -> Graph:
    args = {"boundary": BOUNDARY, "resource_arn": STORE, **choices}
    return recorded(lambda: BackupPlan("shop-backups", args))  # type: ignore[arg-type]


def test_copies_are_made_every_night_and_kept_for_ninety_days() -> None:
    # when
    (rule,) = plan().one("aws:backup/plan:Plan", "shop-backups-plan").inputs["rules"]

    # then
    assert rule["schedule"] == "cron(0 3 * * ? *)"
    assert rule["lifecycle"] == {"deleteAfter": 90}


def test_the_vault_has_the_customer_key_and_keeps_what_it_holds() -> None:
    # when
    vault = plan().one("aws:backup/vault:Vault", "shop-backups-vault").inputs

    # then
    assert vault["kmsKeyArn"] == BOUNDARY["key_arn"]
    assert vault["forceDestroy"] is False


def test_only_the_one_store_is_copied() -> None:
    # when
    selection = plan().one("aws:backup/selection:Selection", "shop-backups-selection").inputs

    # then
    assert selection["resources"] == [STORE]


def test_what_is_no_schedule_is_refused() -> None:
    # then
    told = refusal(
        lambda: BackupPlan(
            "shop-backups",
            {"boundary": BOUNDARY, "resource_arn": STORE, "schedule": "rate(1 day)"},
        )
    )
    assert told.startswith("shop-backups.schedule='rate(1 day)': ")
