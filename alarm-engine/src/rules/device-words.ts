import type { DeviceType, EventKind, Words } from '@fenghuo/contracts/words.ts';

/** What people call a device of each type. */
export const deviceWords: Readonly<Record<DeviceType, Words>> = {
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

/** What people call what is reported. */
export const kindWords: Readonly<Record<EventKind, Words>> = {
  smoke: { zh: '烟雾', en: 'smoke' },
  heat: { zh: '高温', en: 'heat' },
  co: { zh: '一氧化碳', en: 'carbon monoxide' },
  gas: { zh: '可燃气体', en: 'gas' },
  water: { zh: '水位', en: 'water level' },
  current: { zh: '电气异常', en: 'electrical current' },
  pressure: { zh: '水压', en: 'water pressure' },
  manual: { zh: '手动报警', en: 'a manual call' },
  'camera.fire': { zh: '火情', en: 'fire' },
  'camera.smoke': { zh: '烟雾', en: 'smoke' },
  'camera.intrusion': { zh: '入侵', en: 'intrusion' },
  'camera.crowd': { zh: '人群聚集', en: 'a crowd' },
  fault: { zh: '故障', en: 'a fault' },
  tamper: { zh: '拆动', en: 'tampering' },
  battery: { zh: '电量低', en: 'a weak battery' },
  restore: { zh: '恢复', en: 'recovery' },
  test: { zh: '测试', en: 'a test' },
  report: { zh: '人员报警', en: 'a report' },
  'report.other': { zh: '人员报事', en: 'a report' },
  silent: { zh: '失联', en: 'silence' },
  stuck: { zh: '持续报警', en: 'an alarm without end' },
};

/** What a device does when it reports a kind, after its name; null: it is in alarm. */
export function troubleOf(kind: EventKind): Words | null {
  switch (kind) {
    case 'fault':
      return { zh: '故障', en: 'reports a fault' };
    case 'tamper':
      return { zh: '被拆动', en: 'was tampered with' };
    case 'battery':
      return { zh: '电量低', en: 'has a weak battery' };
    case 'silent':
      return { zh: '失联', en: 'is silent' };
    case 'stuck':
      return { zh: '持续报警不恢复', en: 'is stuck in alarm' };
    default:
      return null;
  }
}

/** What a camera sees when it reports a kind; null: it is no kind of a camera's. */
export function sightOf(kind: EventKind): Words | null {
  switch (kind) {
    case 'camera.fire':
      return { zh: '见火情', en: 'sees fire' };
    case 'camera.smoke':
      return { zh: '见烟雾', en: 'sees smoke' };
    case 'camera.intrusion':
      return { zh: '发现入侵', en: 'sees an intrusion' };
    case 'camera.crowd':
      return { zh: '发现人群聚集', en: 'sees a crowd' };
    default:
      return null;
  }
}
