"""The fixed parts of an OpenDocument spreadsheet: names, styles, what is in the package."""

from __future__ import annotations

from dashboard.theme import DEFAULT, tokens

COLOURS = tokens(DEFAULT, "light")
TYPE = "application/vnd.oasis.opendocument.spreadsheet"
_OASIS = "urn:oasis:names:tc:opendocument:xmlns"
_NAMES = " ".join(
    [
        *(
            f'xmlns:{name}="{_OASIS}:{name}:1.0"'
            for name in ("office", "style", "table", "text", "meta", "manifest")
        ),
        f'xmlns:fo="{_OASIS}:xsl-fo-compatible:1.0"',
        f'xmlns:number="{_OASIS}:datastyle:1.0"',
        'xmlns:xlink="http://www.w3.org/1999/xlink"',
        'xmlns:dc="http://purl.org/dc/elements/1.1/"',
        'office:version="1.3"',
    ]
)
_BOLD = 'fo:font-weight="bold"'
_WRAP = 'fo:wrap-option="wrap"'
_UNDER = f' fo:border-bottom="1.5pt solid {COLOURS["text"]}"'

_LINK = f'fo:color="{COLOURS["accent"]}" style:text-underline-style="solid"'


def _style(
    name: str, *, display: str = "", cell: str = "", text: str = "", align: str = "", data: str = ""
) -> str:
    """Write the look of a cell."""
    told = [
        f' style:display-name="{display}"' * bool(display),
        f' style:data-style-name="{data}"' * bool(data),
    ]
    parts = [
        f"<style:table-cell-properties {cell}/>" * bool(cell),
        f'<style:paragraph-properties fo:text-align="{align}" fo:margin-left="0.2cm"/>'
        * bool(align),
        f"<style:text-properties {text}/>" * bool(text),
    ]
    return (
        f'<style:style style:name="{name}" style:family="table-cell"'
        f' style:parent-style-name="Default"{"".join(told)}>{"".join(parts)}</style:style>'
    )


_XML = '<?xml version="1.0" encoding="UTF-8"?>\n'
CONTENT = f"""{_XML}<office:document-content {_NAMES}>
<office:automatic-styles>{{columns}}</office:automatic-styles>
<office:body><office:spreadsheet>{{tables}}
<table:database-ranges>{{ranges}}</table:database-ranges>
</office:spreadsheet></office:body></office:document-content>"""
META = f"""{_XML}<office:document-meta {_NAMES}><office:meta>
<meta:generator>Regiebord</meta:generator>
<dc:title>{{title}}</dc:title><dc:subject>{{subject}}</dc:subject>
<meta:initial-creator>{{author}}</meta:initial-creator><dc:creator>{{author}}</dc:creator>
<meta:creation-date>{{issued}}</meta:creation-date><dc:date>{{issued}}</dc:date>
<dc:language>nl-NL</dc:language>
</office:meta></office:document-meta>"""
STYLES = f"""{_XML}<office:document-styles {_NAMES}>
<office:styles>
<style:default-style style:family="table-cell">
<style:text-properties fo:font-family="Arial" fo:font-size="12pt" fo:language="nl"
 fo:country="NL"/></style:default-style>
<number:number-style style:name="getal"><number:number number:min-integer-digits="1"/>
</number:number-style>
<number:number-style style:name="breuk"><number:number number:decimal-places="1"
 number:min-decimal-places="1" number:min-integer-digits="1"/></number:number-style>
<number:percentage-style style:name="aandeel" number:language="nl" number:country="NL">
<number:number number:decimal-places="1" number:min-decimal-places="1"
 number:min-integer-digits="1"/><number:text>%</number:text></number:percentage-style>
<number:date-style style:name="dag"><number:year number:style="long"/><number:text>-</number:text>
<number:month number:style="long"/><number:text>-</number:text><number:day number:style="long"/>
</number:date-style>
<style:style style:name="Default" style:family="table-cell">
<style:table-cell-properties style:vertical-align="top"/></style:style>
{_style("Titel", display="Heading 1", text=_BOLD + ' fo:font-size="16pt"')}
{_style("Regel")}
{_style("Kop", display="Heading 2", text=_BOLD, cell=_WRAP + _UNDER)}
{_style("Kop_rechts", text=_BOLD, cell=_WRAP + _UNDER, align="end")}
{_style("Tekst", cell=_WRAP)}
{_style("Teken", align="end")}
{_style("Getal", data="getal", align="end")}
{_style("Breuk", data="breuk", align="end")}
{_style("Aandeel", data="aandeel", align="end")}
{_style("Dag", data="dag", align="end")}
{_style("Verwijzing", text=_LINK)}
</office:styles>
<office:automatic-styles><style:page-layout style:name="vel"><style:page-layout-properties
 fo:page-width="29.7cm" fo:page-height="21cm" style:print-orientation="landscape"
 style:scale-to-X="1" style:scale-to-Y="0"/></style:page-layout></office:automatic-styles>
<office:master-styles><style:master-page style:name="Default"
 style:page-layout-name="vel"/></office:master-styles></office:document-styles>"""
MANIFEST = f"""{_XML}<manifest:manifest xmlns:manifest="{_OASIS}:manifest:1.0"
 manifest:version="1.3">
<manifest:file-entry manifest:full-path="/" manifest:version="1.3" manifest:media-type="{TYPE}"/>
<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>
<manifest:file-entry manifest:full-path="styles.xml" manifest:media-type="text/xml"/>
<manifest:file-entry manifest:full-path="meta.xml" manifest:media-type="text/xml"/>
</manifest:manifest>"""
