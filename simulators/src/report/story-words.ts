import type { DeviceType, EventKind, ReportedState, Words } from '@fenghuo/contracts/words.ts';
import type { Growth } from '../fire-model/growth.ts';

/** The words of a scenario for a reader who has never seen one; kinds and types are called as on screen. */
export const growthWords: Record<Growth, Words> = {
  slow: { zh: '慢速增长', en: 'slow growth' },
  medium: { zh: '中速增长', en: 'medium growth' },
  fast: { zh: '快速增长', en: 'fast growth' },
  'ultra-fast': { zh: '超快速增长', en: 'ultra-fast growth' },
};

export const stateWords: Record<ReportedState, Words> = {
  alarm: { zh: '报警', en: 'alarm' },
  normal: { zh: '正常', en: 'normal' },
  fault: { zh: '故障', en: 'fault' },
  test: { zh: '测试', en: 'test' },
};

export const typeWords: Record<DeviceType, Words> = {
  smoke: { zh: '感烟', en: 'smoke detectors' },
  heat: { zh: '感温', en: 'heat detectors' },
  co: { zh: '一氧化碳', en: 'CO detectors' },
  gas: { zh: '可燃气', en: 'gas detectors' },
  water: { zh: '水压水位', en: 'water sensors' },
  current: { zh: '电气火灾', en: 'current sensors' },
  pressure: { zh: '压力', en: 'pressure sensors' },
  manual: { zh: '手动报警', en: 'call points' },
  camera: { zh: '摄像机', en: 'cameras' },
  concentrator: { zh: '传输装置', en: 'concentrators' },
  unknown: { zh: '未知设备', en: 'unknown devices' },
};

export const kindWords: Record<EventKind, Words> = {
  smoke: { zh: '烟雾', en: 'smoke' },
  heat: { zh: '高温', en: 'heat' },
  co: { zh: '一氧化碳', en: 'CO' },
  gas: { zh: '燃气', en: 'gas' },
  water: { zh: '水情', en: 'water' },
  current: { zh: '电流', en: 'current' },
  pressure: { zh: '水压', en: 'pressure' },
  manual: { zh: '手动报警', en: 'call point' },
  'camera.fire': { zh: '视频火情', en: 'fire on camera' },
  'camera.smoke': { zh: '视频烟雾', en: 'smoke on camera' },
  'camera.intrusion': { zh: '视频入侵', en: 'intrusion on camera' },
  'camera.crowd': { zh: '视频聚集', en: 'crowd on camera' },
  fault: { zh: '故障', en: 'fault' },
  tamper: { zh: '防拆', en: 'tamper' },
  battery: { zh: '电量', en: 'battery' },
  restore: { zh: '恢复', en: 'restored' },
  test: { zh: '测试', en: 'test' },
  report: { zh: '人员报火警', en: 'reported by a person' },
  'report.other': { zh: '人员报其他险情', en: 'other report by a person' },
  silent: { zh: '失联', en: 'silent' },
  stuck: { zh: '持续报警', en: 'stuck' },
};
