"""Registers the forms of the firm's record with the admin."""

from django.contrib import admin

from offices.models import Attorney, Closure, Firm, Office, Page

from .attorneys import AttorneyAdmin
from .closures import ClosureAdmin
from .firm import FirmAdmin
from .office import OfficeAdmin
from .pages_of_record import PageAdmin

admin.site.register(Firm, FirmAdmin)
admin.site.register(Office, OfficeAdmin)
admin.site.register(Closure, ClosureAdmin)
admin.site.register(Attorney, AttorneyAdmin)
admin.site.register(Page, PageAdmin)
