"""What a hostile template could put in a page: with what is told of it, and what is as it should
be."""

from __future__ import annotations

# Where a page that leads the reader away, sends something or fetches something would do so.
AWAY = "http://127.0.0.1:9/bort"
_FORM = f"<form action='{AWAY}'><button>Skicka</button></form>"
_REFRESH = f'<meta http-equiv="refresh" content="0;url={AWAY}">'

REFUSED = [
    ("<script>alert(1)</script>", "elementet script"),
    ("<p onclick='x()'>a</p>", "attributet onclick"),
    ("<p OnClick='x()'>a</p>", "attributet onclick"),
    ("<img src=data:image/png;base64,x onerror=x() alt=x>", "attributet onerror"),
    (f"<iframe src='{AWAY}'></iframe>", "elementet iframe"),
    (f"<iframe srcdoc='{_REFRESH}'></iframe>", "elementet iframe"),
    (f"<frameset><frame src='{AWAY}'></frameset>", ""),
    (f"<object data='{AWAY}'></object>", "elementet object"),
    (f"<embed src='{AWAY}'>", "elementet embed"),
    (f"<applet code='{AWAY}'></applet>", "elementet applet"),
    (f"<portal src='{AWAY}'></portal>", "elementet portal"),
    (f"<img src='{AWAY}' alt=''>", "attributet src"),
    (f"<img srcset='{AWAY} 2x' alt=''>", "attributet srcset"),
    (f"<image src='{AWAY}'>", "attributet src i elementet img"),
    (f"<picture><source srcset='{AWAY}'></picture>", "elementet picture"),
    (f"<video src='{AWAY}' poster='{AWAY}'></video>", "elementet video"),
    (f"<audio src='{AWAY}'></audio>", "elementet audio"),
    (f"<table background='{AWAY}'><tr><td>x</table>", "attributet background"),
    ("<a href=' java\tscript:alert(1)'>a</a>", "attributet href"),
    ("<a href='&#106;avascript&colon;alert(1)'>a</a>", "attributet href"),
    ("<a href='vbscript:x'>a</a>", "attributet href"),
    ("<a href='data:text/html,x'>a</a>", "attributet href"),
    ("<a href='blob:x'>a</a>", "attributet href"),
    ("<a href='file:///etc/passwd'>a</a>", "attributet href"),
    (f"<a href='/' ping='{AWAY}'>a</a>", "attributet ping"),
    ("<a href='/' target='_blank'>a</a>", "attributet target"),
    (f"<link rel='stylesheet' href='{AWAY}'>", "elementet link"),
    (f"<base href='{AWAY}'>", "elementet base"),
    (_REFRESH, "attributet http-equiv"),
    (f"<meta content='0;url={AWAY}' http-equiv='&#82;efresh'>", "attributet http-equiv"),
    ("<meta http-equiv='set-cookie' content='a=b'>", "attributet http-equiv"),
    (_FORM, "elementet form"),
    (f"<button formaction='{AWAY}'>x</button>", "elementet button"),
    ("<input autofocus>", "elementet input"),
    ("<select><option>x</select>", "elementet select"),
    ("<isindex action=x>", "elementet isindex"),
    (f"<!-->{_REFRESH}-->", "en kommentar"),
    (f"<!--->{_REFRESH}-->", "en kommentar"),
    (f"<!-- --!>{_FORM}-->", "en kommentar"),
    (f"<!-- a <!-- b -->{_FORM}", "en kommentar"),
    (f"<!{_FORM}", "en kommentar"),
    (f"</ {_FORM}", "en kommentar"),
    ("<!-- bara en anteckning -->", "en kommentar"),
    (f"<![CDATA[>{_FORM}]]>", "en kommentar"),
    (f"<?php {_FORM} ?>", "en instruktion"),
    (f"<svg><style><p></p>{_FORM}</style></svg>", "elementet svg"),
    (f"<math><style><p></p>{_FORM}</style></math>", "elementet math"),
    (
        f"<math><mtext><table><mglyph><style><!--</style><img title='--&gt;{_FORM}'>",
        "elementet math",
    ),
    ("<svg/onload=alert(1)>", "elementet svg"),
    (f"<svg><image href='{AWAY}'/></svg>", "elementet svg"),
    (f"<svg><use xlink:href='{AWAY}#b'/></svg>", "elementet svg"),
    ("<svg><animate attributeName=href values=javascript:x>", "elementet svg"),
    (f"<noscript><p title='</noscript>{_FORM}'></noscript>", "elementet noscript"),
    (f"<textarea>{_REFRESH}</textarea>", "elementet textarea"),
    (f"<xmp>{_FORM}</xmp>", "elementet xmp"),
    (f"<noembed><p title='</noembed>{_FORM}'>", "elementet noembed"),
    (f"<noframes><p title='</noframes>{_FORM}'>", "elementet noframes"),
    (f"<plaintext>{_FORM}", "elementet plaintext"),
    (f"<listing>{_FORM}</listing>", "elementet listing"),
    (f"<template>{_FORM}</template>", "elementet template"),
    ("<slot name=x></slot>", "elementet slot"),
    ("<egen-sak></egen-sak>", "elementet egen-sak"),
    ("<marquee>x</marquee>", "elementet marquee"),
    ("<dialog open>x</dialog>", "elementet dialog"),
    ("<p contenteditable>x</p>", "attributet contenteditable"),
    ("<p autofocus tabindex=1>x</p>", "attributet autofocus"),
    ("<p popover>x</p>", "attributet popover"),
    ("<p is='x-y'>x</p>", "attributet is"),
    (f"<style>@import '{AWAY}';</style>", "en stilmall"),
    (f"<p style='background: url({AWAY})'>a</p>", "en stilmall"),
    (f"<p style=background:url({AWAY})>a</p>", "en stilmall"),
    (f"<p style='background: &#117;rl({AWAY})'>a</p>", "en stilmall"),
    (f"<style>p {{ background: u\\72l({AWAY}) }}</style>", "en stilmall"),
    (f"<style>p {{ background: image-set('{AWAY}' 1x) }}</style>", "en stilmall"),
    (f"<style>p {{ background: -webkit-image-set(url( '{AWAY}' ) 1x) }}</style>", "en stilmall"),
    (
        f"<style media=print>@font-face {{ font-family: x; src: url({AWAY}) }}</style>",
        "en stilmall",
    ),
    (f"<title></title><style></style/x>{_FORM}", "elementet form"),
    ("<p hidden>a</p>", "attributet hidden i elementet p"),
    ("<p style='display: none'>a</p>", "en stilmall med ”display: none”"),
    (
        "<style>p { background: url(data:image/png;base64,AA==) }</style>",
        "en stilmall med ”background: url(",
    ),
    ("<div data-typst:inset='read(1)'>a</div>", "attributet data-typst:inset"),
    ("<p xmlns:x=y>a</p>", "attributet xmlns:x"),
]

