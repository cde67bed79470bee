import type { ShownReport } from '@fenghuo/contracts/case.ts';
import { createContext, useContext, useMemo } from 'react';

/** What people of a case are called, by account. Whoever is not known there keeps the account. */
export type NameOf = (account: string) => string;

export const CaseNames = createContext<NameOf>((account) => account);

/** The names of the case that stands around. */
export const useNameOf = (): NameOf => useContext(CaseNames);

/** The names that a report tells; without one everybody is called by their account. */
export function useNamesIn(report: ShownReport | undefined): NameOf {
  const people = report?.people;
  return useMemo(() => {
    const names = new Map(people?.map(({ account, name }) => [account, name]));
    return (account) => names.get(account) ?? account;
  }, [people]);
}
