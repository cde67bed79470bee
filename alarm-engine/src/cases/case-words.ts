import type { AttachmentKind } from '@fenghuo/contracts/case.ts';
import type {
  DeviceType,
  EvidenceKind,
  PartyRole,
  PartyState,
  Severity,
  TicketStage,
  Words,
} from '@fenghuo/contracts/words.ts';

/** What a case is told in, in both languages. */
const words = (zh: string, en: string): Words => ({ zh, en });

export const stageWords: Record<TicketStage, Words> = {
  received: words('受理', 'received'),
  dispatched: words('流转', 'dispatched'),
  accepted: words('接单', 'accepted'),
  'en-route': words('出动', 'en route'),
  'on-scene': words('到场', 'on scene'),
  'under-control': words('控制', 'under control'),
  feedback: words('反馈', 'feedback'),
  review: words('审核', 'review'),
  supervision: words('督导', 'supervision'),
  closed: words('销号', 'closed'),
  'false-alarm': words('误报', 'false alarm'),
};

export const severityWords: Record<Severity, Words> = {
  high: words('高', 'high'),
  medium: words('中', 'medium'),
  low: words('低', 'low'),
};

export const deviceWords: Record<DeviceType, Words> = {
  smoke: words('烟感', 'smoke detector'),
  heat: words('温感', 'heat detector'),
  co: words('一氧化碳', 'CO detector'),
  gas: words('燃气', 'gas detector'),
  water: words('水压', 'water sensor'),
  current: words('电气', 'current sensor'),
  pressure: words('压力', 'pressure sensor'),
  manual: words('手报', 'call point'),
  camera: words('摄像机', 'camera'),
  concentrator: words('集中器', 'concentrator'),
  unknown: words('未登记设备', 'unregistered device'),
};

export const evidenceWords: Record<EvidenceKind | AttachmentKind, Words> = {
  note: words('文字', 'note'),
  photo: words('照片', 'photo'),
  video: words('视频', 'video'),
  document: words('文件', 'document'),
};

export const roleWords: Record<PartyRole, Words> = {
  lead: words('主战', 'lead'),
  support: words('增援', 'support'),
  department: words('联动部门', 'department'),
};

export const partyStateWords: Record<PartyState, Words> = {
  called: words('已调派', 'called'),
  accepted: words('已接单', 'accepted'),
  'en-route': words('出动', 'en route'),
  'on-scene': words('到场', 'on scene'),
  done: words('完成', 'done'),
  released: words('解除', 'released'),
};

export const satisfiedWords = {
  yes: words('满意', 'satisfied'),
  no: words('不满意', 'not satisfied'),
} as const;

/** Steps in the life of an alarm. */
export const stepWords: Record<string, Words> = {
  raise: words('报警', 'went off'),
  return: words('恢复正常', 'returned to normal'),
  acknowledge: words('告警已确认', 'acknowledged'),
  shelve: words('暂时搁置', 'shelved'),
  unshelve: words('搁置结束', 'off the shelf'),
  reset: words('复位', 'reset'),
  escalate: words('风险升级', 'became graver'),
};

/** Acts and decisions on the record; one without words here is told by its name. */
export const actWords: Record<string, Words> = {
  'raise-alarm': words('报警', 'alarm raised'),
  'acknowledge-alarm': words('确认告警', 'alarm acknowledged'),
  'reset-alarm': words('复位', 'alarm reset'),
  'shelve-alarm': words('搁置告警', 'alarm shelved'),
  'unshelve-alarm': words('取消搁置', 'alarm taken off the shelf'),
  'remove-from-service': words('停用', 'taken out of service'),
  'return-to-service': words('恢复使用', 'returned to service'),
  'start-building-test': words('开始测试', 'test begun'),
  'end-building-test': words('结束测试', 'test ended'),
  'assign-upkeep': words('派修', 'upkeep assigned'),
  'resolve-upkeep': words('已修复', 'upkeep resolved'),
  'return-upkeep': words('退修', 'upkeep sent back'),
  'move-ticket': words('推进工单', 'ticket moved on'),
  'open-incident': words('警情立案', 'incident opened'),
  'raise-incident': words('警情升级', 'incident became graver'),
  'ease-incident': words('警情降级', 'incident became milder'),
  'close-incident': words('警情关闭', 'incident closed'),
  'acknowledge-incident': words('确认警情', 'incident acknowledged'),
  'merge-incidents': words('并入他案', 'merged into another case'),
  'split-incident': words('分案', 'incident split'),
  'open-ticket': words('开具工单', 'ticket opened'),
  'raise-ticket': words('工单升级，时限重计', 'ticket became graver, deadlines count anew'),
  'ease-ticket': words('工单降级', 'ticket became milder'),
  'miss-deadline': words('超时', 'deadline missed'),
  'assign-ticket': words('派单', 'ticket assigned'),
  'transfer-ticket': words('转派', 'ticket transferred'),
  'chase-ticket': words('催办', 'chased'),
  'send-broadcast': words('通播', 'broadcast'),
  'escalate-ticket': words('逐级上报', 'escalated'),
  'miss-acknowledgement': words('逾时未确认', 'not acknowledged in time'),
  'dispatch-by-rule': words('按规则自动派单', 'ordered by rule'),
  'propose-by-rule': words('按规则建议派单', 'proposed by rule'),
  'find-no-team': words('附近无队伍可派', 'no team to send'),
  'find-nobody-on-duty': words('无人在岗', 'nobody on duty'),
  'add-party': words('调派协同单位', 'unit called'),
  'take-over-parties': words('接收并入案件的单位', 'units of a merged case taken over'),
  'move-party': words('协同单位进展', 'called unit moved on'),
  'release-party': words('解除协同单位', 'called unit released'),
  'reopen-incident': words('警情重新打开', 'incident opened again'),
  'reopen-ticket': words('重新打开', 'opened again'),
  'record-follow-up': words('回访', 'follow-up visit'),
  'miss-follow-up': words('到期未回访', 'no follow-up visit in time'),
  'list-for-supervision': words('挂牌督办', 'listed for supervision'),
  'end-supervision': words('解除督办', 'supervision ended'),
  'miss-supervision': words('督办逾期', 'supervision overdue'),
  'add-note': words('补充说明', 'note'),
  'add-evidence': words('附件', 'file'),
};

export const outcomeWords = {
  open: words('在办', 'open'),
  closed: words('销号', 'closed'),
  'false-alarm': words('误报', 'false alarm'),
  'all-normal': words('自行恢复', 'returned to normal'),
  merged: words('并入他案', 'merged into another case'),
} as const;

/** 2 分 10 秒, 2 min 10 s: two units at most. Milliseconds. */
export function durationWords(ms: number): Words {
  const s = Math.max(0, Math.round(ms / 1000));
  const units: [number, string, string][] = [
    [Math.floor(s / 86_400), '天', 'd'],
    [Math.floor(s / 3600) % 24, '小时', 'h'],
    [Math.floor(s / 60) % 60, '分', 'min'],
    [s % 60, '秒', 's'],
  ];
  const first = units.findIndex(([count]) => count > 0);
  const told = units
    .slice(first < 0 ? 3 : first)
    .slice(0, 2)
    .filter(([count], i) => count > 0 || i === 0);
  return {
    zh: told.map(([count, zh]) => `${count} ${zh === '分' && told.length === 1 ? '分钟' : zh}`).join(' '),
    en: told.map(([count, , en]) => `${count} ${en}`).join(' '),
  };
}
