"""Which articles rest on which law, and what readers are told when it changes.

index.py             the authorities of each edition, in the transaction that publishes
counts.py            how many articles rest on each
articles_by_law.py   what rests on an authority
authority_choices.py what the attorney adds or strikes
affected.py          which pages say that the law changed
notices.py           telling readers so, and undoing it
record.py            what the record keeps of both
"""
