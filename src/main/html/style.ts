import { tokens } from './tokens.ts'

function variables(theme: 0 | 1): string {
  return Object.entries(tokens).map(([name, values]) => `--${name}:${values[theme]};`).join('')
}

function series(): string {
  const colours = Array.from({ length: 8 }, (_, index) => [`c${index + 1}`, `var(--cat-${index + 1})`])
  const named = [...colours, ['cref', 'var(--plot-reference)'], ['cmute', 'var(--plot-mute)'], ['ccur', 'var(--plot-current)']]
  return named.map(([name, colour]) => `.${name}{--own:${colour}}`).join('')
}

function heat(): string {
  const steps = [...Array.from({ length: 7 }, (_, i) => `seq-${i + 1}`), ...Array.from({ length: 9 }, (_, i) => `div-${i + 1}`)]
  return steps.map((step) => `.${step}{fill:var(--${step});background:var(--${step});color:var(--on-${step})}.on-${step}{fill:var(--on-${step})}`).join('')
}

/** The style of a page: the window's tokens, tables and plots; light or dark as the reader's system is. */
export const style = `
:root{color-scheme:light dark;${variables(0)}}
@media (prefers-color-scheme:dark){:root{${variables(1)}}}
*{box-sizing:border-box}
body{margin:0;background:var(--surface-3);color:var(--text);font:13px/20px "Segoe UI Variable Text","Segoe UI",-apple-system,BlinkMacSystemFont,Roboto,"Noto Sans",Cantarell,"Liberation Sans",Arial,sans-serif;font-variant-numeric:tabular-nums lining-nums;-webkit-font-smoothing:antialiased}
main,body>header,body>footer{max-width:1120px;margin:0 auto;padding:0 24px}
body>header{padding-top:28px;padding-bottom:12px}
body>footer{padding-top:12px;padding-bottom:32px;color:var(--text-3);font-size:12px}
h1{font-size:20px;line-height:28px;margin:0;letter-spacing:-.01em}
h2{font-size:15px;line-height:20px;margin:0 0 4px}
h3{font-size:13px;line-height:20px;margin:0}
p{margin:0 0 8px;max-width:80ch}
.sub{color:var(--text-2);margin:2px 0 0;max-width:none}
.muted{color:var(--text-3)}
.mono{font-family:"Cascadia Mono",ui-monospace,"SF Mono",Menlo,Consolas,"Noto Sans Mono","Liberation Mono",monospace;font-size:.93em}
nav{display:flex;flex-wrap:wrap;gap:4px 16px;margin-top:12px}
nav a,a{color:var(--accent-text)}
section{background:var(--surface);border:1px solid var(--border);border-radius:8px;padding:16px 20px;margin:0 0 12px}
.facts{display:flex;flex-wrap:wrap;gap:12px 40px;margin:0}
.facts dt{color:var(--text-2);font-size:12px}
.facts dd{margin:0;font-size:20px;line-height:28px;font-weight:600}
.facts dd small{font-size:12px;font-weight:400;color:var(--text-3);margin-left:6px}
.grid{display:grid;grid-template-columns:repeat(auto-fit,minmax(320px,1fr));gap:20px 28px}
.scroll{overflow-x:auto}
table{border-collapse:collapse;width:100%;margin:4px 0 0}
th{font-weight:600;text-align:left;height:32px;white-space:nowrap}
td,th{padding:3px 12px 3px 0;border-bottom:1px solid var(--border);vertical-align:top}
th.n,td.n{text-align:right;white-space:nowrap}
td.w{min-width:140px;vertical-align:middle}
td .unit,th .unit{color:var(--text-3);font-weight:400}
tbody tr:last-child td{border-bottom:0}
ul.plain{list-style:none;margin:0;padding:0}
ul.plain>li{padding:6px 0;border-bottom:1px solid var(--border)}
ul.plain>li:last-child{border-bottom:0}
.tag{display:inline-block;padding:0 6px;border-radius:3px;font-size:11px;line-height:18px;background:var(--surface-3);color:var(--text-2);white-space:nowrap}
.tag.danger{background:var(--danger-soft);color:var(--danger-text)}.tag.warning{background:var(--warning-soft);color:var(--warning-text)}.tag.info{background:var(--info-soft);color:var(--info-text)}.tag.success{background:var(--success-soft);color:var(--success-text)}
.note{border-left:3px solid var(--info-line);background:var(--info-soft);padding:6px 12px;margin:0 0 8px}
.note.warning{border-color:var(--warning-line);background:var(--warning-soft)}.note.danger{border-color:var(--danger-line);background:var(--danger-soft)}
figure{margin:0;min-width:0}
figcaption{display:flex;flex-wrap:wrap;justify-content:space-between;gap:0 12px;margin-bottom:4px}
figcaption .muted{font-size:12px}
.legend{display:flex;flex-wrap:wrap;gap:2px 14px;font-size:12px;color:var(--text-2);margin-bottom:2px}
.legend svg{width:18px;height:8px;margin-right:5px;overflow:visible}
svg.plot{display:block;max-width:100%;height:auto;overflow:visible}
svg text{font-size:11px;fill:var(--text-3)}
svg text.strong{fill:var(--text);font-weight:600}
.grid-line{stroke:var(--plot-grid);stroke-width:1}
.axis{stroke:var(--plot-axis);stroke-width:1}
.line{fill:none;stroke:var(--own);stroke-width:1.6;stroke-linejoin:round}
.dashed{stroke-dasharray:5 3}.dotted{stroke-dasharray:1.5 3}
.mark{fill:var(--own)}
.area{fill:var(--own);opacity:.18}
.bar{fill:var(--own)}
.track{fill:var(--surface-3)}
.whisker{stroke:var(--text);stroke-width:1.2}
details{margin-top:8px}
summary{cursor:pointer;color:var(--accent-text)}
details.column{border-top:1px solid var(--border);margin:0;padding:8px 0}
details.column>summary{color:var(--text)}
:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
${series()}${heat()}
@media print{body{background:none}section{break-inside:avoid}}
`
