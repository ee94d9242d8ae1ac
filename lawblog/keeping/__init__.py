"""Keeping: nothing can be lost, and all of it can leave.

hooks.py         what other rooms tell this one, in their apps' ready()
tables.py        which tables an archive carries, and their rows as text
files.py         pictures and other files that an archive carries
archive/         the file: what it is made of, writing it, reading it, its encryption
snapshot.py      one consistent read while others write
databases.py     another database in the place of the site's own
backup.py        making an archive
loading.py       an archive's rows into a database
restore.py       an archive into this site; sqlite.py, postgresql.py: all or nothing
upgrade.py       an archive of an older version becomes one of this
scheduled.py     the daily archive, in a folder or a bucket; retention.py
drill.py         proves that an archive can be restored
housekeeping.py  what has to be done by itself; jobs.py
"""
