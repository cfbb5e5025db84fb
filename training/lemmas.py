"""Lemma rules: how a word's lemma is made from its form. The model predicts the rule, not the lemma."""

SYNTAX = (
    "'=' the form as it stands; 'L' the form in lower case; 'T' the first letter as it stands, the rest in lower case; "
    "'[L|T]n+s' (after L or T, if given) cut n characters from the end and append s; '!s' the lemma is s; "
    "'?' no rule known, as 'L'. Characters are Unicode scalar values; a cut longer than the form gives s alone."
)


def lemma_rule(form: str, lemma: str) -> str:
    """The shortest rule that makes `lemma` from `form`."""
    if form == lemma:
        return "="
    if form.lower() == lemma:
        return "L"
    if _title(form) == lemma:
        return "T"
    if not form[:1].isupper():
        case, base = "", form
    elif lemma[:1] != form[:1]:
        case, base = "L", form.lower()
    else:
        case, base = ("T", _title(form)) if form.isupper() and not lemma.isupper() else ("", form)
    kept = 0
    while kept < min(len(base), len(lemma)) and base[kept] == lemma[kept]:
        kept += 1
    return f"{case}{len(base) - kept}+{lemma[kept:]}" if kept else "!" + lemma


def apply_rule(form: str, rule: str) -> str:
    """The lemma that `rule` makes from `form`."""
    if rule == "=":
        return form
    if rule in ("L", "?"):
        return form.lower()
    if rule == "T":
        return _title(form)
    if rule[0] == "!":
        return rule[1:]
    if rule[0] in "LT":
        form, rule = form.lower() if rule[0] == "L" else _title(form), rule[1:]
    cut, tail = rule.split("+", 1)
    return form[: max(0, len(form) - int(cut))] + tail


def _title(form: str) -> str:
    return form[:1] + form[1:].lower()
