/** A row of a CSV file: its line, from 1, and its fields. */
export interface CsvRow {
  line: number;
  fields: string[];
}

/**
 * Reads CSV (RFC 4180) as spreadsheets write it: with or without a byte order mark, comma, semicolon or tab, quoted fields
 * that hold breaks, any kind of line end. Empty lines are left out. A quote that never closes ends with the file.
 */
export function readCsv(text: string): CsvRow[] {
  const source = text.startsWith('\uFEFF') ? text.slice(1) : text;
  const separator = separatorOf(source);
  const rows: CsvRow[] = [];
  let [line, at] = [1, 0];
  while (at < source.length) {
    const row = readRow(source, at, separator);
    if (row.fields.some((field) => field !== '')) rows.push({ line, fields: row.fields });
    line += row.lines;
    at = row.end;
  }
  return rows;
}

/** The one that the first line holds most of. */
function separatorOf(text: string): string {
  const first = /^[^\r\n]*/.exec(text)?.[0] ?? '';
  const count = (mark: string) => first.split(mark).length;
  return [',', ';', '\t'].reduce((best, mark) => (count(mark) > count(best) ? mark : best));
}

interface ReadRow {
  fields: string[];
  /** Where the next row begins. */
  end: number;
  /** Lines of the file that the row takes. */
  lines: number;
}

function readRow(text: string, start: number, separator: string): ReadRow {
  const fields: string[] = [];
  let at = start;
  for (;;) {
    const { value, end } = text[at] === '"' ? readQuoted(text, at + 1) : { value: '', end: at };
    const stop = nextMark(text, end, separator);
    fields.push((value + text.slice(end, stop)).trim());
    if (text[stop] === separator) {
      at = stop + 1;
      continue;
    }
    const end_ = text.startsWith('\r\n', stop) ? stop + 2 : stop + 1;
    return { fields, end: end_, lines: linesIn(text.slice(start, end_)) };
  }
}

function readQuoted(text: string, start: number): { value: string; end: number } {
  let [value, at] = ['', start];
  for (;;) {
    const quote = text.indexOf('"', at);
    if (quote < 0) return { value: value + text.slice(at), end: text.length };
    value += text.slice(at, quote);
    if (text[quote + 1] !== '"') return { value, end: quote + 1 };
    value += '"';
    at = quote + 2;
  }
}

function nextMark(text: string, from: number, separator: string): number {
  let at = from;
  while (at < text.length && text[at] !== separator && text[at] !== '\n' && text[at] !== '\r') at++;
  return at;
}

function linesIn(text: string): number {
  return text.match(/\r\n|\r|\n/g)?.length ?? 0;
}
