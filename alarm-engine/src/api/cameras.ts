import {
  type CameraCard,
  type CameraScan,
  cameraCard,
  cameraScan,
  cameraStates,
  encodeCameraPlaces,
  encodeCameraStates,
  latestCameras,
  latestQuery,
  type NearCameras,
  nearCameras,
  nearQuery,
  scanQuery,
  unknownAge,
} from '@fenghuo/contracts/cameras.ts';
import { apiError } from '@fenghuo/contracts/rest.ts';
import type { Request } from 'express';
import { type AreaScope, sees } from '../access/area-scope.ts';
import type { Camera } from '../video/camera-directory.ts';
import { readPlaylist } from '../video/live-playlist.ts';
import { nearestCameras } from '../video/nearest-cameras.ts';
import type { Video } from '../video/video.ts';
import { ApiFailure, notFound } from './api-failure.ts';
import { CompressedBody } from './compressed-body.ts';
import { DirectoryCache } from './directory-cache.ts';
import { readParameter, readQuery } from './request-body.ts';
import type { ApiContext, Route } from './route.ts';

const hls = 'application/vnd.apple.mpegurl';

/** Cameras, their live pictures, and what the county scan found of them. */
export function cameraRoutes({ db, county, clock, video }: ApiContext): Route[] {
  const cache = new DirectoryCache(db, county);
  return [
    {
      method: 'get',
      path: '/cameras/near',
      needs: 'live',
      shape: {
        summary: { zh: '离某处最近的摄像机', en: 'The cameras nearest to a place' },
        query: nearQuery,
        answers: { 200: nearCameras },
      },
      handle: async ({ request, response, scope }) => {
        const { limit, ...place } = readQuery(request, nearQuery);
        const found = nearestCameras(await camerasOf(video, scope), place, limit);
        const near: NearCameras = {
          cameras: found.map(({ camera, metres, bearing, sees }) => ({
            ...cardOf(video, camera),
            ...{ metres: Math.round(metres * 10) / 10, bearing: Math.round(bearing) % 360, sees },
          })),
        };
        response.json(near);
      },
    },
    {
      method: 'get',
      path: '/cameras/places',
      needs: 'live',
      shape: {
        summary: { zh: '辖区内全部摄像机的点位', en: 'Every camera of the area, as points' },
        answers: { 200: 'application/octet-stream' },
      },
      handle: async ({ request, response, scope }) => {
        const body = await cache.get(scope.area, async () => placesOf(await camerasOf(video, scope)));
        response.set('Cache-Control', 'private, no-cache');
        await body?.send(request, response);
      },
    },
    {
      method: 'get',
      path: '/cameras/scan',
      needs: 'live',
      shape: {
        summary: { zh: '全域视频巡检概况', en: 'How the scan of all cameras goes' },
        answers: { 200: cameraScan },
      },
      handle: async ({ response, scope }) => {
        response.json(summaryOf(video, await camerasOf(video, scope), scope.area));
      },
    },
    {
      method: 'get',
      path: '/cameras/scan/states',
      needs: 'live',
      shape: {
        summary: { zh: '全域视频巡检结果', en: 'What the scan found of each camera' },
        query: scanQuery,
        answers: { 200: 'application/octet-stream' },
      },
      handle: async ({ request, response, scope }) => {
        const { since } = readQuery(request, scanQuery);
        const now = Math.floor(clock() / 1000);
        const body = new CompressedBody(
          Buffer.from(statesOf(video, await camerasOf(video, scope), { since, now }).buffer),
          'application/octet-stream',
        );
        await body.send(request, response);
      },
    },
    {
      method: 'get',
      path: '/cameras/scan/latest',
      needs: 'live',
      shape: {
        summary: { zh: '全域巡检最近看到的实时画面', en: 'Whose live pictures the scan saw last' },
        query: latestQuery,
        answers: { 200: latestCameras },
      },
      handle: async ({ request, response, scope }) => {
        const { limit } = readQuery(request, latestQuery);
        const cameras = lastSeen(video, await camerasOf(video, scope), limit);
        response.json({ area: scope.area, cameras: cameras.map((camera) => cardOf(video, camera)) });
      },
    },
    {
      method: 'get',
      path: '/cameras/:id',
      needs: 'live',
      shape: { summary: { zh: '一台摄像机', en: 'One camera' }, answers: { 200: cameraCard } },
      handle: async ({ request, response, scope }) => {
        response.json(cardOf(video, await cameraIn(video, request, scope)));
      },
    },
    {
      method: 'get',
      path: '/cameras/:id/live.m3u8',
      needs: 'live',
      shape: {
        summary: { zh: '实时画面播放列表', en: 'Live playlist of a camera' },
        answers: { 200: hls, 502: apiError },
      },
      handle: async ({ request, response, scope }) => {
        const camera = await cameraIn(video, request, scope);
        const text = await playlistOf(video, camera, camera.playlist, 'live/');
        response.type(hls).send(text);
      },
    },
    {
      method: 'get',
      path: '/cameras/:id/live/:part',
      needs: 'live',
      shape: {
        summary: { zh: '实时画面片段', en: 'A part of a live picture' },
        answers: { 200: '*/*', 206: '*/*', 502: apiError },
      },
      handle: async ({ request, response, scope }) => {
        const camera = await cameraIn(video, request, scope);
        const name = readParameter(request, 'part');
        const address = camera.playlist && video.door.addressOf(camera.id, name, camera.playlist);
        if (address === null)
          throw new ApiFailure(400, 'malformed', 'No playlist of this camera has named this part.');
        if (/\.m3u8?$/i.test(new URL(address).pathname))
          response.type(hls).send(await playlistOf(video, camera, address, ''));
        else await video.pictures.pass(address, request.get('range'), response).catch(noPicture);
      },
    },
  ];
}

