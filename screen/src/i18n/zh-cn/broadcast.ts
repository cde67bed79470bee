/** Sentences of broadcasts in Chinese. `../en/broadcast.ts` has the same keys. */
export const broadcastZhCN = {
  broadcast: {
    title: '通播',
    ofCase: '就此案通播',
    level: '发给',
    area: '辖区',
    text: '内容',
    hint: '请写明要求，如“请巡查辖区仓库，17 时前报告”',
    send: '发送通播',
    lastDay: '24 小时内的通播',
    none: '24 小时内没有通播',
    to: '{{place}} · 全部{{level}}',
    read: '{{units}} 个单位已阅 {{read}} 个',
    readAt: '{{by}} {{time}} 已阅',
    unread: '未阅',
    nobodyThere: '未阅 · 发送时无人在岗',
    confirm: '已阅',
  },
} as const;
