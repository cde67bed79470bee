import { type BuildingCard, buildingCard } from '@fenghuo/contracts/rest.ts';
import { useEffect } from 'react';
import { create } from 'zustand';
import { request } from '../feed/request.ts';
import type { Order } from './orders.ts';
import { phoneStore } from './phone-store.ts';

const useCards = create<{ cards: ReadonlyMap<string, BuildingCard> }>(() => ({ cards: new Map() }));

const keyOf = (id: string) => `building:${id}`;

/** Fetches the buildings of all orders ahead of time: inside of one there may be no network. */
export function useBuildings(orders: readonly Order[]): void {
  const wanted = [...new Set(orders.flatMap(({ incident }) => incident.building ?? []))].toSorted().join(' ');
  useEffect(() => {
    for (const id of wanted.split(' ').filter((one) => one !== '')) void fetchCard(id);
  }, [wanted]);
}

async function fetchCard(id: string): Promise<void> {
  const kept = (await phoneStore.known(keyOf(id))) as BuildingCard | undefined;
  if (kept !== undefined) show(kept);
  const path = `/buildings/${encodeURIComponent(id)}`;
  const answer = await request({ method: 'GET', path, answer: buildingCard });
  if (!answer.ok) return;
  show(answer.body);
  await phoneStore.keepKnown(keyOf(id), answer.body);
}

function show(card: BuildingCard): void {
  useCards.setState(({ cards }) => ({ cards: new Map(cards).set(card.id, card) }));
}

/** The card of a building, as far as this phone has it. */
export const useBuilding = (id: string | null) => useCards(({ cards }) => cards.get(id ?? ''));
