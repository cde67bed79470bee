/**
 * The look of a printed report: A4, ink on white. Red is for a high risk and a missed deadline, told by form too. What is
 * of a drill is hatched on every sheet, since what is fixed is printed on each.
 */
export const reportStyle = `
@page { size: A4; margin: 14mm 14mm 16mm; }
* { box-sizing: border-box; }
html { background: #fff; }
body { overflow-wrap: anywhere; margin: 0 auto; max-width: 210mm; padding: 8mm; color: #16202c; font: 10.5pt/1.5 "Noto Sans SC",
  "Source Han Sans SC", "PingFang SC", "Microsoft YaHei", system-ui, sans-serif; }
@media print { body { padding: 0; max-width: none; } .screen-only { display: none; } }
header { display: grid; grid-template-columns: 1fr auto; gap: 6mm; align-items: start; border-bottom: 2px solid #16202c;
  padding-bottom: 4mm; }
h1 { margin: 0; font-size: 19pt; line-height: 1.25; }
.code { font: 600 14pt/1.4 "JetBrains Mono", "Consolas", "Menlo", monospace; letter-spacing: .04em; }
.kind { margin: 0 0 1mm; color: #566; font-size: 10pt; }
.place { margin: 1mm 0 0; font-size: 12pt; }
header svg { width: 27mm; height: 27mm; display: block; }
h2 { margin: 7mm 0 2mm; font-size: 12pt; border-bottom: 1px solid #b9c2cc; break-after: avoid; }
table { width: 100%; border-collapse: collapse; }
th, td { text-align: left; vertical-align: top; padding: 1.1mm 2mm 1.1mm 0; border-bottom: 1px solid #e1e6eb; }
th { font-weight: 600; color: #44515e; white-space: nowrap; }
tr { break-inside: avoid; }
.time { width: 1%; padding-right: 5mm; white-space: nowrap; font-variant-numeric: tabular-nums; }
.by { width: 1%; padding-right: 5mm; white-space: nowrap; color: #44515e; }
.facts { display: grid; grid-template-columns: repeat(4, 1fr); gap: 3mm 5mm; margin: 4mm 0 0; }
.facts div { break-inside: avoid; }
.facts dt { color: #566; font-size: 9pt; }
.facts dd { margin: 0; font-weight: 600; }
.late, .high { color: #b3121d; font-weight: 600; }
.late::before { content: "\\25B2\\00A0"; }
.kept { color: #16202c; }
.kept::before { content: "\\2713\\00A0"; }
.findings { margin: 3mm 0 0; padding: 2mm 4mm 2mm 8mm; border-left: 3px solid #b3121d; }
.none { margin: 3mm 0 0; padding: 2mm 4mm; border-left: 3px solid #7d8894; }
.bar { display: inline-block; height: 3.2mm; background: #44515e; vertical-align: middle; margin-right: 2mm; }
.photos { display: grid; grid-template-columns: repeat(3, 1fr); gap: 4mm; }
figure { margin: 0; break-inside: avoid; }
figure img { width: 100%; max-height: 60mm; object-fit: contain; background: #f2f4f6; border: 1px solid #d5dbe1; }
figcaption { font-size: 8.5pt; color: #44515e; overflow-wrap: anywhere; }
footer { margin-top: 8mm; padding-top: 2mm; border-top: 1px solid #b9c2cc; font-size: 8.5pt; color: #566;
  overflow-wrap: anywhere; }
.screen-only { margin: 0 0 4mm; font-size: 9.5pt; }
.drill { position: fixed; inset: 0; z-index: -1; overflow: hidden; color: #8a6d00; opacity: .3;
  -webkit-print-color-adjust: exact; print-color-adjust: exact; font-weight: 700; font-size: 44pt; line-height: 1.2;
  background: repeating-linear-gradient(135deg, #f5d547 0 3mm, transparent 3mm 18mm);
  display: grid; place-content: space-evenly center; justify-items: center; }
.drill span { transform: rotate(-24deg); letter-spacing: .2em; white-space: nowrap; }
.of-drill .kind::before { content: "演练 DRILL\\00A0· "; font-weight: 700; color: #8a6d00; }
`;
