import type { BuildingUse } from '@fenghuo/contracts/words.ts';
import type { BuildingShape } from './building-shape.ts';
import type { SeededRandom } from './seeded-random.ts';

/** A place inside a building: floor, what the room is called, and where it lies along and into the building. */
export interface Spot {
  /** 1 is the ground floor, −1 the basement. */
  floor: number;
  room: string;
  /** Metres along the front from its middle, and inwards from it. */
  u: number;
  v: number;
}

interface RoomStyle {
  /** Metres of front that a room takes. */
  width: number;
  room(floor: number, number: number): string;
  /** A kitchen in every unit; null: one canteen on the ground floor. */
  kitchen: ((floor: number, number: number) => string) | null;
  /** Where a heat detector hangs: steam or exhaust would set off a smoke detector there. */
  hot: string;
}

const door = (floor: number, number: number) => `${floor}${String(number).padStart(2, '0')}`;
const flat: RoomStyle = {
  width: 9,
  room: (floor, number) => `${door(floor, number)} 室`,
  kitchen: (floor, number) => `${door(floor, number)} 室厨房`,
  hot: '车库',
};
const styles: Record<BuildingUse, RoomStyle> = {
  residential: flat,
  'high-rise': flat,
  factory: {
    width: 12,
    room: (floor, number) => `${floor} 层车间 ${number} 区`,
    kitchen: null,
    hot: '烘干间',
  },
  warehouse: {
    width: 11,
    room: (floor, number) => `${floor} 层库区 ${number}`,
    kitchen: null,
    hot: '制冷机房',
  },
  school: {
    width: 9,
    room: (floor, number) => `${door(floor, number)} 教室`,
    kitchen: null,
    hot: '开水间',
  },
  hospital: {
    width: 6,
    room: (floor, number) => `${door(floor, number)} 病房`,
    kitchen: null,
    hot: '消毒供应室',
  },
  market: {
    width: 7,
    room: (floor, number) => `${floor} 层 ${number} 号铺`,
    kitchen: (floor, number) => `${floor} 层 ${number} 号餐饮后厨`,
    hot: '熟食加工间',
  },
  farm: {
    width: 10,
    room: (_floor, number) => `${number} 号棚位`,
    kitchen: null,
    hot: '饲料烘干间',
  },
};

/** The rooms of one building. Room 7 lies at the same place on every floor. */
export interface Rooms {
  basement: boolean;
  perFloor: number;
  room(floor: number, number: number): Spot;
  kitchen(floor: number, number: number): Spot;
  hot(random: SeededRandom): Spot;
  stairs(floor: number, number: number): Spot;
  /** Electrical distribution: the main one below or on the ground floor, further ones by floor. */
  distribution(number: number): Spot;
  /** Fire-fighting water: the pump room, the tank on top, then hydrants floor by floor. */
  water(number: number): Spot;
  controlRoom(): Spot;
  lobby(floor: number): Spot;
}

export function layRooms(use: BuildingUse, shape: BuildingShape): Rooms {
  const style = styles[use];
  const { length, depth, floors } = shape;
  const basement = hasBasement(use, floors);
  const columns = Math.max(1, Math.floor(length / style.width));
  const inWing = shape.wing === null ? 0 : Math.max(1, Math.floor(shape.wing.depth / style.width));
  const perFloor = 2 * columns + inWing;
  const ground = basement ? -1 : 1;
  const at = (floor: number, room: string, u: number, v: number): Spot => ({
    floor,
    room,
    u: u * length,
    v: v * depth,
  });
  const place = (number: number): { u: number; v: number } => {
    const index = (number - 1) % perFloor;
    if (shape.wing !== null && index >= 2 * columns) {
      const end = ((length - shape.wing.length) / 2) * (shape.wing.right ? 1 : -1);
      return { u: end, v: depth + ((index - 2 * columns + 0.5) / inWing) * shape.wing.depth };
    }
    return {
      u: ((Math.floor(index / 2) + 0.5) / columns - 0.5) * length,
      v: depth * (index % 2 === 0 ? 0.28 : 0.72),
    };
  };
  const storey = (number: number) => 1 + (number % floors);
  return {
    basement,
    perFloor,
    room: (floor, number) => ({ floor, room: style.room(floor, number), ...place(number) }),
    kitchen: (floor, number) => {
      if (style.kitchen === null) return at(1, '食堂厨房', 0.22, number % 2 === 0 ? 0.35 : 0.65);
      const { u, v } = place(number);
      return { floor, room: style.kitchen(floor, number), u, v: v + (v < depth / 2 ? -0.08 : 0.08) * depth };
    },
    hot: (random) =>
      at(
        basement ? -1 : 1,
        basement ? '地下车库' : style.hot,
        random.between(-0.42, 0.42),
        random.between(0.15, 0.85),
      ),
    stairs: (floor, number) =>
      at(floor, number % 2 === 0 ? '东楼梯间' : '西楼梯间', number % 2 === 0 ? 0.46 : -0.46, 0.5),
    distribution: (number) =>
      number === 0
        ? at(ground, '总配电间', -0.34, 0.62)
        : at(storey(number - 1), `${storey(number - 1)} 层配电间`, -0.2, 0.5),
    water: (number) => {
      if (number === 0) return at(ground, '消防泵房', 0.36, 0.62);
      if (number === 1) return at(floors, '屋顶消防水箱', 0.1, 0.5);
      return at(storey(number - 2), `${storey(number - 2)} 层消火栓`, 0.3, 0.5);
    },
    controlRoom: () => at(1, '消防控制室', -0.42, 0.3),
    lobby: (floor) => at(floor, floor === 1 ? '大厅' : `${floor} 层走廊`, 0, 0.5),
  };
}

function hasBasement(use: BuildingUse, floors: number): boolean {
  return use === 'high-rise' || (use === 'hospital' && floors > 3) || (use === 'market' && floors > 2);
}
