import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isMap, isSeq, parseDocument } from 'yaml';
import type { StationWish } from '../scenario/scenario-schema.ts';

const shippedFiles = ['alarm-engine/rulebook.yaml', 'alarm-engine/risk-categories.yaml'];

/** The shipped rulebook with the times that a scenario asks for; undefined when it asks for none. */
export async function shortenedRulebook(
  project: string,
  { supervision, stuck_after: stuckAfter }: StationWish['rulebook'],
): Promise<string | undefined> {
  if (Object.keys(supervision).length === 0 && stuckAfter === undefined) return undefined;
  const texts = await Promise.all(shippedFiles.map((file) => readFile(join(project, file), 'utf8')));
  const book = parseDocument(texts.join(''));
  for (const [type, time] of Object.entries(supervision)) book.setIn(['supervision', type], time);
  const rules = book.get('rules');
  if (stuckAfter !== undefined && isSeq(rules))
    for (const rule of rules.items)
      if (isMap(rule) && rule.has('stuck_after')) rule.set('stuck_after', stuckAfter);
  return String(book);
}
