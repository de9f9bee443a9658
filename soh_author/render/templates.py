"""The Jinja environment: our own templates only; what editors write never is a template."""

from functools import cache

from jinja2 import FileSystemLoader, StrictUndefined
from jinja2.sandbox import SandboxedEnvironment
from markupsafe import Markup

from soh_author.domain.ids import Language
from soh_author.render.holes import Pattern, value_hole
from soh_author.render.resources import resource_folder
from soh_author.render.words import WORDS


@cache
def environment() -> SandboxedEnvironment:
    """The one environment: sandboxed, every unknown name an error, everything escaped."""
    made = SandboxedEnvironment(
        loader=FileSystemLoader(resource_folder() / "templates"),
        undefined=StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals["hole"] = _hole
    return made


@cache
def pattern(name: str, language: Language) -> Pattern:
    """A template of ``templates/`` in one language, rendered once and cut at its holes."""
    return Pattern.cut(_rendered(name, language))


def _rendered(name: str, language: Language) -> str:
    return (
        environment().get_template(name).render(words=WORDS[language], language=language.value).rstrip("\n")
    )


def snippet(name: str, language: Language, /, **values: str) -> str:
    """A small template filled with HTML values; see :meth:`Pattern.fill`."""
    return pattern(f"snippets/{name}.html", language).fill(values)


def _hole(name: str) -> Markup:
    return Markup(value_hole(name))  # noqa: S704 - a hole is made of a name in our own template
