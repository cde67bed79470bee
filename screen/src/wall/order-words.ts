import type { WallLook, WallOrder } from '@fenghuo/contracts/wall-orders.ts';
import type { Translate } from '../i18n/language.ts';
import type { World } from '../state/world.ts';

/** An order in words, as a desk and a wall say it. */
export function orderWords(order: WallOrder, world: World, t: Translate): string {
  switch (order.order) {
    case 'mute':
      return t('walls.mute');
    case 'shade':
      return t(`walls.shade.${order.shade}`);
    case 'mode':
      return t(`wall.mode.${order.mode}`);
    case 'cameras':
      return t('walls.camerasOf', { cameras: order.cameras.join(t('wall.comma')) });
    case 'look':
      return lookWords(order.look, world, t);
  }
}

function lookWords(look: WallLook, world: World, t: Translate) {
  switch (look.at) {
    case 'county':
      return t('walls.county');
    case 'place':
      return t('walls.place', { lon: look.lon.toFixed(4), lat: look.lat.toFixed(4) });
    case 'incident':
      return world.incidents.get(look.incident)?.caseCode ?? t('walls.endedIncident');
  }
}
