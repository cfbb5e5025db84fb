"""Terms of office as spans of days, and how far two of them lie apart."""

import collections
import datetime

# Our table begins in 1990; an open end or an unknown start may be any day up to these.
BEGINS = datetime.date(1990, 1, 1)
FIRST, LAST = datetime.date(1900, 1, 1), datetime.date(2099, 12, 31)


def day(text, last):
    """First or last day that `YYYY`, `YYYY-MM` or `YYYY-MM-DD` may mean."""
    year, month, date = (text.split("-") + ["", ""])[:3]
    if not month:
        month = "12" if last else "1"
    if not date:
        if not last:
            date = "1"
        else:
            first_of_next = datetime.date(int(year) + (month == "12"), int(month) % 12 + 1, 1)
            return first_of_next - datetime.timedelta(1)
    try:
        return datetime.date(int(year), int(month), int(date))
    except ValueError:
        return datetime.date(int(year), int(month), 28)


def bounds(text, missing):
    return (day(text, False), day(text, True)) if text else (missing, missing)


class Term:
    """One term of one person, theirs or ours. `start` and `end` are pairs: the first and last day they may mean."""

    def __init__(self, person, start, end, kind, office, shown, names=()):
        self.person, self.start, self.end = person, start, end
        self.kind, self.office, self.shown, self.names = kind, office, shown, names

    def distance(self, other):
        """Days by which the nearer reading of starts and ends differ, the larger of the two.

        Our table begins in 1990: what came before is not compared.
        """
        return max(apart(since(self.start), since(other.start)), apart(self.end, other.end))


def since(pair):
    return tuple(max(date, BEGINS) for date in pair)


def apart(a, b):
    if a[0] <= b[1] and b[0] <= a[1]:
        return 0
    return min(abs((a[0] - b[1]).days), abs((b[0] - a[1]).days))


def joined(terms, one_person=False):
    """Terms of one person and office that follow each other within two months, or overlap, as one."""
    out = []
    groups = collections.defaultdict(list)
    for term in terms:
        groups["" if one_person else term.person, term.kind, term.office].append(term)
    for group in groups.values():
        group.sort(key=lambda t: (t.start, t.end))
        for term in group:
            last = out[-1] if out else None
            same = last and (one_person or last.person == term.person) and (last.kind, last.office) == (term.kind, term.office)
            if same and (term.start[0] - last.end[1]).days <= 62:
                last.end = max(last.end, term.end)
                last.names = list(last.names) + [name for name in term.names if name not in last.names]
                last.shown = last.shown.rpartition(" - ")[0] + " - " + term.shown.rpartition(" - ")[2]
            else:
                out.append(term)
    return out


def stretches(rows):
    """The rows, and each run of rows that follow each other as one more, so that split terms may be met whole."""
    rows = sorted(rows, key=lambda t: (t.start, t.end))
    out = list(rows)
    for at, row in enumerate(rows):
        end = row.end
        for later in rows[at + 1 :]:
            if (later.start[0] - end[1]).days > 62:
                break
            end = max(end, later.end)
            out.append(Term(row.person, row.start, end, row.kind, row.office, row.shown + " + " + later.shown, row.names))
    return out
