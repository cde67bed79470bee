import type { Dossier } from '@fenghuo/contracts/case.ts';
import { maskContact, maskName, maskNumbers } from '../access/personal-data.ts';

/** Members that name things and hold no words of people: digits in them are no telephone numbers. */
const names = new Set([
  ...[
    'id',
    'code',
    'caseCode',
    'incident',
    'ticket',
    'alarm',
    'alarms',
    'device',
    'camera',
    'subject',
    'account',
  ],
  ...['sha256', 'sentSha256', 'personal', 'area', 'building', 'holder', 'unit'],
]);

/** A dossier as roles without the right to personal data see it: people masked, and numbers in whatever was written. */
export function maskDossier(dossier: Dossier): Dossier {
  const masked = maskTexts(dossier) as Dossier;
  const deliveries = dossier.deliveries.map((delivery) => ({
    ...delivery,
    person: delivery.person && maskContact(delivery.person),
  }));
  const people = dossier.people.map(({ account, name }) => ({ account, name: maskName(name) }));
  return { ...masked, deliveries, people };
}

/** Numbers masked in whatever was written, at any depth. */
export function maskTexts(value: unknown, member = ''): unknown {
  if (typeof value === 'string') return names.has(member) ? value : maskNumbers(value);
  if (Array.isArray(value)) return value.map((inner) => maskTexts(inner, member));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, maskTexts(inner, key)]));
}
