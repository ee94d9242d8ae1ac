"""Import runs: files become drafts, with a report and an undo.

files.py      what was uploaded, as a folder of files
runs.py       a run from its files to its report (report.py), and back
jobs.py       who works on runs: a thread, or housekeeping
drafts.py     an Article → a saved draft with what is to be looked at
pictures.py   its pictures → media
links.py      links between imported articles → our own addresses
own_facts.py · topics_and_terms.py   what our own export says besides
"""
