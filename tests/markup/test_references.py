"""What a text uses: each fact, link and picture with the line it begins on."""

from hypothesis import given
from hypothesis import strategies as st

from soh_author.markup.references import uses

_PIECES = {
    "fact": "{{ fact.a }}",
    "fact over two lines": "{{ fact.a\n}}",
    "link": "[x {{ fact.a }}](page:a)",
    "picture": "![y](media:m.png)",
    "words": "w",
    "line": "\n",
}


@given(st.lists(st.sampled_from(list(_PIECES)), max_size=40))
def test_every_use_has_the_line_it_begins_on(names: list[str]) -> None:
    text, facts, links, media = "a", [], [], []
    for name in names:
        line = text.count("\n") + 1
        if "fact" in name or name == "link":
            facts.append(line)
        if name == "link":
            links.append(line)
        if name == "picture":
            media.append(line)
        is_blank = text.endswith("\n")  # two line ends would end the paragraph
        text += ("w" if is_blank and name == "line" else "") + _PIECES[name] + ("" if name == "line" else " ")
    found = uses(text)
    assert [one.line for one in found.facts] == facts
    assert [one.line for one in found.links] == links
    assert [one.line for one in found.media] == media
