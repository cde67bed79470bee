import { useSize } from '../wall/use-size.ts';
import { CameraTile } from './camera-tile.tsx';
import type { ShownCamera } from './choose-cameras.ts';
import { fitTiles } from './fit-tiles.ts';
import './video.css';

/** In rem, the same as in video.css. */
const tileRem = { head: 2.2, gap: 0.8, least: 13 };

interface CameraTilesProps {
  /** The best first. */
  cameras: readonly ShownCamera[];
  pinned: ReadonlySet<string>;
}

/** As many of the cameras as there is room for. Their numbers are those of the views on the map. */
export function CameraTiles({ cameras, pinned }: CameraTilesProps) {
  const [element, size] = useSize<HTMLDivElement>();
  const room = { width: size?.width ?? 0, height: size?.height ?? 0 };
  const { count, columns, width } = fitTiles({ ...tileRem, ...room, most: cameras.length });
  return (
    <div
      className="camera-tiles"
      ref={element}
      style={{ gridTemplateColumns: `repeat(${columns}, ${width}rem)` }}
    >
      {cameras.slice(0, count).map((camera, i) => (
        <CameraTile key={camera.id} camera={camera} number={i + 1} pinned={pinned.has(camera.id)} />
      ))}
    </div>
  );
}
