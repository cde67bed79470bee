import { wallModes } from '@fenghuo/contracts/wall-orders.ts';
import { expect, test } from 'vitest';
import {
  bodyOf,
  type Layout,
  layoutFor,
  layouts,
  type Part,
  type Stack,
  shadeOf,
  shownZones,
} from './layouts.ts';

const partsOf = (stack: Stack): Part[] =>
  stack.zones.flatMap((zone) => ('part' in zone ? [zone.part] : partsOf(zone)));
const widthOf = ({ from }: Layout) => Math.max(120, 67.5 * from);

test('each wall has its layout in both modes, and any other window the nearest', () => {
  for (const mode of wallModes) {
    const name = (width: number, height: number) => layoutFor(mode, width, height).name;
    expect(name(1920, 1080)).toBe('standard');
    expect(name(3840, 2160)).toBe('standard');
    expect(name(5760, 2160)).toBe('broad');
    expect(name(3840, 1080)).toBe('panorama');
    expect(name(600, 900)).toBe('standard');
    expect(layoutFor(mode, 1920, 1080).mode).toBe(mode);
  }
});

test.each(layouts)(
  '$name in $mode: no part twice, none of the vital missing, and a quarter for the map',
  (layout) => {
    const parts = partsOf(layout.body);
    for (const body of [layout.body, layout.calm, layout.quiet]) {
      const all = partsOf(body ?? layout.body);
      expect(new Set(all).size).toBe(all.length);
      expect(all).toContain('map');
    }
    for (const vital of ['quiet', 'lead', 'list', 'map', 'building', 'video'] as const)
      expect(parts).toContain(vital);
    expect(parts).toContain(layout.mode === 'wartime' ? 'teams' : 'chain');
    const fixed = layout.body.zones.reduce(
      (sum, { extent }) => sum + (typeof extent === 'object' && 'rem' in extent ? extent.rem : 0),
      0,
    );
    expect(fixed).toBeLessThan(widthOf(layout) * 0.75);
  },
);

test('parts that show nothing are left out, stacks with nothing in them, and townships of a standard wall in need', () => {
  const { body } = layoutFor('everyday', 3840, 1080);
  const there: Part[] = ['quiet', 'map', 'chain', 'townships'];
  const shown = shownZones(body, (part) => there.includes(part), true);
  expect(partsOf({ along: 'across', zones: shown }).sort()).toEqual([...there].sort());
  expect(shown).toHaveLength(4);
  const standard = layoutFor('everyday', 1920, 1080).body;
  const partsWhen = (calm: boolean) =>
    partsOf({ along: 'across', zones: shownZones(standard, () => true, calm) });
  expect([true, false].map((calm) => partsWhen(calm).includes('townships'))).toEqual([true, false]);
});

test('nothing open: the scan has its room; an incident: lead and building; many: a list of its own', () => {
  const panorama = layoutFor('everyday', 3840, 1080);
  const has = (open: number, part: Part) => partsOf(bodyOf(panorama, open)).includes(part);
  expect([0, 1, 5].map((open) => has(open, 'mosaic'))).toEqual([true, false, false]);
  expect([0, 1, 5].map((open) => has(open, 'building'))).toEqual([false, true, true]);
  expect([0, 1, 5].map((open) => bodyOf(panorama, open).zones.length)).toEqual([3, 3, 4]);
});

test('the ground tells the index while nothing is open, then what is wrong; a desk puts a layer on or off', () => {
  const shades = (mode: 'everyday' | 'wartime', ordered: 'none' | 'index' | null = null) =>
    [0, 1].map((open) => shadeOf(layoutFor(mode, 1920, 1080), open, ordered));
  expect(shades('everyday')).toEqual(['index', 'online']);
  expect(shades('wartime')).toEqual(['index', 'none']);
  expect(shades('everyday', 'none')).toEqual(['none', 'none']);
  expect(shades('wartime', 'index')).toEqual(['index', 'index']);
});
