"""A text that is told to ask nothing asks nothing, whatever it holds."""

from hypothesis import given, settings
from hypothesis import strategies as st

from soh_author.domain.ids import Language
from soh_author.render.fragments import Fragments, may_ask
from soh_author.render.holes import questions_in
from soh_author.render.setting import Setting

PIECES = st.sampled_from(
    [
        *(
            "words ",
            "\n",
            "\n\n",
            "- item\n",
            "1. one\n",
            "> said\n",
            "### Deeper\n",
            "```\n",
            "| a | b |\n|---|---|\n",
        ),
        *("{{ fact.fee }}", "{ {fact.fee}}", "fact.fee }}", "&#123;{ fact.fee }}", "\\{{ fact.fee }}"),
        *(
            "[x](page:advice/fees)",
            "<page:advice/fees>",
            "page:advice/fees",
            "https://example.org/",
            "![x](media:a.png)",
        ),
        *(
            "::: emergency\n",
            ":::\n",
            "::: note Title\n",
            "ŵ’",
            "\u226e",
            "`",
            "*",
            "_",
            "\t",
            "(page:advice/fees)",
        ),
    ]
)


@settings(max_examples=300)
@given(st.lists(PIECES, max_size=10))
def test_a_text_that_may_not_ask_asks_nothing(pieces: list[str]) -> None:
    text = "".join(pieces)
    fragments = Fragments()
    html = fragments.body(text, Setting(Language.EN)) + fragments.heading(text, Setting(Language.EN))
    assert may_ask(text) or not questions_in(html)


def test_whatever_can_be_asked_is_seen() -> None:
    for text in ("{{ fact.fee }}", "[x](page:advice/fees)", "![x](media:a.png)", "::: emergency\nx\n:::"):
        assert may_ask(f"Words.\n\n{text}\n")
    assert not may_ask("Words: plain ones – with “quotes”, *stars* and\n\n- lists.\n")
