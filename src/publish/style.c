/* The one style sheet of every page.
 *
 * Text in the reader's own serif, furniture in the reader's own sans; a measure of some 66 characters; one unit of
 * height, a line, for every distance. Colours are few and quiet, and have a contrast of 4.5 or more in light and in
 * dark. No picture, no font, no address: a page must need nothing. Sizes are in rem and em, so that zoom and the
 * reader's settings hold. */
#include "publish/page.h"

/* clang-format off */
const char page_style[] =
    ":root{--paper:#fcfbf8;--ink:#1e1c19;--quiet:#5f5a52;--rule:#d8d3c8;--shade:#f3f0e9;--link:#7c2a1c;"
    "--text:Charter,'Iowan Old Style','Palatino Linotype','Source Serif 4',Georgia,'Noto Serif','Liberation Serif',serif;"
    "--aid:system-ui,-apple-system,'Segoe UI',Roboto,'Noto Sans','Liberation Sans',sans-serif;--line:1.6;color-scheme:light dark}"
    "@media(prefers-color-scheme:dark){:root{--paper:#171614;--ink:#e7e3da;--quiet:#a8a297;--rule:#3b3833;--shade:#211f1c;--link:#e5a792}}"
    "*{box-sizing:border-box}"
    "html{background:var(--paper);color:var(--ink);font:100%/var(--line) var(--text);-webkit-text-size-adjust:100%;text-size-adjust:100%}"
    "body{margin:0 auto;padding:0 1.25rem 4rem;max-width:39rem;font-size:1.125rem;overflow-wrap:anywhere;hanging-punctuation:first last}"
    "p,ul,ol,figure,blockquote,h1,h2,h3,h4{margin:0}"
    "a{color:var(--link);text-decoration-thickness:.06em;text-underline-offset:.16em}"
    "a:hover{text-decoration-thickness:.12em}"
    ":focus-visible{outline:.18rem solid var(--link);outline-offset:.15rem;border-radius:.1rem}"
    ".unseen{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}"
    ".skip{position:absolute;inset-block-start:-6rem;inset-inline-start:1rem;background:var(--ink);color:var(--paper);padding:.75rem 1rem;font:1rem var(--aid);z-index:1}"
    ".skip:focus{inset-block-start:.5rem}"
    /* above and below the article */
    ".masthead{display:flex;flex-wrap:wrap;justify-content:space-between;align-items:baseline;gap:.25rem 1.5rem;padding-block:1rem;border-block-end:1px solid var(--rule);font:.9375rem/1.5 var(--aid)}"
    ".masthead a,footer a{display:inline-block;padding-block:.25rem}"
    ".name{color:var(--ink);font-weight:600;text-decoration:none;padding-block:.25rem}a.name:hover{text-decoration:underline}"
    "nav ul,footer ul{display:flex;flex-wrap:wrap;align-items:baseline;gap:0 1.25rem;list-style:none;padding:0}"
    "footer{margin-block-start:3rem;padding-block-start:1rem;border-block-start:1px solid var(--rule);font:.9375rem/1.5 var(--aid)}"
    /* the opening */
    "h1{font-size:clamp(1.875rem,1.2rem + 3.2vw,2.75rem);line-height:1.14;font-weight:700;letter-spacing:-.012em;text-wrap:balance;margin-block:2.5rem .9rem}"
    ".standfirst{font-size:1.25rem;line-height:1.45;color:var(--quiet);text-wrap:pretty}"
    ".meta{display:flex;flex-wrap:wrap;gap:0 1.1em;font:.9375rem/1.6 var(--aid);color:var(--quiet);margin-block-start:1rem}"
    /* the text */
    "#text{margin-block-start:2rem}"
    "#text>p,#text>ul,#text>ol{margin-block-end:1.6rem}"
    "p{text-wrap:pretty}"
    "h2{font-size:1.4375rem;line-height:1.25;margin-block:2.6rem .8rem;text-wrap:balance}"
    "h3{font-size:1.1875rem;line-height:1.3;margin-block:2.2rem .6rem}"
    "h4{font-size:1.125rem;line-height:1.4;font-style:italic;font-weight:400;margin-block:1.6rem .4rem}"
    "#text>:first-child{margin-block-start:0}"
    "ul,ol{padding-inline-start:1.4em}li+li{margin-block-start:.4rem}li>ul,li>ol{margin-block-start:.4rem}"
    "li::marker{color:var(--quiet)}"
    "sup{line-height:0;font-size:.68em;font-family:var(--aid);font-variant-numeric:lining-nums;vertical-align:baseline;position:relative;inset-block-end:.45em;margin-inline-start:.12em}"
    "sup a{text-decoration:none;padding:.3em .15em}sup+sup{margin-inline-start:.1em}"
    ".pull{margin-block:2.4rem;padding-block:.2rem;padding-inline-start:1.25rem;border-inline-start:.2rem solid var(--link)}"
    ".pull p{font-size:1.5rem;line-height:1.35;text-wrap:balance;text-indent:-.42em}"
    "figcaption{font:.9375rem/1.5 var(--aid);color:var(--quiet);margin-block-start:.6rem}"
    /* what it rests on */
    ".notes{font:.9375rem/1.55 var(--aid);margin-block:-.9rem 1.6rem}"
    "li .notes{margin-block:.3rem .8rem}"
    "summary{cursor:pointer;color:var(--quiet);padding-block:.3rem;font-family:var(--aid)}"
    "summary:hover{color:var(--ink)}"
    ".number{color:var(--link);font-variant-numeric:tabular-nums;margin-inline-end:.35em}"
    "details[open]{background:var(--shade);margin:.6rem -.75rem .9rem;padding:.2rem .75rem .6rem}"
    "details[open]>summary{color:var(--ink)}"
    "details p,details ul{margin-block-start:.5rem}details>:last-child{margin-block-end:.3rem}"
    ".notes li::first-letter{text-transform:uppercase}"
    ".claim{font-weight:600}.label{font-weight:600}"
    ".denial{border-inline-start:2px solid var(--rule);padding-inline-start:.8rem}.denial+.denial{padding-block-start:.35rem}.denial+details{margin-block-start:.4rem}"
    ".notice{margin-block-start:1.25rem;border-block:1px solid var(--rule);font:.9375rem/1.55 var(--aid)}"
    ".notice[open]{border-color:transparent}.notice ul+ul{margin-block-start:1rem;padding-block-start:1rem;border-block-start:1px solid var(--rule)}"
    /* pictures */
    "img{display:block;max-width:100%;height:auto;max-height:85vh;margin-inline:auto;background:var(--shade)}"
    "#text>figure{margin-block:2.4rem}"
    ".slides{margin-block:2.4rem}"
    ".strip{display:flex;gap:1rem;overflow-x:auto;scroll-snap-type:x mandatory;overscroll-behavior-x:contain;padding-block-end:.5rem}"
    ".strip figure{flex:0 0 100%;scroll-snap-align:center;scroll-margin-block-start:1rem}"
    ".strip img{width:100%;aspect-ratio:3/2;object-fit:contain}"
    ".steps{display:flex;flex-wrap:wrap;align-items:center;gap:.25rem;font:.9375rem/1.5 var(--aid);color:var(--quiet);margin-block-start:.25rem}"
    ".steps>span{margin-inline-end:.5rem}"
    ".steps a{min-width:2.75rem;min-height:2.75rem;display:inline-flex;align-items:center;justify-content:center;border:1px solid var(--rule);text-decoration:none;font-variant-numeric:tabular-nums}"
    ".steps a:hover{border-color:var(--link)}"
    "@media(min-width:56rem){.wide{margin-inline:-5rem}.wide>figcaption,.steps,.strip figcaption{padding-inline:5rem}}"
    /* sound */
    ".sound{border-block:1px solid var(--rule);padding-block:1rem}.sound figcaption{margin:0 0 .6rem;color:var(--ink)}"
    "audio{display:block;width:100%}"
    ".clock{color:var(--quiet);font-variant-numeric:tabular-nums}.transcript,.withheld{font:.9375rem/1.55 var(--aid)}.withheld{color:var(--quiet)}"
    ".transcript{margin-block-start:.5rem}"
    /* the index, and corrections */
    ".index{list-style:none;padding:0}.index>li{padding-block:1.6rem;border-block-start:1px solid var(--rule);margin:0}.index h2{margin:0 0 .4rem}.index h2 a{color:var(--ink);text-decoration:none}.index h2 a:hover{text-decoration:underline}.index .meta{margin-block-start:.5rem}"
    "#corrections{border-block-start:1px solid var(--rule);margin-block-start:2.6rem;font-size:1rem}#corrections h2{margin-block:1.2rem .5rem;font-size:1.1875rem}#corrections time{font-weight:600}"
    /* writing that is not Latin: no slanted letters, more air */
    ":lang(fa),:lang(ar),:lang(he),:lang(ur){--line:1.85;--text:'Vazirmatn','Noto Naskh Arabic','Geeza Pro','Noto Serif Hebrew','Times New Roman',serif;--aid:'Vazirmatn','Noto Sans Arabic','Geeza Pro',Tahoma,'Noto Sans Hebrew',system-ui,sans-serif}"
    ":lang(zh),:lang(ja),:lang(ko){--line:1.8;--text:'Songti SC','Source Han Serif SC','Noto Serif CJK SC',SimSun,serif;--aid:system-ui,'PingFang SC','Microsoft YaHei','Noto Sans CJK SC',sans-serif}"
    ":is(:lang(fa),:lang(ar),:lang(he),:lang(ur),:lang(zh),:lang(ja)) :is(em,h4){font-style:normal}"
    ":is(:lang(fa),:lang(ar),:lang(ur)) em{font-weight:700}"
    ":is(:lang(fa),:lang(ar),:lang(he),:lang(ur),:lang(zh)) :is(h1,.standfirst,h2,h3,.pull p){letter-spacing:0;line-height:1.5}"
    "@media(prefers-reduced-motion:no-preference){.strip{scroll-behavior:smooth}}"
    "@media print{:root{--paper:#fff;--ink:#000;--quiet:#333;--rule:#999;--shade:#fff;--link:#000}"
    "body{max-width:none;font-size:10.5pt;padding:0}.skip,nav,footer,audio,.steps{display:none}"
    "details::details-content{content-visibility:visible;block-size:auto}summary{list-style:none}.notes,.notice{font-size:8.5pt;break-inside:auto}"
    ".wide{margin-inline:0}.strip{display:block}.strip figure{margin-block-end:1rem}figure,.pull{break-inside:avoid}h1,h2,h3{break-after:avoid}p{orphans:3;widows:3}img{max-height:6cm;margin-inline:0}.strip img{width:auto}#text a[href^=http]::after{content:' (' attr(href) ')';font-size:.85em}}";
/* clang-format on */
