"""The same site for Hugo: one process, every public of a force a “language”.

Hugo knows no overrides, so its texts are those that this program has put together: that step costs it
nothing. Its layouts are our own page shell, its holes filled with Hugo's expressions.
"""

import json
import re
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path

from soh_author.domain.facts import FactValue, Reference
from soh_author.domain.ids import ForceId, Language
from soh_author.domain.resolving.effective import EffectivePage
from soh_author.render.templates import pattern
from soh_author.workflow.outputs import Audience, outputs_of
from soh_author.workflow.snapshot import Snapshot

_FACT = re.compile(r"\{\{ (?:fact|force)\.(\w+) \}\}")
_WARNING = re.compile(r"^::: warning\n(.*?)\n:::$", re.MULTILINE | re.DOTALL)
_CONFIGURATION = """\
baseURL = "https://www.example.org/"
disableKinds = ["taxonomy", "term", "RSS", "section"]
defaultContentLanguage = "{first}"
defaultContentLanguageInSubdir = true
[languages]
{languages}
"""
_LANGUAGE = """\
[languages.{name}]
contentDir = "content/{name}"
weight = {weight}
title = {title}
[languages.{name}.params]
host = {host}
"""
_LINK = """\
{{- $to := strings.TrimPrefix "page:" .Destination -}}
{{- $page := .Page.Site.GetPage $to -}}
<a href="{{ with $page }}{{ .RelPermalink }}{{ else }}{{ $.Destination }}{{ end }}">{{ .Text | safeHTML }}</a>
{{- /* no line end */ -}}
"""
_WARNING_BOX = """\
<div class="warning" role="note" aria-label="Warning">
<p class="box-title">Warning</p>
{{ .Inner | .Page.RenderString (dict "display" "block") }}
</div>
"""
_ROWS = (
    '<ul class="page-list">{{ range .Site.RegularPages.ByTitle }}<li><a href="{{ .RelPermalink }}">'
    "{{ .Title }}</a>{{ with .Description }}<p>{{ . }}</p>{{ end }}</li>{{ end }}</ul>"
)
_FACT_SHORTCODE = "{{- index site.Data.facts site.Language.Lang (.Get 0) | safeHTML -}}"


def write_hugo_site(folder: Path, snapshot: Snapshot, on: date) -> int:
    """Write the whole source of the site; how many pages it has."""
    audiences: dict[tuple[ForceId, Language], Audience] = {}
    count = 0
    for page in snapshot.page_ids():
        for force, language in outputs_of(snapshot, page, on):
            audience = audiences.get((force, language))
            if audience is None:
                audience = audiences[force, language] = Audience(snapshot, force, language, on)
            path = folder / "content" / _name(audience) / f"{page}.md"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(_text(snapshot.effective(page, force, language, on)), encoding="utf-8")
            count += 1
    _write_shell(folder, audiences.values())
    _write_facts(folder, audiences.values())
    return count


def _name(audience: Audience) -> str:
    return str(audience.force.id) if audience.language is Language.EN else f"{audience.force.id}-cy"


def _text(page: EffectivePage) -> str:
    head = json.dumps(
        {"title": page.value("title"), "description": page.value("summary")}, ensure_ascii=False
    )
    body = "\n\n".join(
        f"## {section.heading} {{#{section.id}}}\n\n{section.body}" if section.heading else section.body
        for section in page.sections
    )
    body = _WARNING.sub(r"{{% warning %}}\n\1\n{{% /warning %}}", body)
    return head + "\n\n" + _FACT.sub(r'{{< fact "\1" >}}', body) + "\n"


def _write_shell(folder: Path, audiences: Iterable[Audience]) -> None:
    languages = "".join(
        _LANGUAGE.format(
            name=_name(audience),
            weight=number,
            title=json.dumps(audience.force.name(audience.language)),
            host=json.dumps(audience.force.host),
        )
        for number, audience in enumerate(audiences, 1)
    )
    first = next(_name(audience) for audience in audiences)
    listing = {"body": _ROWS, "summary": "", "emergency_below": ""}
    files = {
        "hugo.toml": _CONFIGURATION.format(first=first, languages=languages),
        "layouts/_default/single.html": _shell({}),
        "layouts/_default/a-to-z.html": _shell(listing),
        "layouts/index.html": _shell(listing),
        "layouts/404.html": _shell({"body": "", "summary": "", "emergency_below": ""}),
        "layouts/_default/_markup/render-link.html": _LINK,
        "layouts/shortcodes/fact.html": _FACT_SHORTCODE,
        "layouts/shortcodes/warning.html": _WARNING_BOX,
    }
    for audience in audiences:
        files[f"content/{_name(audience)}/a-to-z.md"] = '{"title": "A to Z", "layout": "a-to-z"}\n'
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")


def _shell(other: Mapping[str, str]) -> str:
    """Our page template as a layout of Hugo's."""
    values = {
        "theme": "",
        "title_text": "{{ .Title }}",
        "title": "{{ .Title }}",
        "force_name": "{{ .Site.Title }}",
        "summary_text": "{{ .Description }}",
        "summary": '<p class="summary">{{ .Description }}</p>\n',
        # No links to other languages: Hugo would look through all 48 of them for each page.
        "addresses": '<link rel="canonical" href="https://{{ .Site.Params.host }}{{ .RelPermalink }}">\n',
        "stylesheet": '<link rel="stylesheet" href="/assets/site.css">\n',
        "home_url": "/",
        "a_to_z_url": "/a-to-z/",
        "type": "advice",
        "crumbs": '<li><a href="/#{{ .Section }}">{{ .Section | humanize }}</a></li>\n',
        "body": "{{ .Content }}",
        "emergency_below": '<div class="emergency"><p>Call {{ with site.Data.facts }}'
        '{{ index . site.Language.Lang "non_emergency" | safeHTML }}{{ end }}</p></div>\n',
        **other,
    }
    shell = pattern("page.html", Language.EN)
    names = {hole.partition(" ")[2] for hole in shell.holes}
    return shell.fill({name: values.get(name, "") for name in names})


def _write_facts(folder: Path, audiences: Iterable[Audience]) -> None:
    (folder / "data" / "facts").mkdir(parents=True, exist_ok=True)
    for audience in audiences:
        names = {str(name) for sheet in audience.sheets for name in sheet}
        found = {name: audience.fact(Reference("fact", name)) for name in names}
        own = {name: audience.fact(Reference("force", name)) for name in names}
        texts = {name: _said(value or own[name]) for name, value in found.items()}
        text = json.dumps({name: said for name, said in texts.items() if said})
        (folder / "data" / "facts" / f"{_name(audience)}.json").write_text(text, encoding="utf-8")


def _said(value: FactValue | None) -> str:
    return value.value if value else ""
