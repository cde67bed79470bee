import { faultAt, type ScenarioError } from './scenario-error.ts';

/** More would not fit into memory beside what is flooded. */
export const mostPublications = 3_000_000;

/** Asked before they are made: a rate with a nought too many takes no machine down. */
export function tooMany(total: number, path: string): ScenarioError {
  return faultAt(path, {
    zh: `共 ${total} 条消息，超过上限 ${mostPublications}；请缩短时长或降低速率`,
    en: `comes to ${total} messages, and ${mostPublications} are the most; make it shorter or slower`,
  });
}
