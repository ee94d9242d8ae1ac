"""The firm's record as other programs read it: vCard and JSON."""

import json
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Model

from offices.models import (
    Attorney,
    Closure,
    Firm,
    FirmLink,
    Office,
    OfficeHours,
    Page,
)
from offices.public.contact_cards import vcard

# Whose account an attorney signs in with is nobody else's business.
OURS = {"id", "user_id", "updated_at"}


def write(folder: Path) -> str:
    firm, offices = Firm.objects.the_firm(), Office.objects.on_site()
    (folder / "offices").mkdir()
    for office in offices:
        url = settings.SITE_URL + office.get_absolute_url()
        text = vcard(office, firm, url)
        path = folder / "offices" / f"{office.slug}.vcf"
        path.write_text(text, encoding="utf-8", newline="")
    text = json.dumps(facts(), ensure_ascii=False, indent=1, cls=DjangoJSONEncoder)
    (folder / "firm.json").write_text(text + "\n", encoding="utf-8")
    return f"firm.json, offices/: the firm's record, and {len(offices)} contact cards."


def facts() -> dict[str, Any]:
    tables = (Firm, FirmLink, Attorney, Office, OfficeHours, Closure, Page)
    return {
        str(table._meta.verbose_name_plural): [
            row_of(row) for row in table._base_manager.order_by("pk")
        ]
        for table in tables
    }


def row_of(row: Model) -> dict[str, Any]:
    fields = [f for f in row._meta.concrete_fields if f.attname not in OURS]
    return {field.name: field.value_from_object(row) for field in fields}