ACCEPTED = [
    "<p>Bara text &lt;script&gt; &amp;amp; 3 < 5 och <em>mer</em><br>en rad</p>",
    "<p title='</p><form>'>Ett märke som text</p>",
    (
        '<p><a href="https://kommun.example/">Mer</a> <a href="mailto:a@b.se" '
        'rel=author>Post</a> <a href="tel:+46">Ring</a></p>'
    ),
    (
        '<p><a href="#matris">Dit</a> <a href="annan.html?a=1:2">Hit</a> <img '
        'src="data:image/png;base64,iVBORw0KGgo=" alt="x"></p>'
    ),
    "<table class=a><caption>Rubrik</caption><tr><th scope=row rowspan=2>a<td colspan=2>b</table>",
    "<ul><li>ett<li value=3>två</ul><dl><dt>a<dd>b</dl><ol start=3 reversed><li>c</ol>",
    (
        "<details open><summary>Mer</summary><p lang=en aria-hidden=true data-sak=x "
        "style='color: var(--brand)'>text</p></details>"
    ),
    (
        "<style media=print>p { font-size: 10pt; margin: 0 0 1rem } a[href^='#'] { "
        "text-decoration: none }</style>"
    ),
    (
        "<figure><img alt='' src=data:image/svg+xml,x width=1 "
        "height=1><figcaption>x</figcaption></figure><pre>\n\n a\n  b</pre>"
    ),
    "<p>Oavslutat <b>fetstilt<p>nästa stycke",
]
