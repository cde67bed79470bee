/** For a screen and for A4 alike; colours are never the only sign. */
export const reportStyle = `
:root { font: 15px/1.5 "Noto Sans SC", "PingFang SC", "Microsoft YaHei", system-ui, sans-serif; color: #111; }
body { overflow-wrap: anywhere; max-width: 60rem; margin: 2rem auto; padding: 0 1.5rem; }
span { color: #555; font-size: .92em; }
h1 { margin: .2rem 0 .6rem; font-size: 1.7rem; } h2 { margin: 2rem 0 .6rem; font-size: 1.15rem; border-bottom: 2px solid #111; }
h3 { margin: 1.2rem 0 .4rem; font-size: 1rem; }
.kind, .when { margin: 0; color: #444; }
.conclusion { padding: .7rem 1rem; border: 2px solid; border-left-width: 12px; font-size: 1.05rem; }
.passed { border-color: #15803d; } .failed { border-color: #b91c1c; }
table { border-collapse: collapse; width: 100%; } th, td { padding: .28rem .6rem; text-align: left; border-bottom: 1px solid #ccc; vertical-align: top; }
th { border-bottom: 1px solid #111; font-weight: 600; } .n { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
table.pairs td:first-child { width: 45%; } table.pairs .n { text-align: left; }
.mark { white-space: nowrap; } th > span { display: block; }
tr.bad td { background: #fdecec; font-weight: 600; }
code, pre { font: .86em/1.45 "Noto Sans Mono", ui-monospace, monospace; } code { color: #555; }
pre { padding: .8rem 1rem; background: #f5f5f4; white-space: pre-wrap; overflow-wrap: anywhere; }
figure { margin: 1rem 0 1.4rem; break-inside: avoid; } figcaption { font-weight: 600; } figure > svg { width: 100%; height: auto; display: block; }
.grid { stroke: #ddd; fill: none; } .tick { font-size: 11px; fill: #333; } .axis { font-size: 11px; fill: #555; }
.line { fill: none; stroke-width: 2; } .band { fill: #fde68a; opacity: .6; }
.legend { display: flex; flex-wrap: wrap; gap: .2rem 1.4rem; margin: .2rem 0 0; padding: 0; list-style: none; font-size: .88rem; }
.legend svg { width: 34px; height: 8px; margin-right: .4rem; vertical-align: middle; }
.signatures { display: grid; grid-template-columns: repeat(3, 1fr); gap: 2rem; margin-top: 4rem; break-inside: avoid; } .signatures p { border-top: 1px solid #111; padding-top: .3rem; }
h2, h3 { break-after: avoid; }
@media print { body { margin: 0; max-width: none; padding: 0; } section { break-inside: auto; } tr { break-inside: avoid; } .conclusion, tr.bad td { print-color-adjust: exact; } }
`;
