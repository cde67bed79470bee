import type { Words } from '@fenghuo/contracts/words.ts';
import { escaped } from './escaped.ts';

/** Both languages, the second one quieter. */
export function both({ zh, en }: Words): string {
  return zh === en ? escaped(zh) : `${escaped(zh)} <span>${escaped(en)}</span>`;
}

/** Names and what was found of each; null: nobody could look. */
export function pairs(rows: readonly (readonly [Words, number | string | null])[]): string {
  const lines = rows.map(([name, value]) => {
    const shown =
      value === null
        ? both({ zh: '未核查', en: 'not checked' })
        : escaped(typeof value === 'number' ? number(value) : value);
    return `<tr><td>${both(name)}</td><td${typeof value === 'string' ? '' : ' class="n"'}>${shown}</td></tr>`;
  });
  return `<table class="pairs"><tbody>${lines.join('')}</tbody></table>`;
}

export interface Head extends Words {
  /** Stands to the right, as what is below it does. */
  isNumber?: boolean;
}

/** `rows` are whole `<tr>`s. */
export function table(heads: readonly Head[], rows: readonly string[]): string {
  const row = heads.map((head) => `<th${head.isNumber ? ' class="n"' : ''}>${both(head)}</th>`).join('');
  return `<table><thead><tr>${row}</tr></thead><tbody>${rows.join('')}</tbody></table>`;
}

export function number(value: number): string {
  return value.toLocaleString('en');
}
