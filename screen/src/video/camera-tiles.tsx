import { useEffect } from 'react';
import { useSize } from '../wall/use-size.ts';
import { CameraTile } from './camera-tile.tsx';
import type { ShownCamera } from './choose-cameras.ts';
import { fillWithTiles } from './fit-tiles.ts';
import { type MapCone, useMapVideo } from './map-video.ts';
import type { VideoPlace } from './use-cameras.ts';
import './video.css';

/** In rem, the same as in video.css. */
const tileRem = { head: 2.2, gap: 0.8, least: 13 };

interface CameraTilesProps {
  /** Where the cameras look; null: nowhere on the map. */
  centre: VideoPlace | null;
  /** The best first. */
  cameras: readonly ShownCamera[];
  pinned: ReadonlySet<string>;
  /** They look around, and not at a scene. */
  patrol: boolean;
}

/** As many of the cameras as there is room for. Their numbers are those of the views on the map. */
export function CameraTiles({ centre, cameras, pinned, patrol }: CameraTilesProps) {
  const [element, size] = useSize<HTMLDivElement>();
  const room = { width: size?.width ?? 0, height: size?.height ?? 0 };
  const { count, columns, width } = fillWithTiles({ ...tileRem, ...room, most: cameras.length });
  useEffect(() => {
    useMapVideo.setState({ centre, cones: conesOf(cameras.slice(0, count)) });
    return () => useMapVideo.setState({ centre: null, cones: [] });
  }, [centre, cameras, count]);
  return (
    <div
      className="camera-tiles"
      ref={element}
      style={{ gridTemplateColumns: `repeat(${columns}, ${width}rem)` }}
    >
      {cameras.slice(0, count).map((camera, i) => (
        <CameraTile key={camera.id} number={i + 1} pinned={pinned.has(camera.id)} {...{ camera, patrol }} />
      ))}
    </div>
  );
}

/** Those that have a place, by the numbers of their tiles. */
function conesOf(cameras: readonly ShownCamera[]): MapCone[] {
  return cameras.flatMap(({ lon, lat, heading, fieldOfView }, i) =>
    lon === null || lat === null ? [] : [{ lon, lat, heading, fieldOfView, number: i + 1 }],
  );
}
