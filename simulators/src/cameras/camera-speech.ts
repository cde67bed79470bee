import type { DeviceMessage } from '@fenghuo/contracts/device-message.ts';
import type { FrigateEvent } from '@fenghuo/contracts/frigate-message.ts';
import { deviceTopic } from '@fenghuo/contracts/topics.ts';

/** What cameras are said to see. */
export const sightings = ['camera.fire', 'camera.smoke', 'camera.intrusion', 'camera.crowd'] as const;
type Sighting = (typeof sightings)[number];

/** The shapes in which cameras tell it; see docs/dialects.md. */
export const cameraSpeeches = ['native', 'frigate', 'onvif'] as const;
export type CameraSpeech = (typeof cameraSpeeches)[number];

/** Something that a camera begins or ceases to see. */
export interface CameraSighting {
  camera: string;
  kind: Sighting;
  /** Of this sighting; its end has the same. */
  id: string;
  begins: boolean;
  /** When it was first seen, and when this is said. Milliseconds since 1970. */
  since: number;
  at: number;
  /** 0 to 1. */
  confidence: number;
}

export interface CameraMessage {
  topic: string;
  payload: string;
  retain: boolean;
}

/** The message that tells it; null where the speech has no word for it: Frigate counts no crowds. */
export function messageOf(
  sighting: CameraSighting,
  speech: CameraSpeech,
  county: string,
): CameraMessage | null {
  switch (speech) {
    case 'native':
      return native(sighting, county);
    case 'frigate':
      return frigate(sighting);
    case 'onvif':
      return onvif(sighting);
  }
}

function native({ camera, kind, id, begins, at, confidence }: CameraSighting, county: string): CameraMessage {
  const state = begins ? 'alarm' : 'normal';
  const message: DeviceMessage = { id: `${id}-${state}`, ts: at, kind, state, attrs: { confidence } };
  const topic = deviceTopic({ county, deviceId: camera, channel: 'event', run: null });
  return { topic, payload: JSON.stringify(message), retain: false };
}

const labels: Record<Sighting, string | null> = {
  'camera.fire': 'fire',
  'camera.smoke': 'smoke',
  'camera.intrusion': 'person',
  'camera.crowd': null,
};

function frigate({ camera, kind, id, begins, since, at, confidence }: CameraSighting): CameraMessage | null {
  const label = labels[kind];
  if (label === null) return null;
  const seen = { id, camera, label, top_score: confidence, false_positive: false, entered_zones: [] };
  const after = { ...seen, start_time: since / 1000, end_time: begins ? null : at / 1000 };
  const before = begins ? null : { ...after, end_time: null };
  const event: FrigateEvent = { type: begins ? 'new' : 'end', before, after };
  return { topic: 'frigate/events', payload: JSON.stringify(event), retain: false };
}

/** Topics of ONVIF's analytics, as the codec of the gateway knows them. */
const onvifPaths: Record<Sighting, string> = {
  'camera.fire': 'RuleEngine/FireDetector/Fire',
  'camera.smoke': 'RuleEngine/FireDetector/Smoke',
  'camera.intrusion': 'RuleEngine/FieldDetector/ObjectsInside',
  'camera.crowd': 'RuleEngine/CrowdDetector/Crowd',
};

/** A property event, and so retained, as the norm has it. */
function onvif({ camera, kind, begins, at }: CameraSighting): CameraMessage {
  const event = {
    UtcTime: new Date(at).toISOString(),
    Source: { VideoSource: '1', Rule: 'Picture' },
    Key: {},
    Data: { State: begins ? 'true' : 'false' },
  };
  const topic = `${camera}/onvif-ej/${onvifPaths[kind]}/&1/Picture`;
  return { topic, payload: JSON.stringify(event), retain: true };
}
