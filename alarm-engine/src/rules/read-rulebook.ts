import type { RulebookFault } from '@fenghuo/contracts/rulebook.ts';
import { severities } from '@fenghuo/contracts/words.ts';
import { LineCounter, type ParsedNode, parseDocument } from 'yaml';
import { z } from 'zod';
import { bookOf, builtInRules } from './built-in-rulebook.ts';
import type { Rulebook } from './rulebook.ts';

type ReadRulebook = { ok: true; rulebook: Rulebook } | { ok: false; errors: RulebookFault[] };

const schema = z.strictObject({
  rules: z.array(z.strictObject({ id: z.string(), severity: z.enum(severities) })),
});

/** Reads a rulebook: the rules of the house with the severities that it names. Pure; all faults at once. */
export function readRulebook(text: string, version: number): ReadRulebook {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const at = (offset: number, path: string, message: string): RulebookFault => {
    const { line, col } = lines.linePos(offset);
    return { line, column: col, path, message };
  };
  if (document.errors.length > 0)
    return { ok: false, errors: document.errors.map(({ pos, message }) => at(pos[0], '', message)) };
  const place = (path: readonly PropertyKey[]) => {
    for (let i = path.length; i >= 0; i -= 1) {
      const node = document.getIn(path.slice(0, i), true) as ParsedNode | undefined;
      if (node?.range) return node.range[0];
    }
    return 0;
  };
  const read = schema.safeParse(document.toJS());
  const faults = (read.error?.issues ?? []).map(({ path, message }) =>
    at(place(path), path.join('.'), message),
  );
  for (const [i, { id }] of (read.data?.rules ?? []).entries())
    if (!builtInRules.some((rule) => rule.id === id))
      faults.push(at(place(['rules', i, 'id']), `rules.${i}.id`, `there is no rule ${id}`));
  if (read.data === undefined || faults.length > 0) return { ok: false, errors: faults };
  const severityOf = new Map(read.data.rules.map(({ id, severity }) => [id, severity] as const));
  const rules = builtInRules.map((rule) => ({ ...rule, severity: severityOf.get(rule.id) ?? rule.severity }));
  return { ok: true, rulebook: bookOf(rules, { version, text }) };
}