async function camerasOf({ directory }: Video, scope: AreaScope): Promise<readonly Camera[]> {
  const { all } = await directory.read();
  return scope.area === scope.county ? all : all.filter(({ area }) => sees(scope, area));
}

async function cameraIn({ directory }: Video, request: Request, scope: AreaScope): Promise<Camera> {
  const camera = (await directory.read()).byId.get(readParameter(request, 'id'));
  if (camera === undefined || !sees(scope, camera.area)) throw notFound('camera');
  return camera;
}

const unchecked = { state: 'unchecked', checkedAt: null, ageSeconds: null } as const;

function cardOf({ scan }: Video, { playlist, ...camera }: Camera): CameraCard {
  const live = playlist === null ? null : `/api/v1/cameras/${encodeURIComponent(camera.id)}/live.m3u8`;
  return { ...camera, ...(scan?.board?.stateOf(camera.no) ?? unchecked), live };
}

async function playlistOf(
  { pictures, door }: Video,
  camera: Camera,
  url: string | null,
  folder: string,
): Promise<string> {
  if (url === null) throw new ApiFailure(502, 'no-source', 'Nobody has said where its picture comes from.');
  const fetched = await pictures.playlist(url);
  const text = fetched.ok ? fetched.body.toString('utf8') : '';
  if (fetched.ok && readPlaylist(text) !== null)
    return door.playlistFor(camera.id, { text, url: fetched.url, folder });
  const isDark = !fetched.ok && (fetched.status === 404 || fetched.status === 410);
  if (isDark) throw new ApiFailure(502, 'no-signal', 'The video server has no picture of this camera.');
  throw new ApiFailure(502, 'offline', 'The video server of this camera does not answer as it should.');
}

function noPicture(): never {
  throw new ApiFailure(502, 'offline', 'The video server of this camera does not give this part.');
}

function placesOf(cameras: readonly Camera[]): CompressedBody {
  const located = cameras.filter(({ lon, lat }) => lon !== null && lat !== null);
  const bytes = encodeCameraPlaces({
    numbers: Uint32Array.from(located, ({ no }) => no),
    lons: Float32Array.from(located, ({ lon }) => lon!),
    lats: Float32Array.from(located, ({ lat }) => lat!),
  });
  return new CompressedBody(Buffer.from(bytes.buffer), 'application/octet-stream');
}

function summaryOf({ scan }: Video, cameras: readonly Camera[], area: string): CameraScan {
  const board = scan?.board ?? null;
  const counts = new Uint32Array(cameraStates.length);
  for (const { no } of cameras) counts[board?.states[no] ?? 0]! += 1;
  return {
    ...{ area, running: scan !== null, cameras: cameras.length },
    states: Object.fromEntries(cameraStates.map((state, i) => [state, counts[i]!])) as CameraScan['states'],
    roundSeconds: (scan?.roundMs ?? 0) / 1000,
    lastRoundSeconds: board?.lastRoundMs == null ? null : Math.round(board.lastRoundMs / 100) / 10,
    progress: board?.progress ?? 0,
  };
}

const live = cameraStates.indexOf('live');

/** Cameras whose picture the scan found live, those looked at last first. */
function lastSeen({ scan }: Video, cameras: readonly Camera[], limit: number): Camera[] {
  const board = scan?.board;
  if (board === undefined || board === null) return [];
  const checkedAt = ({ no }: Camera) => board.checkedAt[no] ?? 0;
  return cameras
    .filter(({ no, playlist }) => playlist !== null && board.states[no] === live)
    .sort((a, b) => checkedAt(b) - checkedAt(a))
    .slice(0, limit);
}

function statesOf(
  { scan }: Video,
  cameras: readonly Camera[],
  { since, now }: { since: number; now: number },
): Uint8Array {
  const board = scan?.board ?? null;
  const told = cameras.filter(({ no }) => (board?.checkedAt[no] ?? 0) >= since);
  return encodeCameraStates({
    now,
    numbers: Uint32Array.from(told, ({ no }) => no),
    checkedAt: Uint32Array.from(told, ({ no }) => board?.checkedAt[no] ?? 0),
    ages: Uint16Array.from(told, ({ no }) => board?.ages[no] ?? unknownAge),
    states: Uint8Array.from(told, ({ no }) => board?.states[no] ?? 0),
  });
}
