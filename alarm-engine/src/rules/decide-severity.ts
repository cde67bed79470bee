import type { DeviceType, Severity, Words } from '@fenghuo/contracts/words.ts';
import { compareSeverity } from '@fenghuo/contracts/words.ts';
import type { BuiltInRaise, BuiltInRule } from './built-in-rulebook.ts';

/** One alarm of an incident, as evidence. Times are engine milliseconds. */
export interface Evidence {
  device: string;
  deviceType: DeviceType;
  floor: number | null;
  raisedAt: number;
  /** The condition still holds: then it bears out others however long ago it was raised. */
  condition: boolean;
  /** Metres to the alarm under decision; null when either is not located. */
  distanceM: number | null;
  /** How people call a camera; the device id else. */
  label: string;
}

export interface Decision {
  severity: Severity;
  reasons: Words[];
}

/**
 * Decides how grave an alarm is: the rule's own severity, raised when the other alarms of its incident bear
 * it out. Pure. `others` are the incident's alarms of other devices, oldest first; `now` is engine time.
 */
export function decideSeverity(
  rule: BuiltInRule,
  own: Evidence,
  others: readonly Evidence[],
  now: number,
): Decision {
  const decision: Decision = { severity: rule.severity, reasons: [ownReason(rule, own)] };
  for (const raise of rule.raises) {
    const found = corroboration(raise, own, others, now);
    if (found === null) continue;
    decision.reasons.push(found);
    if (compareSeverity(raise.to, decision.severity) < 0) decision.severity = raise.to;
    break;
  }
  return decision;
}

function corroboration(
  raise: BuiltInRaise,
  own: Evidence,
  others: readonly Evidence[],
  now: number,
): Words | null {
  const recent = others.filter(
    (other) => (other.condition || now - other.raisedAt <= raise.withinMs) && other.device !== own.device,
  );
  switch (raise.when) {
    case 'second-detector': {
      const detectors = recent.filter((other) => other.deviceType !== 'camera');
      return detectors.length === 0 || own.deviceType === 'camera'
        ? null
        : detectorsReason([...detectors, own]);
    }
    case 'camera-and-detector': {
      const seen = recent.find((other) => (other.deviceType === 'camera') !== (own.deviceType === 'camera'));
      if (seen === undefined) return null;
      const [camera, detector] = own.deviceType === 'camera' ? [own, seen] : [seen, own];
      return cameraReason(camera, detector, seen.distanceM);
    }
  }
}

const deviceWords: Record<DeviceType, Words> = {
  smoke: { zh: '烟感', en: 'smoke detector' },
  heat: { zh: '温感', en: 'heat detector' },
  co: { zh: '一氧化碳探测器', en: 'CO detector' },
  gas: { zh: '可燃气体探测器', en: 'gas detector' },
  water: { zh: '水位探测器', en: 'water level sensor' },
  current: { zh: '电气火灾探测器', en: 'electrical current sensor' },
  pressure: { zh: '水压探测器', en: 'water pressure sensor' },
  manual: { zh: '手动报警按钮', en: 'manual call point' },
  camera: { zh: '摄像机', en: 'camera' },
  concentrator: { zh: '集中器', en: 'concentrator' },
  unknown: { zh: '未登记设备', en: 'unregistered device' },
};

function ownReason(rule: BuiltInRule, own: Evidence): Words {
  const { zh, en } = deviceWords[own.deviceType];
  const where =
    own.floor === null ? { zh: '', en: '' } : { zh: `${own.floor} 层`, en: ` on floor ${own.floor}` };
  if (rule.kind === 'silent') return { zh: `${where.zh}${zh}失联`, en: `${en}${where.en} is silent` };
  return own.deviceType === 'camera'
    ? { zh: `摄像机 ${own.label} 发现异常`, en: `camera ${own.label} sees it` }
    : { zh: `${where.zh}${zh}报警`, en: `${en}${where.en} in alarm` };
}

function detectorsReason(detectors: readonly Evidence[]): Words {
  const times = detectors.map((detector) => detector.raisedAt);
  const seconds = Math.max(1, Math.round((Math.max(...times) - Math.min(...times)) / 1000));
  const floors = [
    ...new Set(detectors.map((detector) => detector.floor).filter((floor) => floor !== null)),
  ].sort((a, b) => a - b);
  const count = detectors.length;
  return {
    zh: `${floors.length > 0 ? `${floors.join('、')} 层 ` : ''}${count} 只探测器 ${seconds} 秒内相继报警`,
    en: `${count} detectors${floors.length > 0 ? ` on floor${floors.length > 1 ? 's' : ''} ${floors.join(', ')}` : ''} within ${seconds} s`,
  };
}

function cameraReason(camera: Evidence, detector: Evidence, distanceM: number | null): Words {
  const { zh, en } = deviceWords[detector.deviceType];
  const away =
    distanceM === null
      ? { zh: '', en: '' }
      : { zh: `在 ${Math.round(distanceM)} 米外`, en: ` from ${Math.round(distanceM)} m` };
  return {
    zh: `${zh}报警，摄像机 ${camera.label} ${away.zh}见火情`,
    en: `${en} in alarm, camera ${camera.label} sees fire${away.en}`,
  };
}
